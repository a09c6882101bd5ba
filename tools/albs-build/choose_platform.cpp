// SPDX-License-Identifier: GPL-3.0-or-later
#include "choose_platform.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "linked_builds.hpp"
#include "platform/library.hpp"
#include "platform/record.hpp"

namespace albs::build {

RecipeOptions with_own(RecipeOptions options, const platform::Override& own)
{
    auto append = [](std::vector<std::string>& list, const std::vector<std::string>& more) {
        list.insert(list.end(), more.begin(), more.end());
    };
    append(options.flavors, own.flavors);
    append(options.linked, own.linked);
    append(options.modules, own.options.module_enable);
    append(options.excludes, own.options.yum_exclude);
    append(options.with, own.options.with);
    append(options.without, own.options.without);
    for (const auto& [name, body] : own.options.definitions) {
        const std::string start = name + " ";
        std::erase_if(options.definitions, [&](const std::string& one) { return one.starts_with(start); });
        options.definitions.push_back(start + body);
    }
    if (!own.options.target_arch.empty())
        options.target_arch = own.options.target_arch;
    options.secure_boot = options.secure_boot || own.secure_boot;
    return options;
}

std::vector<std::string> platforms_of(const RecipeOptions& options)
{
    std::vector<std::string> names;
    for (const std::string& name : options.platform)
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    return names.empty() ? std::vector<std::string>{"host"} : names;
}

Result<platform::Platform> choose_platform(const RecipeOptions& options, bool has_lock, store::Workspace* workspace,
                                           std::string& record)
{
    const std::string chosen = platforms_of(options).front();
    ALBS_TRY(platform::Catalog catalog, platform::library().read_catalog(options.platforms, chosen));
    ALBS_TRY(platform::Platform platform, catalog.platform(chosen, options.backend, has_lock));
    platform::BuildOptions of_root;
    of_root.module_enable = options.modules;
    of_root.yum_exclude = options.excludes;
    of_root.target_arch = options.target_arch;
    // Repositories of the command line alone can make a root, too, where one is locked.
    if (platform.backend() == "host" && options.root.repositories.empty() &&
        !(options.linked.empty() && options.modules.empty() && options.excludes.empty()))
        return fail(Kind::usage, "--linked, --module-enable and --exclude are for roots, and backend host has none");
    if (platform.backend() != "mock" && !options.target_arch.empty())
        return fail(Kind::usage, "--target-arch is for the backend mock, and this is '" + platform.backend() + "'");
    for (const std::string& name : options.flavors) {
        ALBS_TRY(platform::Definition flavor, catalog.flavor(name));
        platform.add(flavor);
    }
    record = platform::platform_record(platform);
    ALBS_TRY(platform::Definition further, linked_repositories(options.linked, platform.arches(), workspace));
    platform.add(further);
    platform.add(of_root);
    if (options.secure_boot)
        platform.enable_secure_boot();
    return platform;
}

std::string needs_secure_boot(const platform::Platform& platform, const std::string& package)
{
    const Json* needed = platform.definition().mock.find("secure_boot_required_packages");
    if (platform.is_secure_boot() || needed == nullptr)
        return "";
    const Json::Array& list = *needed->elements();
    bool is_listed = std::find(list.begin(), list.end(), Json(package)) != list.end();
    return is_listed ? format_text("platform '{}' builds '{}' only with --secure-boot", platform.name(), package) : "";
}

} // namespace albs::build
