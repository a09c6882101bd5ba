// SPDX-License-Identifier: GPL-3.0-or-later
// What a platform, flavors and options come to: the merge rules of albs-platforms(5), by their numbers, and mock's
// configuration, which is the golden form of all of them.
#include <doctest/doctest.h>

#include "platform/library.hpp"
#include "platform/mock_config.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;
using namespace albs::platform;

namespace {

constexpr const char* files = R"yaml(
- name: Example-9
  type: rpm
  distr_type: rhel
  distr_version: '9'
  arch_list: [x86_64, i686]
  data:
    definitions: {vendor: Example, dist: .el9}
    mock_dist: el9
    custom_logs: ['config\.log$']
    yum: {best: true, module_platform_id: 'platform:el9', exclude: old*}
    versions: [{name: '9.4', version_prefix: '90400', dist_prefix: el9.4.0}]
    mock:
      chroot_setup_cmd: install bash example-release
      dnf_common_opts: ['--allowerasing', '--setopt=install_weak_deps=False']
      releasever: '9'
      environment: {DFLTCC: '0'}
      rpmautospec_enable: true
      nspawn_args: ['--capability=cap_ipc_lock']
      macros: {'%x': '1', '%dist': .macro}
      secure_boot_macros: {'%modsign_os': example9}
      secure_boot_additional_packages: [signer]
  repositories:
    - {name: base, arch: x86_64, type: rpm, url: 'http://repo.example.org/$releasever/$basearch/'}
    - {name: base, arch: i686, type: rpm, url: 'http://repo.example.org/${releasever}/$basearch/$arch/'}
    - {name: debug, arch: x86_64, type: rpm, url: 'http://repo.example.org/d/', mock_enabled: false}
    - {name: logs, arch: x86_64, type: build_log, url: 'http://repo.example.org/l/'}
- name: change
  data:
    definitions: {vendor: Other, packager: Someone}
    versions: [{name: '9.5', version_prefix: '90500', dist_prefix: el9.5.0}]
    mock:
      macros: {'%x': '2', '%y': 'a\b "c"'}
      secure_boot_macros: {'%pe_signing_cert': '06'}
      chroot_setup_cmd: install bash other-release
      use_host_resolv: false
      dnf_common_opts: ['--nobest', '--exclude=fedora*']
      environment: {DFLTCC: '1'}
  repositories:
    - {name: added, arch: x86_64, type: rpm, url: 'http://repo.example.org/a/', priority: 5, gpgkey: /k, excludes: [z*]}
)yaml";

Catalog catalog()
{
    auto directory = sys::TemporaryDirectory::make("platforms-");
    REQUIRE(directory.has_value());
    std::string file = directory->path() + "/p.yaml";
    REQUIRE(sys::write_file(file, files).has_value());
    auto read = library().read_catalog({file}, "example-9");
    REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().message));
    return *std::move(read);
}

Platform example()
{
    auto platform = catalog().platform("example-9");
    REQUIRE(platform.has_value());
    return *std::move(platform);
}

Platform changed()
{
    Platform platform = example();
    auto flavor = catalog().flavor("Change");
    REQUIRE(flavor.has_value());
    platform.add(*flavor);
    return platform;
}

std::string text_of(const Platform& platform, const char* key)
{
    const Json* value = platform.definition().mock.find(key);
    return value != nullptr ? write_json(*value) : "none";
}

} // namespace

TEST_CASE("rule 1: a flavor's macros and definitions replace and add")
{
    Platform platform = changed();
    CHECK(platform.definition().macros == Macros{{"%x", "2"}, {"%dist", ".macro"}, {"%y", "a\\b \"c\""}});
    CHECK(platform.definition().definitions == Macros{{"vendor", "Other"}, {"dist", ".el9"}, {"packager", "Someone"}});
    CHECK(platform.definition().secure_boot_macros ==
          Macros{{"%modsign_os", "example9"}, {"%pe_signing_cert", "06"}});
}

TEST_CASE("rule 2: a flavor replaces two of mock's options and appends to one")
{
    Platform platform = changed();
    CHECK(text_of(platform, "chroot_setup_cmd") == "\"install bash other-release\"");
    CHECK(text_of(platform, "use_host_resolv") == "false");
    CHECK(text_of(platform, "dnf_common_opts") ==
          R"(["--allowerasing","--setopt=install_weak_deps=False","--nobest","--exclude=fedora*"])");
    CHECK(text_of(platform, "environment") == R"({"DFLTCC":"0"})");
}

TEST_CASE("rule 3: a flavor's repositories and versions come after the platform's")
{
    Platform platform = changed();
    auto repositories = platform.repositories("x86_64");
    REQUIRE(repositories.size() == 2);
    CHECK(repositories[0].url == "http://repo.example.org/9/x86_64/");
    CHECK(repositories[1].name == "added");
    CHECK(repositories[1].priority == 5);
    auto others = platform.repositories("i686");
    REQUIRE(others.size() == 1);
    CHECK(others[0].url == "http://repo.example.org/9/i386/i686/");
    CHECK(platform.definition().versions.back().name == "9.5");
}

TEST_CASE("rules 4 and 5: options of the build, then of the package")
{
    Platform platform = example();
    BuildOptions build;
    build.definitions = {{"dist", ".el9_4"}, {"new", "1"}};
    build.with = {"extra"};
    build.without = {"tests"};
    build.module_enable = {"nodejs:20", "perl:5.32"};
    build.yum_exclude = {"a*", "b"};
    platform.add(build);
    BuildOptions package;
    package.definitions = {{"dist", ".el9_5"}};
    package.module_enable = {"nodejs:20"};
    package.yum_exclude = {"c"};
    package.target_arch = "noarch";
    platform.add(package);
    CHECK(platform.definition().definitions == Macros{{"vendor", "Example"},
                                                      {"dist", ".el9_5"},
                                                      {"new", "1"},
                                                      {"_with_extra", "--with-extra"},
                                                      {"_without_tests", "--without-tests"}});
    CHECK(text_of(platform, "module_enable") == R"(["nodejs:20","perl:5.32"])");
    CHECK(text_of(platform, "target_arch") == "\"noarch\"");
    CHECK(*platform.definition().yum.find("exclude")->string() == "old* a* b c");
}

TEST_CASE("rule 6: Secure Boot adds macros and packages, once")
{
    Platform platform = changed();
    platform.enable_secure_boot();
    platform.enable_secure_boot();
    CHECK(text_of(platform, "chroot_setup_cmd") == "\"install bash other-release signer\"");
    CHECK(platform.macros().find("%modsign_os example9\n") != std::string::npos);
    CHECK(example().macros().find("%modsign_os") == std::string::npos);
}

TEST_CASE("rule 7: definitions win over macros")
{
    CHECK(example().macros().find("%dist .el9\n") != std::string::npos);
    CHECK(example().macros().find(".macro") == std::string::npos);
}

TEST_CASE("a solver hears what dnf would")
{
    auto solving = changed().solving();
    REQUIRE(solving.has_value());
    CHECK(solving->install == std::vector<std::string>{"bash", "other-release"});
    CHECK(solving->excludes == std::vector<std::string>{"fedora*", "old*"});
    CHECK(!solving->best);
    CHECK(!solving->weak_dependencies);
    CHECK(solving->allow_erasing);
    CHECK(solving->module_platform_id == "platform:el9");
    CHECK(solving->releasever == "9");
    CHECK(example().solving()->best);
}

TEST_CASE("mock's configuration is that of a build node")
{
    auto text = mock_config(changed(), "x86_64", "example.0");
    REQUIRE_MESSAGE(text.has_value(), (text ? "" : text.error().message));
    CHECK(*text == R"cfg(config_opts["root"] = "example.0"
config_opts["chroot_setup_cmd"] = "install bash other-release"
config_opts["dist"] = "el9"
config_opts["dnf_common_opts"] = ["--allowerasing", "--setopt=install_weak_deps=False", "--nobest", "--exclude=fedora*"]
config_opts["environment"]["DFLTCC"] = "0"
config_opts["legal_host_arches"] = ["x86_64"]
config_opts["macros"]["%dist"] = ".macro"
config_opts["macros"]["%x"] = "2"
config_opts["macros"]["%y"] = "a\\b \"c\""
config_opts["nspawn_args"] = ["--capability=cap_ipc_lock"]
config_opts["releasever"] = "9"
config_opts["rpmbuild_networking"] = True
config_opts["secure_boot_additional_packages"] = ["signer"]
config_opts["target_arch"] = "x86_64"
config_opts["use_bootstrap_container"] = False
config_opts["use_host_resolv"] = False
config_opts["plugin_conf"]["rpmautospec_enable"] = True
config_opts["plugin_conf"]["rpmautospec_opts"] = {}
config_opts["plugin_conf"]["rpmautospec_opts"]["cmd_base"] = ["/usr/bin/rpmautospec", "process-distgit"]
config_opts["plugin_conf"]["rpmautospec_opts"]["requires"] = ["rpmautospec"]
config_opts["plugin_conf"]["chroot_scan_enable"] = True
config_opts["plugin_conf"]["chroot_scan_opts"] = {"only_failed": False, "regexes": ["config\\.log$"]}
config_opts["yum.conf"] = """
[main]
assumeyes = 1
best = 1
cachedir = /var/cache/yum
debuglevel = 1
exclude = old*
gpgcheck = 0
logfile = /var/log/yum.log
module_platform_id = platform:el9
obsoletes = 1
reposdir = /dev/null
retries = 20
rpmverbosity = info
syslog_device = 
syslog_ident = mock

[added]
baseurl = http://repo.example.org/a/
enabled = 1
exclude = z*
gpgcheck = 1
gpgkey = file:///k
name = added
priority = 5

[base]
baseurl = http://repo.example.org/$releasever/$basearch/
enabled = 1
name = base
priority = 10

"""
)cfg");
    CHECK(mock_defines(changed()) == std::vector<std::string>{"--define", "vendor Other", "--define", "dist .el9",
                                                              "--define", "packager Someone"});
}

TEST_CASE("mock's configuration needs machines and names of its own")
{
    Platform twice = changed();
    twice.add(*catalog().flavor("change"));
    auto text = mock_config(twice, "x86_64", "r");
    REQUIRE(!text.has_value());
    CHECK(text.error().message == "platform 'Example-9' has two repositories named 'added' for x86_64");
    auto vax = mock_config(example(), "vax", "r");
    REQUIRE(!vax.has_value());
    CHECK(vax.error().message == "there is no machine that mock can build for 'vax' on");
}

TEST_CASE("a platform of a file comes before ours of that name")
{
    auto directory = sys::TemporaryDirectory::make("platforms-");
    REQUIRE(directory.has_value());
    auto file = [&](const char* name, const char* version) {
        std::string path = directory->path() + "/" + name;
        REQUIRE(sys::write_file(
                    path, "- {name: AlmaLinux-9, type: rpm, distr_type: rhel, arch_list: [x86_64], distr_version: '" +
                              std::string(version) + "'}\n")
                    .has_value());
        return path;
    };
    auto read = library().read_catalog({file("a.yaml", "9a"), file("b.yaml", "9b")}, "almalinux-9");
    REQUIRE(read.has_value());
    auto platform = read->platform("almalinux-9");
    REQUIRE(platform.has_value());
    CHECK(platform->name() == "AlmaLinux-9");
    CHECK(platform->definition().distr_version == "9b");
    CHECK(platform->backend() == "host");
}
