// SPDX-License-Identifier: GPL-3.0-or-later
#include "choice.hpp"

#include <algorithm>

#include "platform/catalog.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

/// A repository for every architecture of the platform, as a flavor.
Result<platform::Definition> linked(const std::vector<std::string>& places, const platform::Platform& platform)
{
    platform::Definition flavor;
    for (std::size_t i = 0; i < places.size(); ++i) {
        std::string url = places[i];
        if (std::all_of(url.begin(), url.end(), [](char letter) { return letter >= '0' && letter <= '9'; }))
            return fail(Kind::input, "build " + url + " of a build service cannot be linked",
                        "name the URL or directory of its repository");
        if (url.find("://") == url.npos) {
            if (!sys::exists(url + "/repodata/repomd.xml"))
                return fail(Kind::input, "'" + url + "' is no repository: it has no repodata/repomd.xml");
            ALBS_TRY(url, sys::absolute_path(url));
            url = "file://" + url;
        }
        for (const std::string& arch : platform.arches()) {
            platform::Repository repository;
            repository.name = "linked-" + std::to_string(i + 1);
            repository.arch = arch;
            repository.url = url;
            repository.module_hotfixes = true;
            flavor.repositories.push_back(std::move(repository));
        }
    }
    return flavor;
}

} // namespace

Result<platform::Platform> choose_platform(const Options& options, const platform::Override* own)
{
    ALBS_TRY(platform::Catalog catalog, platform::Catalog::read(options.platforms, options.platform));
    ALBS_TRY(platform::Platform platform, catalog.platform(options.platform, options.backend, !options.lock.empty()));
    std::vector<std::string> flavors = options.flavors;
    std::vector<std::string> places = options.linked;
    platform::BuildOptions of_root;
    of_root.module_enable = options.modules;
    of_root.yum_exclude = options.excludes;
    if (platform.backend() == "host" && !(places.empty() && options.modules.empty() && options.excludes.empty()))
        return fail(Kind::usage, "--linked, --module-enable and --exclude are for roots, and backend host has none");
    if (own != nullptr) {
        flavors.insert(flavors.end(), own->flavors.begin(), own->flavors.end());
        places.insert(places.end(), own->linked.begin(), own->linked.end());
    }
    for (const std::string& name : flavors) {
        ALBS_TRY(platform::Definition flavor, catalog.flavor(name));
        platform.add(flavor);
    }
    ALBS_TRY(platform::Definition further, linked(places, platform));
    platform.add(further);
    platform.add(of_root);
    if (own != nullptr) {
        // Words of rpmbuild, as those of the command: they are in the task's record.
        platform::BuildOptions more = own->options;
        more.definitions.clear();
        more.with.clear();
        more.without.clear();
        platform.add(more);
    }
    if (options.secure_boot || (own != nullptr && own->secure_boot))
        platform.enable_secure_boot();
    return platform;
}

std::vector<std::string> words_of_rpmbuild(const Options& options, const platform::Override* own)
{
    std::vector<std::string> words;
    auto add = [&](const char* option, const std::vector<std::string>& values) {
        for (const std::string& value : values)
            words.insert(words.end(), {option, value});
    };
    add("--with", options.with);
    add("--without", options.without);
    add("--define", options.definitions);
    if (own != nullptr) {
        add("--with", own->options.with);
        add("--without", own->options.without);
        for (const auto& [name, body] : own->options.definitions)
            words.insert(words.end(), {"--define", name + " " + body});
    }
    return words;
}

std::string needs_secure_boot(const platform::Platform& platform, const std::string& package)
{
    const Json* needed = platform.definition().mock.find("secure_boot_required_packages");
    if (platform.is_secure_boot() || needed == nullptr)
        return "";
    const Json::Array& list = *needed->elements();
    bool is_listed = std::find(list.begin(), list.end(), Json(package)) != list.end();
    return is_listed ? "platform '" + platform.name() + "' builds '" + package + "' only with --secure-boot" : "";
}

} // namespace albs::build
