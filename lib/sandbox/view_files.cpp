// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/view_files.hpp"

#include <filesystem>
#include <sys/stat.h>

#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs::sandbox {
namespace {

namespace fs = std::filesystem;

/// Copied and not bound, because installing a package changes them (ldconfig, update-alternatives). No secrets.
constexpr const char* etc_copied[] = {"alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "os-release",
                                      "debian_version", "redhat-release", "almalinux-release", "system-release",
                                      "crypto-policies", "login.defs", "default/useradd", "shells", "protocols",
                                      "services", "xml/catalog"};

struct Account {
    const char* name;
    int id;
    const char* home;
};

/// Users and groups of a new Enterprise Linux machine (its setup package).
constexpr Account users[] = {{"root", 0, "/root"},       {"bin", 1, "/bin"},         {"daemon", 2, "/sbin"},
                             {"adm", 3, "/var/adm"},     {"lp", 4, "/var/spool/lpd"}, {"sync", 5, "/sbin"},
                             {"shutdown", 6, "/sbin"},   {"halt", 7, "/sbin"},       {"mail", 8, "/var/spool/mail"},
                             {"operator", 11, "/root"},  {"games", 12, "/usr/games"}, {"ftp", 14, "/var/ftp"},
                             {"nobody", 65534, "/"}};
constexpr Account groups[] = {{"root", 0, ""},    {"bin", 1, ""},       {"daemon", 2, ""},   {"sys", 3, ""},
                              {"adm", 4, ""},     {"tty", 5, ""},       {"disk", 6, ""},     {"lp", 7, ""},
                              {"mem", 8, ""},     {"kmem", 9, ""},      {"wheel", 10, ""},   {"cdrom", 11, ""},
                              {"mail", 12, ""},   {"man", 15, ""},      {"dialout", 18, ""}, {"floppy", 19, ""},
                              {"games", 20, ""},  {"utmp", 22, ""},     {"tape", 33, ""},    {"utempter", 35, ""},
                              {"video", 39, ""},  {"ftp", 50, ""},      {"lock", 54, ""},    {"audio", 63, ""},
                              {"users", 100, ""}, {"nobody", 65534, ""}};

using What = Step::What;
using Steps = std::vector<Step>;

void add_accounts(Steps& steps, const std::string& etc)
{
    std::string passwd;
    std::string shadow;
    std::string group;
    std::string gshadow;
    for (const Account& user : users) {
        std::string name = user.name;
        std::string id = std::to_string(user.id);
        passwd += format_text("{}:x:{}:{}:{}:{}:{}\n", name, id, id, name, user.home,
                              user.id == 0 ? "/bin/sh" : "/sbin/nologin");
        shadow += name + ":*::0:99999:7:::\n";
    }
    for (const Account& one : groups) {
        group += std::string(one.name) + ":x:" + std::to_string(one.id) + ":\n";
        gshadow += std::string(one.name) + ":*::\n";
    }
    steps.push_back({What::file, etc + "/passwd", passwd, 0644});
    steps.push_back({What::file, etc + "/shadow", shadow, 0600});
    steps.push_back({What::file, etc + "/group", group, 0644});
    steps.push_back({What::file, etc + "/gshadow", gshadow, 0600});
}

void add_directories(Steps& steps, const std::string& root)
{
    struct Directory {
        const char* path;
        mode_t mode;
    };
    for (auto [path, mode] :
         {Directory{"etc", 0755}, {"etc/default", 0755}, {"etc/xml", 0755},   {"var", 0755},
          {"var/lib", 0755},      {"var/lib/rpm", 0755}, {"var/cache", 0755}, {"var/cache/ldconfig", 0700},
          {"var/log", 0755},      {"var/spool", 0755},   {"var/tmp", 01777},  {"tmp", 01777},
          {"run", 0755},          {"root", 0700},        {"home", 0755},      {"opt", 0755},
          {"srv", 0755},          {"mnt", 0755},         {"media", 0755},     {"boot", 0755},
          {"proc", 0555},         {"dev", 0755},         {"sys", 0555},       {"builddir", 0755}})
        steps.push_back({What::directory, root + "/" + path, {}, mode});
}

/// A file, link or directory with all in it; not what this user may not read.
Status add_copy(Steps& steps, const fs::path& from, const std::string& to)
{
    struct stat status{};
    std::error_code error;
    if (::lstat(from.c_str(), &status) != 0)
        return {};
    if (S_ISLNK(status.st_mode))
        steps.push_back({What::link, to, fs::read_symlink(from, error).string()});
    else if (S_ISREG(status.st_mode) && (status.st_mode & S_IROTH) != 0) {
        ALBS_TRY(std::string text, sys::read_file(from.string()));
        steps.push_back({What::file, to, std::move(text), status.st_mode & 0777});
    } else if (S_ISDIR(status.st_mode) && (status.st_mode & S_IROTH) != 0) {
        steps.push_back({What::directory, to, {}, status.st_mode & 0777});
        ALBS_TRY(std::vector<std::string> names, sys::list_directory(from.string()));
        for (const std::string& name : names)
            ALBS_CHECK(add_copy(steps, from / name, to + "/" + name));
    }
    return {};
}

void add_merged(Steps& steps, const std::string& root)
{
    for (const char* name : {"bin", "sbin", "lib", "lib32", "lib64", "libx32"}) {
        std::error_code error;
        fs::path link = fs::path("/") / name;
        if (fs::is_symlink(fs::symlink_status(link, error)))
            steps.push_back({What::link, root + "/" + name, fs::read_symlink(link, error).string()});
    }
    steps.push_back({What::link, root + "/var/run", "../run"});
}

} // namespace

Result<std::vector<Step>> view_files(const std::string& root)
{
    Steps steps;
    std::string etc = root + "/etc";
    add_directories(steps, root);
    add_merged(steps, root);
    for (const char* name : etc_copied)
        ALBS_CHECK(add_copy(steps, fs::path("/etc") / name, etc + "/" + name));
    add_accounts(steps, etc);
    // Packages put 64-bit libraries there; the dynamic linker of Debian does not look unless told.
    if (sys::is_directory("/etc/ld.so.conf.d"))
        steps.push_back({What::file, etc + "/ld.so.conf.d/lib64.conf", "/lib64\n/usr/lib64\n", 0644});
    steps.push_back({What::file, etc + "/hosts", "127.0.0.1 localhost\n::1 localhost\n", 0644});
    steps.push_back({What::file, etc + "/nsswitch.conf",
                     "passwd: files\ngroup: files\nshadow: files\nhosts: files\n", 0644});
    return steps;
}

} // namespace albs::sandbox
