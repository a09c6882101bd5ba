// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/build_log.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "rpm/log_line.hpp"

namespace albs::rpm {
namespace {

using namespace log_line;

struct Line {
    std::size_t offset = 0;
    std::string_view text;
};

std::vector<Line> lines_of(std::string_view log)
{
    std::vector<Line> lines;
    std::size_t start = 0;
    while (start < log.size()) {
        std::size_t end = std::min(log.find('\n', start), log.size());
        lines.push_back({start, log.substr(start, end - start)});
        start = end + 1;
    }
    return lines;
}

/// "Executing(%build): /bin/bash -e …" → "build"; "Processing files: …" → "package".
std::optional<std::string> phase_begun(std::string_view line)
{
    if (starts(line, "Executing(%")) {
        std::string name(line.substr(11, line.find(')') - 11));
        if (name == "clean" || name == "rmbuild")
            return std::nullopt;
        if (name == "doc" || name == "license")
            return "package";
        return name == "generate_buildrequires" ? "buildrequires" : name;
    }
    if (starts(line, "Processing files: "))
        return "package";
    return std::nullopt;
}

std::string readable(std::string_view line)
{
    std::string text;
    std::size_t i = std::min(line.find_first_not_of(" \t"), line.size());
    while (i < line.size() && text.size() < 296) {
        auto byte = static_cast<unsigned char>(line[i]);
        std::size_t length = byte < 0x80 ? 1 : byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe1 && byte < 0xed ? 3 : 0;
        bool whole = length > 0 && i + length <= line.size();
        for (std::size_t k = 1; whole && k < length; ++k)
            whole = (static_cast<unsigned char>(line[i + k]) & 0xc0) == 0x80;
        if (!whole || byte < 0x20 || byte == 0x7f) {
            text += byte == '\t' ? ' ' : '?';
            i += 1;
        } else {
            text += line.substr(i, length);
            i += length;
        }
    }
    return text;
}

/// The lines of the phase that failed, and what was found there. What rpmbuild says itself comes first; then the first
/// line of the phase that names a cause.
class Search {
public:
    explicit Search(std::string_view log) : lines_(lines_of(log))
    {
        for (std::size_t i = 0; i < lines_.size(); ++i)
            if (auto begun = phase_begun(lines_[i].text)) {
                failure_.phase = *begun;
                begin_ = i;
            }
    }

    BuildFailure run()
    {
        if (!rpm_said() && !script_said())
            last_words();
        return failure_;
    }
    const std::string& phase() const { return failure_.phase; }

private:
    bool found(const Line& line, std::string_view kind, std::string_view more = "")
    {
        failure_.kind = kind;
        failure_.message = readable(line.text);
        if (!more.empty())
            failure_.message =
                readable(failure_.message + (failure_.message.ends_with(':') ? " " : ": ") + readable(more));
        failure_.offset = static_cast<std::int64_t>(line.offset);
        return true;
    }
    template <class Is> const Line* first(const Is& is) const
    {
        auto line = std::find_if(lines_.begin() + static_cast<std::ptrdiff_t>(begin_), lines_.end(),
                                 [&](const Line& one) { return !is_trace(one.text) && is(one.text); });
        return line == lines_.end() ? nullptr : &*line;
    }
    const Line& after(const Line* line) const { return line + 1 <= &lines_.back() ? *(line + 1) : *line; }

    /// What rpmbuild says itself, outside the scripts of the spec.
    bool rpm_said()
    {
        if (const Line* line = first([](auto text) { return starts(text, "error: Failed build dependencies:"); }))
            return found(after(line), "dependency");
        if (const Line* line = first([](auto text) {
                return starts(text, "error: Architecture is ") || starts(text, "error: No compatible architectures");
            }))
            return found(*line, "arch");
        if (const Line* line = first([](auto text) { return starts(text, "error: Installed (but unpackaged)"); }))
            return found(after(line), "unpackaged");
        // A source is missed when the source package is written, which no line announces.
        if (const Line* line = first(
                [](auto text) { return starts(text, "error: Bad file: ") || starts(text, "error: Bad source: "); })) {
            failure_.phase = failure_.phase == "setup" ? "setup" : "package";
            return found(*line, "spec");
        }
        if (failure_.phase != "setup" && failure_.phase != "package")
            return false;
        if (const Line* line = first(is_rpm_error))
            return found(*line, has(line->text, "/licenses/") ? "license" : "spec");
        return false;
    }

    bool script_said()
    {
        if (failure_.phase == "prep")
            return first_cause([](auto text) { return is_failed_patch(text) ? "patch" : ""; });
        if (failure_.phase == "package") {
            const Line* line =
                first([](auto text) { return has(text, "cannot stat '") || has(text, "cannot access '"); });
            bool is_license = std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(begin_), lines_.end(),
                                          [](const Line& one) { return starts(one.text, "Executing(%license)"); });
            return line != nullptr && found(*line, is_license ? "license" : "spec");
        }
        // Tests say everything; what they say of the machine counts only if none of them failed.
        if (failure_.phase == "check")
            if (const Line* line = first([](auto text) { return is_failed_test(text) && !is_passed_test(text); }))
                return found(*line, "test");
        const char* code = failure_.phase == "check" ? "test" : "compile";
        const char* rules = failure_.phase == "install" ? "spec" : code;
        return first_cause([&](auto text) {
            return is_shell_error(text)          ? "spec"
                   : is_compiler_error(text)     ? code
                   : is_build_system_error(text) ? rules
                                                 : "";
        });
    }

    /// The first line that tells of the machine, of a network, of something that is missing, or that OTHER has a kind
    /// for.
    template <class Other> bool first_cause(const Other& other)
    {
        auto kind_of = [&](std::string_view text) -> std::string_view {
            return is_passed_test(text)          ? ""
                   : is_memory(text)             ? "memory"
                   : is_disk(text)               ? "disk"
                   : is_network(text)            ? "network"
                   : is_missing_dependency(text) ? "dependency"
                                                 : other(text);
        };
        const Line* line = first([&](auto text) { return !kind_of(text).empty() || is_undefined_macro(text); });
        if (line == nullptr)
            return false;
        if (is_undefined_macro(line->text))
            return found(*line, "dependency", undefined_macro(line));
        if (!starts(line->text, "CMake Error") || !line->text.ends_with(':'))
            return found(*line, kind_of(line->text));
        // What CMake means is in the next lines.
        const Line* more = line + 1;
        while (more < &lines_.back() && more->text.empty())
            ++more;
        if (more > &lines_.back())
            return found(*line, kind_of(line->text));
        bool is_missing =
            is_missing_dependency(line->text) || is_missing_dependency("CMake Error: " + std::string(more->text));
        return found(*line, is_missing ? "dependency" : kind_of(line->text), more->text);
    }

    /// A shell takes "%name" for a job: nobody defined the macro.
    static bool is_undefined_macro(std::string_view text) { return has(text, ": fg: no job control"); }
    std::string undefined_macro(const Line* line) const
    {
        for (const Line* one = line; one-- > &lines_.front();)
            if (is_trace(one->text)) {
                std::string_view command = one->text.substr(one->text.find(' ') + 1);
                if (command.starts_with("fg "))
                    command.remove_prefix(3);
                return command.starts_with('%') ? "the macro " + std::string(command) + " is not defined" : "";
            }
        return "";
    }

    /// No line that is known: the last one before rpmbuild gave up.
    void last_words()
    {
        std::string kind = failure_.phase == "check" ? "test" : failure_.phase == "build" ? "compile" : "spec";
        std::size_t end = lines_.size();
        for (std::size_t i = begin_; i < lines_.size(); ++i)
            if (starts(lines_[i].text, "error: Bad exit status")) {
                end = i;
                break;
            }
        // Words of a program before those of the shell, which names at least the command that failed.
        for (bool traces : {false, true})
            for (std::size_t i = end; i > begin_; --i)
                if (std::string_view line = lines_[i - 1].text;
                    !is_epilogue(line) && !phase_begun(line) && (traces || !is_trace(line))) {
                    found(lines_[i - 1], kind);
                    return;
                }
        if (!lines_.empty())
            found(lines_[std::min(end, lines_.size() - 1)], kind);
    }

    std::vector<Line> lines_;
    std::size_t begin_ = 0;
    BuildFailure failure_{.phase = "setup", .kind = "spec", .message = "", .offset = 0};
};

} // namespace

BuildFailure failure_in(std::string_view log)
{
    return Search(log).run();
}

std::string phase_reached(std::string_view log)
{
    return Search(log).phase();
}

} // namespace albs::rpm
