// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand_version.hpp"

#include "base/format.hpp"
#include "base/text.hpp"
#include "debrand_sandbox.hpp"
#include "sys/file.hpp"

namespace albs::fetch {
namespace {

constexpr std::string_view version_tags[] = {"Epoch:", "Version:", "Release:"};

/// The last word of the first line that begins so.
std::string value_of(const Lines& lines, std::string_view tag)
{
    for (const std::string& line : lines)
        if (line.starts_with(tag)) {
            std::vector<std::string> words = split_words(std::string_view(line).substr(tag.size()));
            return words.empty() ? std::string() : words.back();
        }
    return {};
}

std::string without(std::string text, std::string_view words)
{
    for (std::size_t at = text.find(words); at != text.npos; at = text.find(words))
        text.erase(at, words.size());
    return text;
}

bool is_macro_of_the_machine(const std::string& text)
{
    return without_dist(text).find('%') != text.npos;
}

} // namespace

std::string without_dist(std::string text)
{
    return without(without(std::move(text), "%{?dist}"), "%{dist}");
}

std::string evr_of(const SpecVersion& version)
{
    return (version.epoch.empty() ? "" : version.epoch + ":") + version.version + "-" + version.release;
}

SpecVersion written_version(const Lines& lines)
{
    return {value_of(lines, "Epoch:"), value_of(lines, "Version:"), value_of(lines, "Release:")};
}

bool is_written_plainly(const Lines& lines)
{
    int conditions = 0;
    for (const std::string& line : lines) {
        if (line.starts_with("%package") || line.starts_with("%description"))
            break; // those of other packages
        if (line.starts_with("%if"))
            ++conditions;
        if (line.starts_with("%endif"))
            --conditions;
        for (std::string_view tag : version_tags)
            if (line.starts_with(tag) && (conditions > 0 || is_macro_of_the_machine(line)))
                return false;
    }
    return true;
}

std::string el_version_of(std::string_view ref)
{
    for (std::size_t start = 0; start < ref.size(); start = ref.find('/', start) + 1) {
        const std::string_view part = ref.substr(start, ref.find('/', start) - start);
        const std::size_t end = std::min(part.find_first_not_of("0123456789", 1), part.size());
        if ((part.front() == 'c' || part.front() == 'a') && end > 1)
            return std::string(part.substr(1, end - 1));
        if (ref.find('/', start) == ref.npos)
            break;
    }
    return "8";
}

Result<SpecVersion> expanded_version(Session& session, const SourceTree& tree, const std::string& spec,
                                     const std::string& el_version)
{
    ALBS_TRY(SandboxedFiles files, SandboxedFiles::make(session, 1));
    ALBS_CHECK(files.give(tree, "package"));
    const std::string package = std::string(SandboxedFiles::given) + "/package";
    const bool is_flat = spec.find('/') == spec.npos;
    std::vector<std::string> words = {version_program, "--parse", package + "/" + spec};
    // Macros of Enterprise Linux that a machine of another family lacks, and that make no version.
    for (const std::string& macro :
         {"_sourcedir " + package + (is_flat ? "" : "/SOURCES"), std::string("dist %{nil}"), "rhel " + el_version,
          std::string("__python /usr/bin/python3"), std::string("__python3 /usr/bin/python3"),
          std::string("ldconfig_scriptlets(n:) %{nil}"), std::string("forgemeta %{nil}"), std::string("gometa %{nil}"),
          std::string("efi_has_alt_arch 0")})
        words.insert(words.end(), {"--define", macro});
    auto parsed = files.run(words, "/", version_program);
    if (!parsed && parsed.error().kind == Kind::input)
        parsed.error().hint = "ignore_version_macros and ignore_release_macros, parameters of the configuration, take "
                              "them as they are written";
    if (!parsed)
        return tl::unexpected(std::move(parsed).error());
    SpecVersion version = written_version(split_lines(*parsed));
    const std::string evr = evr_of(version);
    if (version.version.empty() || version.release.empty() || evr.find('%') != evr.npos)
        return fail(Kind::input, format_text("rpmspec makes '{}' of its version and release", evr));
    return version;
}

} // namespace albs::fetch
