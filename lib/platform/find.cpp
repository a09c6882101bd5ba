// SPDX-License-Identifier: GPL-3.0-or-later
// Definitions out of files and out of what is compiled in.
#include "platform/definitions.hpp"
#include "platform/library.hpp"
#include "platform/record.hpp"
#include "platform/yaml.hpp"
#include "sys/given_file.hpp"
#include "sys/module.hpp"

namespace albs::platform {

std::vector<std::string> Library::known() const
{
    std::vector<std::string> names;
    for (const Own* own = own_platforms; own->name != nullptr; ++own)
        names.emplace_back(own->name);
    return names;
}

Result<Value> Library::read_yaml(const std::string& text, const std::string& file) const
{
    return platform::read_yaml(text, file);
}

Result<Catalog> Library::read_catalog(const std::vector<std::string>& files, const std::string& platform) const
{
    Catalog catalog;
    catalog.known_ = known();
    auto add = [&](const std::string& text, const std::string& file, bool is_ours) -> Status {
        ALBS_TRY(std::vector<Definition> some, read_definitions(text, file));
        for (Definition& definition : some) {
            definition.is_ours = is_ours;
            catalog.definitions_.push_back(std::move(definition));
        }
        return {};
    };
    for (const std::string& file : files) {
        ALBS_TRY(std::string text, sys::read_given(file, max_yaml));
        ALBS_CHECK(add(text, file, false));
    }
    ALBS_CHECK(add(own_flavors, "flavors.yaml", true));
    for (const Own* own = own_platforms; own->name != nullptr; ++own)
        if (same_name(own->name, platform))
            ALBS_CHECK(add(own->text, std::string(own->name) + ".yaml", true));
    return catalog;
}

Result<Platform> Library::find(const std::string& name) const
{
    ALBS_TRY(Catalog catalog, read_catalog({}, name));
    return catalog.platform(name);
}

Result<Platform> Library::read_record(const std::string& record) const
{
    ALBS_TRY(std::string text, platforms_file(record));
    Catalog catalog;
    ALBS_TRY(catalog.definitions_, read_definitions(text, "the record of a platform"));
    const std::string name = catalog.definitions_.empty() ? "" : catalog.definitions_.front().name;
    ALBS_TRY(std::vector<Definition> ours, read_definitions(own_flavors, "flavors.yaml"));
    for (Definition& flavor : ours) {
        flavor.is_ours = true;
        catalog.definitions_.push_back(std::move(flavor));
    }
    return catalog.platform(name);
}

} // namespace albs::platform

ALBS_DRIVER(platform)
