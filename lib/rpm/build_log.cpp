// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/build_log.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace albs::rpm {
namespace {

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

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != text.npos;
}

bool starts(std::string_view text, std::string_view start)
{
    return text.substr(0, start.size()) == start;
}

bool has_one_of(std::string_view text, std::initializer_list<std::string_view> parts)
{
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return has(text, part); });
}

/// "Executing(%build): /bin/bash -e …" → "build"; "Processing files: …" → "package".
std::optional<std::string> phase_begun(std::string_view line)
{
    if (starts(line, "Executing(%")) {
        std::string name(line.substr(11, line.find(')') - 11));
        if (name == "clean" || name == "rmbuild")
            return std::nullopt;
        return name == "generate_buildrequires" ? "buildrequires" : name;
    }
    if (starts(line, "Processing files: "))
        return "package";
    return std::nullopt;
}

/// "file.c:12:3: error: …", from a compiler, an assembler or a linker.
bool is_compiler_error(std::string_view line)
{
    for (std::string_view word : {": error: ", ": fatal error: ", ": Error: "}) {
        std::size_t at = line.find(word);
        if (at != line.npos && at > 0)
            return true;
    }
    return has_one_of(line, {"undefined reference to", "collect2: error", "ld returned 1 exit status"});
}

/// Something that BuildRequires should have brought.
bool is_missing_dependency(std::string_view line)
{
    bool missing_header = has(line, ": fatal error: ") && has(line, ": No such file or directory");
    bool configure = starts(line, "configure: error: ") &&
                     has_one_of(line, {"not found", "cannot find", "Cannot find", "could not find", "is required",
                                       "requires", "missing", "works only with", "no acceptable", "not installed",
                                       "unable to find", "requirements"});
    bool make = starts(line, "make") && has(line, ": No such file or directory") && !has(line, "***");
    return missing_header || configure || make ||
           has_one_of(line, {": command not found", "cannot find -l", "Could NOT find ", "No package '",
                             "Could not find a package configuration file", "ModuleNotFoundError: No module named",
                             "Can't locate ", "ImportError: No module named", "ERROR: Dependency ",
                             "ERROR: Program '", "error: possibly undefined macro", "No such module",
                             "make: not found", ": not found, needed by"});
}

bool is_failed_test(std::string_view line)
{
    return starts(line, "FAIL: ") || starts(line, "FAIL ") || starts(line, "FAILED ") || starts(line, "not ok ") ||
           starts(line, "FAILED: ") || starts(line, "ERROR: ") || starts(line, "XPASS: ") ||
           has_one_of(line, {"***Failed", "***Exception", "***Timeout", "Assertion `", "AssertionError", "FAILED (",
                             "FAIL: ", " ... FAILED", "--- FAIL", "Segmentation fault"});
}

bool is_failed_patch(std::string_view line)
{
    return has_one_of(line, {" FAILED at ", "hunk FAILED", "hunks FAILED", "malformed patch",
                             "can't find file to patch", "previously applied) patch detected",
                             "error: patch failed:", "patch does not apply", "Only garbage was found in the patch",
                             "No file to patch"});
}

bool is_spec_error(std::string_view line)
{
    return starts(line, "error: ") && !starts(line, "error: Bad exit status") &&
           !starts(line, "error: Unable to open sqlite database") && !starts(line, "error: cannot open Packages");
}

/// rpmbuild's own closing words, which are never the cause.
bool is_epilogue(std::string_view line)
{
    return line.empty() || starts(line, "error: Bad exit status") || starts(line, "RPM build errors:") ||
           starts(line, "    Bad exit status") || starts(line, "RPM build warn") || starts(line, "make: ***") ||
           starts(line, "make[");
}

/// The shell's account of what it runs.
bool is_trace(std::string_view line)
{
    return starts(line, "+ ") || starts(line, "++ ");
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

/// The lines of the phase that failed, and what was found there.
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
        bool known = anywhere() || rpm_said() || (failure_.phase == "prep" && prep()) ||
                     (failure_.phase == "check" && check()) || (failure_.phase != "prep" && building());
        if (!known)
            last_words();
        return failure_;
    }
    const std::string& phase() const { return failure_.phase; }

private:
    bool found(const Line& line, std::string_view kind)
    {
        failure_.kind = kind;
        failure_.message = readable(line.text);
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

    /// Troubles of the machine, whatever the phase.
    bool anywhere()
    {
        if (const Line* line = first([](auto text) { return has(text, "No space left on device"); }))
            return found(*line, "disk");
        if (const Line* line = first([](auto text) {
                return has_one_of(text,
                                  {"Cannot allocate memory", "virtual memory exhausted", "out of memory allocating",
                                   "fatal error: Killed signal", "fork: Resource temporarily unavailable",
                                   "fork: retry: Resource temporarily", ": Input/output error"});
            }))
            return found(*line, "infrastructure");
        return false;
    }

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
        if (failure_.phase != "setup" && failure_.phase != "package")
            return false;
        if (const Line* line = first(is_spec_error))
            return found(*line, "spec");
        return false;
    }

    bool prep()
    {
        if (const Line* line = first(is_failed_patch))
            return found(*line, "patch");
        if (const Line* line = first(is_missing_dependency))
            return found(*line, "dependency");
        return false;
    }

    bool check()
    {
        if (const Line* line = first(is_failed_test))
            return found(*line, "test");
        if (const Line* line = first([](auto text) { return has(text, ": command not found"); }))
            return found(*line, "dependency");
        return false;
    }

    /// %conf, %build, %install and %check alike: the first that tells of a missing thing or of code that is wrong.
    bool building()
    {
        const Line* line = first([](auto text) { return is_missing_dependency(text) || is_compiler_error(text); });
        if (line == nullptr)
            return false;
        if (is_missing_dependency(line->text))
            return found(*line, "dependency");
        return found(*line, failure_.phase == "check" ? "test" : "compile");
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
