// SPDX-License-Identifier: GPL-3.0-or-later
// The schema of platforms: what is read, what is refused and how it is said, and what hostile YAML comes to.
#include <doctest/doctest.h>
#include <iterator>

#include "platform/definition.hpp"
#include "platform/definition_json.hpp"
#include "platform/definitions.hpp"
#include "platform/yaml.hpp"

using namespace albs;
using namespace albs::platform;

namespace {

/// A platform of all that a platform needs, with more lines at its end.
std::string minimal(const std::string& more = "")
{
    return "- name: Example-1\n  type: rpm\n  distr_type: rhel\n  distr_version: '1'\n  arch_list: [x86_64]\n" + more;
}

constexpr const char* every_key = R"yaml(  pgp_key: 0123456789ABCDEF
  contact_mail: packager@example.org
  copyright: Copyright {{ year }} Example
  priority: 2
  test_dist_name: example
  is_reference: false
  reference_platforms: ['Example-Stream']
  copy_priority_arches: [x86_64]
  weak_arch_list:
    - {name: i686, depends_on: x86_64}
  modularity:
    modified_packages_url: https://git.example.org/modified.yml
    packages_git: https://git.example.org/rpms/
    git_tag_prefix: {modified: a1, non_modified: c1}
  data:
    definitions: {vendor: Example, packager: Example <packager@example.org>, el: 1}
    compatible_release_platforms: [Example-2]
    mock_dist: el1
    timeout: 600
    custom_logs: ['config\.log$']
    allow_sources_download: true
    versions: [{name: '1.2', version_prefix: '10200', dist_prefix: el1.2.0}]
    yum: {best: yes, module_platform_id: platform:el1, exclude: nothing}
    mock:
      chroot_setup_cmd: install bash
      dnf_common_opts: [--nobest]
      environment: {DFLTCC: '0'}
      macros: {"%ldconfig_post(n:)": "%{nil}"}
      secure_boot_macros: {"%modsign_os": example1}
      use_bootstrap_container: false
      nspawn_args: ['--capability=cap_ipc_lock']
      rpmautospec_enable: true
  repositories:
    - {name: base, arch: x86_64, type: rpm, remote_url: 'http://repo.example.org/1/', export_path: 1/, production: true,
       debug: false, remote_sync_policy: on_demand, repository_sync_policy: additive, priority: 5}
    - {name: extra, arch: x86_64, type: rpm, url: 'http://repo.example.org/x/', gpgkey: /etc/key, excludes: [kernel*],
       module_hotfixes: true, mock_enabled: false}
)yaml";

std::string refusal(const std::string& text)
{
    auto read = read_definitions(text, "p.yaml");
    if (read)
        return "accepted";
    CHECK(read.error().kind == Kind::input);
    return read.error().message;
}

} // namespace

TEST_CASE("every key of the schema is read")
{
    auto read = read_definitions(minimal(every_key), "p.yaml");
    REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().message));
    REQUIRE(read->size() == 1);
    const Definition& one = read->front();
    CHECK(one.is_platform);
    CHECK(one.definitions ==
          Macros{{"vendor", "Example"}, {"packager", "Example <packager@example.org>"}, {"el", "1"}});
    CHECK(one.macros == Macros{{"%ldconfig_post(n:)", "%{nil}"}});
    CHECK(one.secure_boot_macros == Macros{{"%modsign_os", "example1"}});
    CHECK(one.timeout_s == 600);
    CHECK(one.versions.front().dist_prefix == "el1.2.0");
    CHECK(write_json(one.yum) == R"({"best":true,"exclude":"nothing","module_platform_id":"platform:el1"})");
    CHECK(write_json(*one.mock.find("environment")) == R"({"DFLTCC":"0"})");
    CHECK(one.mock.find("macros") == nullptr);
    REQUIRE(one.repositories.size() == 2);
    CHECK(one.repositories[0].url == "http://repo.example.org/1/");
    CHECK(one.repositories[0].priority == 5);
    CHECK(one.repositories[0].mock_enabled);
    CHECK(one.repositories[1].priority == 10);
    CHECK(!one.repositories[1].mock_enabled);
    CHECK(one.repositories[1].module_hotfixes);
    CHECK(one.repositories[1].gpgkeys == std::vector<std::string>{"/etc/key"});
    CHECK(one.repositories[1].excludes == std::vector<std::string>{"kernel*"});
}

TEST_CASE("what has none of a platform's keys is a flavor")
{
    auto read =
        read_definitions("- name: copr:example.org:some:thing\n  data: {mock: {use_host_resolv: false}}\n", "f.yaml");
    REQUIRE(read.has_value());
    CHECK(!read->front().is_platform);
    CHECK(read->front().mock.find("use_host_resolv") != nullptr);
}

TEST_CASE("an unknown key is refused with its line")
{
    CHECK(refusal(minimal("  pgpkey: 1\n")) == "p.yaml:6: unknown key 'pgpkey' in platform 'Example-1'");
    CHECK(refusal(minimal("  data:\n    mock:\n      chroot_setup_command: x\n")) ==
          "p.yaml:8: unknown key 'chroot_setup_command' in data.mock of platform 'Example-1'");
    CHECK(refusal(minimal("  data:\n    yum:\n      bets: true\n")) ==
          "p.yaml:8: unknown key 'bets' in data.yum of platform 'Example-1'");
    CHECK(refusal(minimal("  repositories:\n    - {name: a, arch: b, url: c,\n       prio: 1}\n")) ==
          "p.yaml:8: unknown key 'prio' in repository 'a' of platform 'Example-1'");
    CHECK(refusal("- name: nobest\n  mock: {}\n") == "p.yaml:2: unknown key 'mock' in flavor 'nobest'");
    CHECK(refusal(minimal("  modularity: {git_tag_prefix: {changed: a1}}\n")) ==
          "p.yaml:6: unknown key 'changed' in git_tag_prefix of platform 'Example-1'");
}

TEST_CASE("a value of the wrong type is refused with its line")
{
    CHECK(refusal("- name: E\n  type: rpm\n  distr_type: rhel\n  distr_version: 8.10\n  arch_list: [x86_64]\n") ==
          "p.yaml:4: 'distr_version' in platform 'E' is a number, not text: write it as \"8.10\"");
    CHECK(refusal(minimal("  data: {mock: {macros: {\"%x\": no}}}\n")) ==
          "p.yaml:6: '%x' in data.mock of platform 'Example-1' is a truth value, not text: write it as \"no\"");
    CHECK(refusal(minimal("  data: {mock: {dnf_common_opts: --nobest}}\n")) ==
          "p.yaml:6: 'dnf_common_opts' in data.mock of platform 'Example-1' is text, not a list");
    CHECK(refusal(minimal("  data: {timeout: 12h}\n")) ==
          "p.yaml:6: 'timeout' in data of platform 'Example-1' is text, not a number");
    CHECK(refusal(minimal("  data: {mock: {use_host_resolv: 'no'}}\n")) ==
          "p.yaml:6: 'use_host_resolv' in data.mock of platform 'Example-1' is text, not a truth value");
    CHECK(refusal(minimal("  repositories: {}\n")) ==
          "p.yaml:6: 'repositories' in platform 'Example-1' is a map, not a list");
    CHECK(refusal("name: E\n") == "p.yaml:1: the file is a map, not a list of platforms or flavors");
    CHECK(refusal("- 1\n") == "p.yaml:1: flavor is a number, not a map");
}

TEST_CASE("what is needed and missing is said")
{
    CHECK(refusal("- name: E\n  type: rpm\n") == "p.yaml:1: platform 'E' has no 'distr_type'");
    CHECK(refusal("- data: {}\n") == "p.yaml:1: flavor has no 'name'");
    CHECK(refusal(minimal("  repositories: [{name: a, arch: b}]\n")) ==
          "p.yaml:6: repository 'a' of platform 'Example-1' has no 'url'");
    CHECK(refusal(minimal() + minimal()) == "p.yaml:6: 'Example-1' is defined twice");
    CHECK(refusal(minimal() + "- name: example-1" + minimal().substr(17)) == "p.yaml:6: 'example-1' is defined twice");
    CHECK(refusal("") == "p.yaml:1: the file is empty");
}

TEST_CASE("what would break out of a configuration file is refused")
{
    CHECK(refusal(minimal("  repositories: [{name: 'a]', arch: b, url: c}]\n")) ==
          "p.yaml:6: 'a]' is no name of a repository");
    CHECK(refusal(minimal("  repositories: [{name: a, arch: b, url: \"c\\n[x]\"}]\n")).find("is no URL") !=
          std::string::npos);
    CHECK(refusal(minimal("  data: {definitions: {'a b': c}}\n")) ==
          "p.yaml:6: 'a b' in data of platform 'Example-1' is no name of a macro");
}

TEST_CASE("hostile YAML ends somewhere")
{
    CHECK(refusal("- name: a\n  name: b\n") == "p.yaml:2: key 'name' again, first in line 1");
    std::string deep(100000, '[');
    CHECK(refusal(deep) == "p.yaml:1: nested deeper than 32");
    // Nine times nine: each level stands for nine of the one before.
    std::string bomb = "- &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 9; ++i) {
        std::string last = "*a" + std::to_string(i - 1);
        bomb += "- &a" + std::to_string(i) + " [" + last;
        for (int j = 0; j < 8; ++j)
            bomb += ", " + last;
        bomb += "]\n";
    }
    CHECK(refusal(bomb) == "p.yaml:6: more than 400000 values, aliases counted");
    CHECK(refusal("- &a [*a]\n") == "p.yaml:1: an alias within what it stands for");
    CHECK(refusal("- !!python/object:os.system {}\n").find("the tag 'tag:yaml.org,2002:python/object:os.system'") !=
          std::string::npos);
    CHECK(refusal("- name: E\n---\n- name: F\n") == "p.yaml:2: a second document");
    CHECK(refusal("- {<<: {name: a}}\n") == "p.yaml:1: merge keys ('<<') are not accepted");
    CHECK(refusal("- [a\n").compare(0, 7, "p.yaml:") == 0);
    CHECK(refusal(std::string(max_yaml + 1, ' ')) == "p.yaml: larger than 8 MiB");
}

TEST_CASE("mutated files are read or refused, and nothing else")
{
    const std::string good = minimal(every_key);
    const std::string pieces[] = {"[", "}",  "- ",   ": ", "&a ", "*a",   "!!x ", "| ",
                                  "'", "\"", "<<: ", "\n", "  ",  "\x80", "? "};
    std::uint32_t state = 1;
    auto random = [&](std::size_t below) {
        state = state * 1664525U + 1013904223U;
        return static_cast<std::size_t>(state >> 8) % below;
    };
    int accepted = 0;
    for (int i = 0; i < 3000; ++i) {
        std::string text = good;
        for (std::size_t changes = 1 + random(4); changes > 0; --changes) {
            std::size_t at = random(text.size());
            if (random(3) == 0)
                text.erase(at, 1 + random(20));
            else if (random(2) == 0)
                text[at] = static_cast<char>(random(256));
            else
                text.insert(at, pieces[random(std::size(pieces))]);
        }
        auto read = read_definitions(text, "m.yaml");
        accepted += read ? 1 : 0;
        if (!read) {
            REQUIRE(read.error().kind == Kind::input);
            REQUIRE(read.error().message.compare(0, 7, "m.yaml:") == 0);
        }
    }
    CHECK(accepted > 0);
}

TEST_CASE("anchors stand for what they name")
{
    auto read = read_definitions("- name: a\n  data: {mock: {dnf_common_opts: &o [--nobest]}}\n"
                                 "- name: b\n  data: {mock: {dnf_common_opts: *o}}\n",
                                 "f.yaml");
    REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().message));
    CHECK(write_json(*read->at(1).mock.find("dnf_common_opts")) == R"(["--nobest"])");
}

TEST_CASE("plain scalars are what YAML 1.1 takes them for")
{
    auto type = [](const std::string& text) {
        auto value = read_yaml("- " + text, "s.yaml");
        REQUIRE(value.has_value());
        return value->items.front().type;
    };
    for (const char* text : {"yes", "No", "ON", "true", "off"})
        CHECK(type(text) == Value::Type::boolean);
    for (const char* text : {"0", "10", "-3"})
        CHECK(type(text) == Value::Type::integer);
    for (const char* text :
         {"8.10", "010", "0x1F", "1:30", "1.2e+3", "2026-01-31", ".5", "99999999999999999", "1_000", ".inf"})
        CHECK(type(text) == Value::Type::number);
    for (const char* text :
         {"yEs", "y", "1.2.3", "'8'", "\"yes\"", "a1", "el8", "0x", "1e+3", "--nobest", ".el9", "!!str 8"})
        CHECK(type(text) == Value::Type::text);
    for (const char* text : {"~", "null", ""})
        CHECK(type(text) == Value::Type::null);
}

TEST_CASE("a definition as JSON is the same definition when it is read again")
{
    std::vector<std::string> texts{minimal(every_key), own_flavors};
    for (const Own* own = own_platforms; own->name != nullptr; ++own)
        texts.emplace_back(own->text);
    for (const std::string& text : texts) {
        auto first = read_definitions(text, "p.yaml");
        REQUIRE(first);
        for (const Definition& definition : *first) {
            const Json json = definition_json(definition);
            auto again = read_definitions(write_json(Json::array({json})), "q.yaml");
            REQUIRE_MESSAGE(again, (again ? "" : again.error().message));
            CHECK(again->front().definitions == definition.definitions);
            CHECK(again->front().macros == definition.macros);
            CHECK(again->front().arches == definition.arches);
            CHECK(again->front().repositories.size() == definition.repositories.size());
            CHECK(write_json(definition_json(again->front())) == write_json(json));
        }
    }
}
