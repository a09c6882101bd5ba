// SPDX-License-Identifier: GPL-3.0-or-later
// The schema, key by key. What is only for a build service (synchronisation, places of released packages) is checked
// and forgotten.
#include "platform/definition.hpp"

#include "albs/crypto/openpgp.hpp"
#include "base/format.hpp"
#include "platform/catalog.hpp"
#include "platform/map_reader.hpp"
#include "platform/mock_keys.hpp"

namespace albs::platform {
namespace {

/// Reads a map that nothing is taken from but its keys.
template <std::size_t N>
Status check_texts(const Value& map, const std::string& file, const std::string& noun, const char* const (&keys)[N])
{
    MapReader in(map, file, noun);
    for (const char* key : keys)
        in.text(key);
    return in.end();
}

Result<std::vector<Version>> read_versions(MapReader& in, const std::string& file, const std::string& noun)
{
    std::vector<Version> versions;
    if (const Value* list = in.list("versions"))
        for (const Value& item : list->items) {
            MapReader one(item, file, "a version of " + noun);
            versions.push_back({one.text("name"), one.text("version_prefix"), one.text("dist_prefix")});
            one.require("name");
            ALBS_CHECK(one.end());
        }
    return versions;
}

Result<Repository> read_repository(const Value& value, const std::string& file, const std::string& noun)
{
    const Value* name = value.find("name");
    MapReader in(value, file, (name != nullptr ? "repository '" + name->text + "' of " : "a repository of ") + noun);
    Repository repository;
    repository.name = in.text("name");
    repository.arch = in.text("arch");
    repository.type = in.text("type");
    repository.url = in.text("url");
    // ALBS keeps a copy of a production repository; without one, the remote is the repository.
    std::string remote = in.text("remote_url");
    if (repository.url.empty())
        repository.url = remote;
    repository.mirrorlist = in.text("mirrorlist");
    repository.priority = in.integer("priority", repository.priority);
    repository.mock_enabled = in.flag("mock_enabled", true);
    repository.is_debug = in.flag("debug", false);
    repository.is_production = in.flag("production", false);
    repository.module_hotfixes = in.flag("module_hotfixes", false);
    repository.gpgkeys = in.text_or_texts("gpgkey");
    repository.gpgkey_fingerprints = in.text_or_texts("gpgkey_fingerprint");
    repository.excludes = in.texts("excludes");
    for (const char* service : {"export_path", "remote_sync_policy", "repository_sync_policy", "pulp_href"})
        in.text(service);
    in.integer("owner_id", 0);
    in.require("name");
    in.require("arch");
    if (repository.url.empty() && repository.mirrorlist.empty())
        in.require("url");
    if (repository.name.find_first_of(" \t\r\n[]%") != std::string::npos)
        in.refuse(name->line, "'" + repository.name + "' is no name of a repository");
    for (std::string& fingerprint : repository.gpgkey_fingerprints)
        if (Result<std::string> read = openpgp::parse_fingerprint(fingerprint); read)
            fingerprint = *std::move(read);
        else
            in.refuse(value.line, read.error().message);
    for (const std::string& url : {repository.url, repository.mirrorlist})
        if (url.find_first_of(" \t\r\n\"\\") != std::string::npos)
            in.refuse(value.line, "'" + url + "' is no URL");
    ALBS_CHECK(in.end());
    if (repository.type.empty())
        repository.type = "rpm";
    return repository;
}

Status read_mock(Definition& definition, const Value& value, const std::string& file, const std::string& noun)
{
    MapReader in(value, file, "data.mock of " + noun);
    definition.macros = in.macros("macros");
    definition.secure_boot_macros = in.macros("secure_boot_macros");
    for (const MockKey& key : mock_keys()) {
        if (!in.has(key.name))
            continue;
        Json json = key.type == Value::Type::list ? Json::strings(in.texts(key.name)) : in.json(key.name, key.type);
        definition.mock.set(key.name, std::move(json));
    }
    return in.end();
}

/// As dnf's [main]; a service's words.
Status read_yum(Definition& definition, const Value& value, const std::string& file, const std::string& noun)
{
    MapReader in(value, file, "data.yum of " + noun);
    for (const char* key : {"assumeyes", "best", "gpgcheck", "obsoletes"})
        if (in.has(key))
            definition.yum.set(key, in.flag(key, false));
    for (const char* key : {"debuglevel", "retries"})
        if (in.has(key))
            definition.yum.set(key, in.integer(key, 0));
    for (const char* key : {"cachedir", "exclude", "logfile", "module_platform_id", "proxy", "reposdir", "rpmverbosity",
                            "syslog_device", "syslog_ident"})
        if (in.has(key))
            definition.yum.set(key, in.text(key));
    return in.end();
}

Status read_data(Definition& definition, const Value& value, const std::string& file, const std::string& noun)
{
    MapReader in(value, file, "data of " + noun);
    definition.definitions = in.macros("definitions");
    definition.mock_dist = in.text("mock_dist");
    definition.timeout_s = in.integer("timeout", 0);
    definition.custom_logs = in.texts("custom_logs");
    in.flag("allow_sources_download", false);
    in.texts("compatible_release_platforms");
    ALBS_TRY(definition.versions, read_versions(in, file, noun));
    if (const Value* mock = in.map("mock"))
        ALBS_CHECK(read_mock(definition, *mock, file, noun));
    if (const Value* yum = in.map("yum"))
        ALBS_CHECK(read_yum(definition, *yum, file, noun));
    if (const Value* test = in.map("test")) {
        MapReader of_tests(*test, file, "data.test of " + noun);
        definition.test_install = of_tests.texts("install");
        ALBS_CHECK(of_tests.end());
    }
    if (definition.timeout_s < 0)
        in.refuse(value.line, "the timeout of " + noun + " is negative");
    return in.end();
}

Status read_modularity(Definition& definition, MapReader& in, const Value& value, const std::string& file,
                       const std::string& noun)
{
    MapReader modularity(value, file, "modularity of " + noun);
    modularity.text("modified_packages_url");
    modularity.text("packages_git");
    if (const Value* prefix = modularity.map("git_tag_prefix"))
        ALBS_CHECK(check_texts(*prefix, file, "git_tag_prefix of " + noun, {"modified", "non_modified"}));
    ALBS_TRY(std::vector<Version> versions, read_versions(modularity, file, noun));
    if (definition.versions.empty())
        definition.versions = std::move(versions);
    ALBS_CHECK(modularity.end());
    definition.modularity = in.json("modularity", Value::Type::map);
    return {};
}

/// The keys that make a platform of it.
void read_platform_keys(Definition& definition, MapReader& in)
{
    definition.distr_type = in.text("distr_type");
    definition.distr_version = in.text("distr_version");
    definition.pgp_key = in.text("pgp_key");
    definition.arches = in.texts("arch_list");
    for (const char* service : {"contact_mail", "copyright", "test_dist_name"})
        in.text(service);
    for (const char* service : {"reference_platforms", "copy_priority_arches"})
        in.texts(service);
    in.integer("priority", 0);
    definition.module_build_index = in.integer("module_build_index", definition.module_build_index);
    in.flag("is_reference", false);
    in.text("type");
    for (const char* key : {"type", "distr_type", "distr_version", "arch_list"})
        in.require(key);
}

Status check_weak_arches(MapReader& in, const std::string& file, const std::string& noun)
{
    if (const Value* list = in.list("weak_arch_list"))
        for (const Value& item : list->items)
            ALBS_CHECK(check_texts(item, file, "weak_arch_list of " + noun, {"name", "depends_on"}));
    return {};
}

Result<Definition> read_definition(const Value& value, const std::string& file)
{
    Definition definition;
    for (const char* key : {"type", "distr_type", "distr_version", "arch_list"})
        definition.is_platform = definition.is_platform || value.find(key) != nullptr;
    const Value* name = value.find("name");
    const std::string noun =
        std::string(definition.is_platform ? "platform" : "flavor") + (name != nullptr ? " '" + name->text + "'" : "");
    MapReader in(value, file, noun);
    definition.name = in.text("name");
    in.require("name");
    if (definition.is_platform) {
        read_platform_keys(definition, in);
        ALBS_CHECK(check_weak_arches(in, file, noun));
        if (definition.name.find_first_of("/ \t\r\n") != std::string::npos)
            in.refuse(value.line, "'" + definition.name + "' is no name of a platform");
    }
    if (const Value* data = in.map("data"))
        ALBS_CHECK(read_data(definition, *data, file, noun));
    if (const Value* modularity = in.map("modularity"))
        ALBS_CHECK(read_modularity(definition, in, *modularity, file, noun));
    if (const Value* list = in.list("repositories"))
        for (const Value& item : list->items) {
            ALBS_TRY(Repository repository, read_repository(item, file, noun));
            definition.repositories.push_back(std::move(repository));
        }
    ALBS_CHECK(in.end());
    return definition;
}

} // namespace

Result<std::vector<Definition>> read_definitions(const std::string& text, const std::string& file)
{
    ALBS_TRY(Value root, read_yaml(text, file));
    std::vector<Definition> definitions;
    if (root.type != Value::Type::list)
        return fail(Kind::input, format_text("{}:{}: the file is {}, not a list of platforms or flavors", file,
                                             root.line, name_of(root.type)));
    for (const Value& item : root.items) {
        ALBS_TRY(Definition definition, read_definition(item, file));
        for (const Definition& other : definitions)
            if (same_name(other.name, definition.name)) // as names are asked for
                return fail(Kind::input, format_text("{}:{}: '{}' is defined twice", file, item.line, definition.name),
                            "give one of them another name, or put it into a file of its own: the last file counts");
        definitions.push_back(std::move(definition));
    }
    return definitions;
}

} // namespace albs::platform
