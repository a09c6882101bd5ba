// SPDX-License-Identifier: GPL-3.0-or-later
#include "user_changes.hpp"

#include <map>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/text.hpp"

namespace albs::test {
namespace {

constexpr std::uint32_t config = 1U << 0;     ///< RPMFILE_CONFIG
constexpr std::uint32_t no_replace = 1U << 4; ///< RPMFILE_NOREPLACE
constexpr std::uint32_t ghost = 1U << 6;      ///< RPMFILE_GHOST
constexpr std::size_t max_files = 1000;       ///< of one command line

/// "DIGEST  PATH" as sha256sum(1) writes it; other lines are messages.
std::map<std::string, std::string> digests_in(const std::string& text)
{
    std::map<std::string, std::string> digests;
    for (const std::string& line : split_lines(text))
        if (line.size() > 66 && line.compare(64, 2, "  ") == 0)
            digests[line.substr(66)] = line.substr(0, 64);
    return digests;
}

} // namespace

Result<std::vector<UserChange>> change_settings(Root& root, const std::vector<rpm::Package>& packages)
{
    std::vector<UserChange> settings;
    std::vector<std::string> argv = {
        "sh", "-c",
        R"(for file; do [ -f "$file" ] && [ ! -L "$file" ] && echo 2>/dev/null >>"$file" && sha256sum "$file"; done; :)",
        "sh"};
    std::map<std::string, bool> stays;
    for (const rpm::Package& package : packages)
        for (const rpm::File& file : package.files)
            if ((file.flags & config) != 0 && (file.flags & ghost) == 0 && S_ISREG(file.mode) &&
                stays.size() < max_files) {
                stays[file.path] = (file.flags & no_replace) != 0;
                argv.push_back(file.path);
            }
    if (stays.empty())
        return settings;
    ALBS_TRY(Step step, root.command(argv, {}));
    for (const auto& [path, digest] : digests_in(step.log))
        settings.push_back({path, digest, stays[path]});
    return settings;
}

Result<std::string> lost_setting(Root& root, const std::vector<UserChange>& settings)
{
    if (settings.empty())
        return std::string();
    std::vector<std::string> argv = {"sh", "-c", R"(sha256sum -- "$@" 2>/dev/null; :)", "sh"};
    for (const UserChange& setting : settings)
        argv.insert(argv.end(), {setting.path, setting.path + ".rpmsave"});
    ALBS_TRY(Step step, root.command(argv, {}));
    const auto now = digests_in(step.log);
    auto is = [&](const std::string& path, const std::string& digest) {
        auto found = now.find(path);
        return found != now.end() && found->second == digest;
    };
    for (const UserChange& setting : settings) {
        if (is(setting.path, setting.digest))
            continue;
        if (!is(setting.path + ".rpmsave", setting.digest))
            return format_text("what a user changed in '{}' is lost", setting.path);
        if (setting.stays && now.contains(setting.path))
            return format_text("'{0}' was %config(noreplace), and what a user changed in it is now in '{0}.rpmsave'",
                               setting.path);
    }
    return std::string();
}

} // namespace albs::test
