// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/view_files.hpp"

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "sys/fd.hpp"
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

/// Not sys::write_file: this is memory, there is nothing to make durable.
Status write_text(const std::string& path, const std::string& text, mode_t mode)
{
    sys::Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    if (!file || ::fchmod(file.get(), mode) != 0)
        return sys::system_error("cannot create", path);
    return sys::write_all(file.get(), text, path);
}

Status make_accounts(const std::string& etc)
{
    std::string passwd;
    std::string shadow;
    std::string group;
    std::string gshadow;
    for (const Account& user : users) {
        std::string name = user.name;
        std::string id = std::to_string(user.id);
        passwd += name + ":x:" + id + ":" + id + ":" + name + ":" + user.home + ":" +
                  (user.id == 0 ? "/bin/sh" : "/sbin/nologin") + "\n";
        shadow += name + ":*::0:99999:7:::\n";
    }
    for (const Account& one : groups) {
        group += std::string(one.name) + ":x:" + std::to_string(one.id) + ":\n";
        gshadow += std::string(one.name) + ":*::\n";
    }
    ALBS_CHECK(write_text(etc + "/passwd", passwd, 0644));
    ALBS_CHECK(write_text(etc + "/shadow", shadow, 0600));
    ALBS_CHECK(write_text(etc + "/group", group, 0644));
    return write_text(etc + "/gshadow", gshadow, 0600);
}

Status make_directories(const std::string& root)
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
          {"proc", 0555},         {"dev", 0755},         {"sys", 0555},       {"builddir", 0755}}) {
        std::string full = root + "/" + path;
        if (::mkdir(full.c_str(), mode) != 0 || ::chmod(full.c_str(), mode) != 0)
            return sys::system_error("cannot make", full);
    }
    return {};
}

Status copy_configuration(const std::string& root)
{
    for (const char* name : etc_copied) {
        std::error_code error;
        fs::path from = fs::path("/etc") / name;
        if (!fs::exists(from, error))
            continue;
        fs::copy(from, root + "/etc/" + name, fs::copy_options::recursive | fs::copy_options::copy_symlinks, error);
        if (error && error != std::errc::permission_denied)
            return sys::system_error("cannot copy", from.string(), error.value());
    }
    return {};
}

Status link_merged(const std::string& root)
{
    for (const char* name : {"bin", "sbin", "lib", "lib32", "lib64", "libx32"}) {
        std::error_code error;
        fs::path link = fs::path("/") / name;
        if (!fs::is_symlink(fs::symlink_status(link, error)))
            continue;
        fs::create_symlink(fs::read_symlink(link, error), root + "/" + name, error);
        if (error)
            return sys::system_error("cannot copy", link.string(), error.value());
    }
    std::error_code error;
    fs::create_symlink("../run", root + "/var/run", error);
    return {};
}

} // namespace

Status make_view_files(const std::string& root)
{
    ALBS_CHECK(make_directories(root));
    ALBS_CHECK(link_merged(root));
    ALBS_CHECK(copy_configuration(root));
    ALBS_CHECK(make_accounts(root + "/etc"));
    // Packages put 64-bit libraries there; the dynamic linker of Debian does not look unless told.
    if (sys::is_directory(root + "/etc/ld.so.conf.d"))
        ALBS_CHECK(write_text(root + "/etc/ld.so.conf.d/lib64.conf", "/lib64\n/usr/lib64\n", 0644));
    ALBS_CHECK(write_text(root + "/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n", 0644));
    return write_text(root + "/etc/nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files\n", 0644);
}

} // namespace albs::sandbox
