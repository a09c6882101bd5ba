// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/definition_json.hpp"

namespace albs::platform {
namespace {

void set_text(Json& json, const char* name, const std::string& text)
{
    if (!text.empty())
        json.set(name, text);
}

void set_texts(Json& json, const char* name, const std::vector<std::string>& texts)
{
    if (!texts.empty())
        json.set(name, Json::strings(texts));
}

void set_map(Json& json, const char* name, Json map)
{
    if (map.is_object() && !map.members()->empty())
        json.set(name, std::move(map));
}

Json macros_json(const Macros& macros)
{
    Json json = Json::object();
    for (const auto& [name, body] : macros)
        json.set(name, body);
    return json;
}

Json repository_json(const Repository& repository)
{
    const Repository usual;
    Json json = Json::object({{"name", repository.name}, {"arch", repository.arch}, {"type", repository.type}});
    set_text(json, "url", repository.url);
    set_text(json, "mirrorlist", repository.mirrorlist);
    if (repository.priority != usual.priority)
        json.set("priority", repository.priority);
    if (!repository.mock_enabled)
        json.set("mock_enabled", false);
    if (repository.is_debug)
        json.set("debug", true);
    if (repository.is_production)
        json.set("production", true);
    if (repository.module_hotfixes)
        json.set("module_hotfixes", true);
    set_texts(json, "gpgkey", repository.gpgkeys);
    set_texts(json, "gpgkey_fingerprint", repository.gpgkey_fingerprints);
    set_texts(json, "excludes", repository.excludes);
    return json;
}

Json data_json(const Definition& definition)
{
    Json data = Json::object();
    set_map(data, "definitions", macros_json(definition.definitions));
    set_text(data, "mock_dist", definition.mock_dist);
    if (definition.timeout_s != 0)
        data.set("timeout", definition.timeout_s);
    set_texts(data, "custom_logs", definition.custom_logs);
    if (!definition.test_install.empty())
        data.set("test", Json::object({{"install", Json::strings(definition.test_install)}}));
    Json mock = definition.mock;
    set_map(mock, "macros", macros_json(definition.macros));
    set_map(mock, "secure_boot_macros", macros_json(definition.secure_boot_macros));
    set_map(data, "mock", std::move(mock));
    set_map(data, "yum", definition.yum);
    Json versions = Json::array();
    for (const Version& version : definition.versions) {
        Json one = Json::object({{"name", version.name}});
        set_text(one, "version_prefix", version.version_prefix);
        set_text(one, "dist_prefix", version.dist_prefix);
        versions.push(std::move(one));
    }
    if (!definition.versions.empty())
        data.set("versions", std::move(versions));
    return data;
}

} // namespace

Json definition_json(const Definition& definition)
{
    Json json = Json::object({{"name", definition.name}});
    if (definition.is_platform) {
        json.set("type", "rpm");
        json.set("distr_type", definition.distr_type);
        json.set("distr_version", definition.distr_version);
        set_text(json, "pgp_key", definition.pgp_key);
        json.set("arch_list", Json::strings(definition.arches));
    }
    set_map(json, "data", data_json(definition));
    set_map(json, "modularity", definition.modularity);
    Json repositories = Json::array();
    for (const Repository& repository : definition.repositories)
        repositories.push(repository_json(repository));
    if (!definition.repositories.empty())
        json.set("repositories", std::move(repositories));
    return json;
}

} // namespace albs::platform
