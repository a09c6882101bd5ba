// SPDX-License-Identifier: GPL-3.0-or-later
// A mock configuration is a Python program of assignments. The order and the members are those of ALBS's build node
// (its MockConfig and YumConfig), so that the two can be compared line by line; where its text would not be what it
// means (a backslash in dnf's configuration, a list of truth values), ours is escaped.
#include "platform/mock_config.hpp"

#include <algorithm>
#include <map>

#include "base/format.hpp"
#include "base/text.hpp"

namespace albs::platform {
namespace {

using Options = std::map<std::string, Json>;

/// A Python literal. JSON's strings are Python's as well.
std::string literal(const Json& value)
{
    if (value.is_null())
        return "None";
    if (const bool* flag = value.boolean())
        return *flag ? "True" : "False";
    if (const Json::Array* list = value.elements()) {
        std::string text;
        for (const Json& item : *list)
            text += (text.empty() ? "" : ", ") + literal(item);
        return "[" + text + "]";
    }
    if (const Json::Object* map = value.members()) {
        std::string text;
        for (const Json::Member& member : *map)
            text += (text.empty() ? "" : ", ") + literal(member.key) + ": " + literal(member.value);
        return "{" + text + "}";
    }
    return write_json(value);
}

std::string assignment(const std::string& name, const Json& value)
{
    std::string text;
    const std::string target = "config_opts[" + literal(name) + "]";
    const Json::Object* map = value.members();
    if (map == nullptr)
        return target + " = " + literal(value) + "\n";
    std::map<std::string, const Json*> sorted;
    for (const Json::Member& member : *map)
        sorted[member.key] = &member.value;
    for (const auto& [key, body] : sorted)
        text += format_text("{}[{}] = {}\n", target, literal(key), literal(*body));
    return text;
}

/// Machines that can build for a target, by mock's names.
Result<Json> host_arches(const std::string& target)
{
    if (target == "x86_64" || target == "x86_64_v2")
        return Json::strings({"x86_64"});
    if (target == "i386" || target == "i586" || target == "i686")
        return Json::strings({"i386", "i586", "i686", "x86_64"});
    if (target == "noarch")
        return Json::strings(
            {"i386", "i586", "i686", "x86_64", "noarch", "aarch64", "armhf", "ppc64le", "s390x", "riscv64"});
    if (target == "armhf" || target == "armhfp")
        return Json::strings({"aarch64", "armhf", "armhfp"});
    for (const char* same : {"aarch64", "ppc64le", "s390x", "riscv64"})
        if (target == same)
            return Json::strings({target});
    return fail(Kind::input, "there is no machine that mock can build for '" + target + "' on");
}

/// config_opts, before it becomes text.
Result<Options> options_of(const Platform& platform, const std::string& arch)
{
    const Definition& definition = platform.definition();
    const Json* target = definition.mock.find("target_arch");
    Options options{{"target_arch", target != nullptr ? *target : Json(arch)},
                    {"chroot_setup_cmd", "install @buildsys-build"},
                    {"rpmbuild_networking", true},
                    {"use_host_resolv", true},
                    {"use_bootstrap_container", false}};
    ALBS_TRY(options["legal_host_arches"], host_arches(*options["target_arch"].string()));
    if (!definition.mock_dist.empty())
        options["dist"] = definition.mock_dist;
    for (const Json::Member& member : *definition.mock.members())
        if (member.key != "rpmautospec_enable")
            options[member.key] = member.value;
    // Whatever the platform says: ALBS's nodes have no bootstrap chroot.
    options["use_bootstrap_container"] = false;
    Json macros = Json::object();
    for (const auto& [name, body] : definition.macros)
        macros.set(name, body);
    options["macros"] = std::move(macros);
    if (platform.is_secure_boot())
        options["isolation"] = "simple";
    return options;
}

std::string plugins_of(const Definition& definition)
{
    std::string text;
    const Json* autospec = definition.mock.find("rpmautospec_enable");
    if (autospec != nullptr && *autospec->boolean())
        text += "config_opts[\"plugin_conf\"][\"rpmautospec_enable\"] = True\n"
                "config_opts[\"plugin_conf\"][\"rpmautospec_opts\"] = {}\n"
                "config_opts[\"plugin_conf\"][\"rpmautospec_opts\"][\"cmd_base\"] = [\"/usr/bin/rpmautospec\", "
                "\"process-distgit\"]\n"
                "config_opts[\"plugin_conf\"][\"rpmautospec_opts\"][\"requires\"] = [\"rpmautospec\"]\n";
    if (!definition.custom_logs.empty())
        text += "config_opts[\"plugin_conf\"][\"chroot_scan_enable\"] = True\n"
                "config_opts[\"plugin_conf\"][\"chroot_scan_opts\"] = " +
                literal(Json::object({{"only_failed", false}, {"regexes", Json::strings(definition.custom_logs)}})) +
                "\n";
    return text;
}

/// One section of dnf's configuration, as Python's ConfigParser writes it.
std::string section(const std::string& name, const std::map<std::string, std::string>& members)
{
    std::string text = "[" + name + "]\n";
    for (const auto& [key, value] : members) {
        text += key + " = ";
        for (char letter : value)
            text += letter == '\n' ? std::string("\n\t") : std::string(1, letter);
        text += "\n";
    }
    return text + "\n";
}

std::string main_section(const Definition& definition)
{
    std::map<std::string, std::string> members = {{"assumeyes", "1"},
                                                  {"cachedir", "/var/cache/yum"},
                                                  {"debuglevel", "1"},
                                                  {"gpgcheck", "0"},
                                                  {"logfile", "/var/log/yum.log"},
                                                  {"obsoletes", "1"},
                                                  {"reposdir", "/dev/null"},
                                                  {"retries", "20"},
                                                  {"rpmverbosity", "info"},
                                                  {"syslog_device", ""},
                                                  {"syslog_ident", "mock"}};
    for (const Json::Member& member : *definition.yum.members())
        if (const bool* flag = member.value.boolean())
            members[member.key] = *flag ? "1" : "0";
        else
            members[member.key] =
                member.value.string() != nullptr ? std::string(*member.value.string()) : write_json(member.value);
    return section("main", members);
}

/// "AlmaLinux-9-…-17812-br": what packages of one build see of each other.
bool is_build_repository(const std::string& url)
{
    std::size_t at = url.find("AlmaLinux-");
    return at != url.npos && url.size() > at + 11 && url[at + 10] >= '0' && url[at + 10] <= '9' &&
           url[at + 11] == '-' && url.find("-br", at) != url.npos;
}

/// dnf takes a path for the name of a mirror's file.
std::vector<std::string> as_urls(std::vector<std::string> keys)
{
    for (std::string& key : keys)
        if (key.starts_with('/'))
            key.insert(0, "file://");
    return keys;
}

std::string repository_section(const Repository& repository)
{
    std::map<std::string, std::string> members = {
        {"enabled", "1"}, {"name", repository.name}, {"priority", std::to_string(repository.priority)}};
    if (!repository.url.empty())
        members["baseurl"] = repository.url;
    if (!repository.mirrorlist.empty())
        members["mirrorlist"] = repository.mirrorlist;
    if (repository.module_hotfixes || is_build_repository(repository.url))
        members["module_hotfixes"] = "1";
    if (!repository.gpgkeys.empty()) {
        members["gpgcheck"] = "1";
        members["gpgkey"] = join(as_urls(repository.gpgkeys), " ");
    }
    if (!repository.excludes.empty())
        members["exclude"] = join(repository.excludes, " ");
    return section(repository.name, members);
}

Result<std::string> dnf_config(const Platform& platform, const std::string& arch)
{
    std::map<std::string, std::string> sections;
    for (const Repository& repository : platform.definition().repositories) {
        if (repository.arch != arch || repository.type != "rpm" || !repository.mock_enabled)
            continue;
        if (!sections.emplace(repository.name, repository_section(repository)).second)
            return fail(Kind::input, format_text("platform '{}' has two repositories named '{}' for {}",
                                                 platform.name(), repository.name, arch));
    }
    std::string text = main_section(platform.definition());
    for (const auto& [name, body] : sections)
        text += body;
    // Between three quotation marks.
    std::string escaped;
    for (char letter : text)
        escaped += (letter == '\\' || letter == '"' ? "\\" : "") + std::string(1, letter);
    return "config_opts[\"yum.conf\"] = \"\"\"\n" + escaped + "\"\"\"\n";
}

} // namespace

Result<std::string> mock_config(const Platform& platform, const std::string& arch, const std::string& root)
{
    ALBS_TRY(Options options, options_of(platform, arch));
    ALBS_TRY(std::string dnf, dnf_config(platform, arch));
    std::string text = root.empty() ? "" : assignment("root", root);
    for (const auto& [name, value] : options)
        text += assignment(name, value);
    return text + plugins_of(platform.definition()) + dnf;
}

std::string mock_site_defaults()
{
    std::string text = "config_opts[\"plugin_conf\"][\"bind_mount_enable\"] = True\n"
                       "config_opts[\"plugin_conf\"][\"rpmautospec_enable\"] = True\n";
    if (machine_arch() == "ppc64le")
        text += "config_opts[\"macros\"][\"%_host_cpu\"] = \"ppc64le\"\n";
    return text;
}

std::vector<std::string> mock_defines(const Platform& platform)
{
    std::vector<std::string> words;
    for (const auto& [name, body] : platform.definition().definitions)
        words.insert(words.end(), {"--define", name + " " + body});
    return words;
}

} // namespace albs::platform
