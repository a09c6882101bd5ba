// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock_root.hpp"

#include "base/digest.hpp"
#include "base/format.hpp"
#include "platform/mock_config.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

/// Beyond the time that rpmbuild has, for root and packages.
constexpr std::int64_t margin_ms = 15LL * 60 * 1000;
constexpr int max_roots = 64;

/// The platform with what the command asked for, by the rules of ALBS.
platform::Platform with_options(const BuildConfig& recipe)
{
    platform::BuildOptions options;
    for (std::size_t i = 0; i + 1 < recipe.words.size(); i += 2) {
        const std::string& value = recipe.words[i + 1];
        if (recipe.words[i] == "--with")
            options.with.push_back(value);
        else if (recipe.words[i] == "--without")
            options.without.push_back(value);
        else if (std::size_t space = value.find(' '); space != value.npos)
            options.definitions.emplace_back(value.substr(0, space), value.substr(space + 1));
    }
    platform::Platform platform = recipe.platform;
    platform.add(options);
    return platform;
}

} // namespace

Result<std::string> mock_text(const BuildConfig& recipe, const std::string& arch, const std::string& root)
{
    ALBS_TRY(std::string text, platform::mock_config(with_options(recipe), arch, root));
    // The one thing that is not as in ALBS, where builds reach the network.
    if (!recipe.network)
        text += "config_opts[\"rpmbuild_networking\"] = False\n";
    return text;
}

std::vector<std::string> mock_definitions(const BuildConfig& recipe)
{
    return platform::mock_defines(with_options(recipe));
}

Result<MockRoot> take_mock_root(const BuildConfig& recipe, const std::string& arch, const store::Workspace& workspace)
{
    ALBS_TRY(std::string directory, workspace.directory("mock"));
    ALBS_TRY(directory, sys::absolute_path(directory));
    ALBS_TRY(std::string plain, mock_text(recipe, arch, ""));
    const std::string stem = "albs-" + sha256(plain).hex().substr(0, 24) + ".";
    for (int i = 0; i < max_roots; ++i) {
        std::string name = stem + std::to_string(i);
        auto lock = sys::FileLock::exclusive(directory + "/" + name + ".lock", 0);
        if (!lock && lock.error().kind == Kind::temporary)
            continue;
        if (!lock)
            return tl::unexpected(std::move(lock).error());
        ALBS_TRY(std::string text, mock_text(recipe, arch, name));
        const std::pair<std::string, std::string> files[] = {
            {format_text("{}/{}.cfg", directory, name), text},
            {directory + "/site-defaults.cfg", platform::mock_site_defaults()}};
        for (const auto& [path, content] : files) {
            auto old = sys::read_file(path);
            if (!old || *old != content)
                ALBS_CHECK(sys::write_file(path, content));
        }
        return MockRoot{directory, name, *std::move(lock)};
    }
    return fail(Kind::temporary, "all " + std::to_string(max_roots) + " roots of this platform are in use");
}

sys::Command mock_command(const BuildConfig& recipe, const MockRoot& root, const std::vector<std::string>& words,
                          const std::string& result, const std::string& output)
{
    sys::Command command;
    command.argv = {"mock", "--configdir", root.directory, "--root", root.name};
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    command.argv.insert(command.argv.end(), {"--resultdir", result});
    const std::vector<std::string> defines = mock_definitions(recipe);
    command.argv.insert(command.argv.end(), defines.begin(), defines.end());
    command.argv.insert(command.argv.end(), {"--rpmbuild_timeout", std::to_string(recipe.timeout_ms / 1000)});
    command.environment = sys::clean_environment();
    command.environment.insert(command.environment.end(), {"HISTFILE=/dev/null", "LANG=C"});
    command.output_file = output;
    command.timeout_ms = recipe.timeout_ms + margin_ms;
    return command;
}

} // namespace albs::build
