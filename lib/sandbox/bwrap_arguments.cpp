// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/bwrap_arguments.hpp"

#include <algorithm>
#include <sys/mman.h>
#include <unistd.h>

#include "sandbox/view.hpp"
#include "sys/file.hpp"

namespace albs::sandbox {
namespace {

/// All that a toolchain reads of /etc. A list of what is let in, since a list of what is kept out is never complete:
/// nothing here holds a secret, a name of a person or the machine's identity.
constexpr const char* etc_let_in[] = {
    "alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "rpm", "os-release", "debian_version",
    "redhat-release", "almalinux-release", "system-release", "mime.types", "magic", "protocols", "services", "rpc",
    "xml", "sgml", "fonts", "texmf", "java", "java-11-openjdk", "java-17-openjdk", "java-21-openjdk", "maven",
    "perl", "python3", "python3.11", "crypto-policies", "ssl/certs", "ssl/openssl.cnf", "pki/ca-trust",
    "pki/tls/certs", "pki/tls/openssl.cnf", "pki/tls/cert.pem"};

/// What of /var programs of the toolchain need: TeX's formats. rpm's database is let in or replaced by an empty one.
constexpr const char* var_let_in[] = {"/var/lib/texmf"};
constexpr const char* package_database = "/var/lib/rpm";

constexpr const char* passwd = "root:x:0:0:root:/root:/bin/sh\n"
                               "mockbuild:x:1000:1000:mockbuild:/builddir:/bin/sh\n"
                               "nobody:x:65534:65534:nobody:/:/bin/sh\n";
constexpr const char* group = "root:x:0:\ntty:x:5:\nmockbuild:x:1000:\nnobody:x:65534:\n";
constexpr const char* hosts = "127.0.0.1 localhost localhost.localdomain\n::1 localhost localhost.localdomain\n";

bool has_mount_on(const Job& job, std::string_view path)
{
    return std::any_of(job.mounts.begin(), job.mounts.end(), [&](const Mount& mount) { return mount.to == path; });
}

} // namespace

Status BwrapArguments::add_file(const std::string& to, const std::string& text)
{
    // Memory and not a file on disk, so that no path of this machine can be seen from inside.
    sys::Fd file(::memfd_create("albs", MFD_CLOEXEC));
    if (!file)
        return sys::system_error("cannot make", to);
    ALBS_CHECK(sys::write_all(file.get(), text, to));
    if (::lseek(file.get(), 0, SEEK_SET) != 0)
        return sys::system_error("cannot rewind", to);
    add({"--ro-bind-data", std::to_string(10 + files_.size()), to});
    files_.push_back(std::move(file));
    return {};
}

void BwrapArguments::add_namespaces(const Job& job, const Namespaces& namespaces)
{
    // The user and mount namespaces are ours, and have been entered: one of bubblewrap's own would map a single id.
    add({"--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try"});
    if (!job.network)
        add({"--unshare-net"});
    add({"--uid", "0", "--gid", "0", "--hostname", job.host_name, "--die-with-parent", "--new-session"});
    // Root keeps all that it has unless told to drop it.
    add({"--cap-drop", "ALL"});
    if (job.user == User::installer)
        for (const Capability& capability : of_installing)
            add({"--cap-add", capability.name});
    if (job.user == User::mockbuild && namespaces.of_builds() < 0)
        for (const char* capability : {"CAP_SETUID", "CAP_SETGID", "CAP_SYS_CHROOT"}) // see becoming_user()
            add({"--cap-add", capability});
}

void BwrapArguments::add_host_root()
{
    add({"--ro-bind", "/usr", "/usr"});
    // What an administrator put beside the distribution's toolchain is not part of it.
    if (sys::is_directory("/usr/local"))
        add({"--tmpfs", "/usr/local", "--remount-ro", "/usr/local"});
    for (const char* name : {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"}) {
        char target[4096];
        ssize_t length = ::readlink(name, target, sizeof target);
        if (length > 0 && length < static_cast<ssize_t>(sizeof target))
            add({"--symlink", std::string(target, static_cast<std::size_t>(length)), name});
        else if (sys::is_directory(name))
            add({"--ro-bind", name, name});
    }
}

Status BwrapArguments::add_host_configuration(const Job& job)
{
    for (const char* name : etc_let_in)
        if (std::string path = std::string("/etc/") + name; sys::exists(path))
            add({"--ro-bind-try", path, path});
    for (const char* path : var_let_in)
        if (sys::is_directory(path))
            add({"--ro-bind-try", path, path});
    bool has_packages = false;
    for (const char* name : {"rpmdb.sqlite", "Packages", "Packages.db"})
        has_packages = has_packages || sys::exists(std::string(package_database) + "/" + name);
    if (has_packages)
        add({"--ro-bind", package_database, package_database});
    else
        add({"--tmpfs", package_database});
    ALBS_CHECK(add_file("/etc/passwd", passwd));
    ALBS_CHECK(add_file("/etc/group", group));
    ALBS_CHECK(add_file("/etc/hosts", hosts));
    ALBS_CHECK(add_file("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"));
    ALBS_CHECK(add_file("/etc/host.conf", "multi on\n"));
    add({"--symlink", "/proc/self/mounts", "/etc/mtab"});
    add({"--symlink", "../usr/share/zoneinfo/UTC", "/etc/localtime"});
    if (job.network)
        add({"--ro-bind-try", "/etc/resolv.conf", "/etc/resolv.conf"});
    return {};
}

void BwrapArguments::add_kernel_files(const std::string& root, const std::string& memory)
{
    add({"--proc", root + "/proc", "--dev", root + "/dev", "--bind", memory + "/shm", root + "/dev/shm"});
    for (const char* path : kernel_settings)
        add({"--ro-bind-try", path, root + path});
}

void BwrapArguments::add_memory(const Job& job, const std::string& memory)
{
    add_kernel_files("", memory);
    if (job.view != nullptr)
        return;
    for (const char* path : {"/run", "/builddir"})
        if (!has_mount_on(job, path))
            add({"--tmpfs", path});
    // Not by --tmpfs: before version 0.5 of bubblewrap what that makes has one mode only.
    for (auto [name, path] : {std::pair{"/tmp", "/tmp"}, {"/var-tmp", "/var/tmp"}})
        if (!has_mount_on(job, path))
            add({"--bind", memory + name, path});
}

Status BwrapArguments::add_mounts(const Job& job, const Namespaces& namespaces)
{
    for (const Mount& mount : job.mounts) {
        if (mount.from.empty()) {
            add({"--bind", namespaces.memory() + "/own", mount.to});
            continue;
        }
        std::string from = mount.from;
        if (!mount.is_of_namespaces) {
            ALBS_TRY(from, namespaces.lend(mount.from, mount.writable));
        }
        add({mount.writable ? "--bind" : "--ro-bind", from, mount.to});
    }
    return {};
}

Result<BwrapArguments> BwrapArguments::of(const Job& job, const Namespaces& namespaces)
{
    BwrapArguments arguments;
    arguments.add_namespaces(job, namespaces);
    if (job.view != nullptr) {
        arguments.add({"--bind", job.view->root(), "/"});
        arguments.add_memory(job, namespaces.memory());
    } else {
        arguments.add_host_root();
        arguments.add_memory(job, namespaces.memory());
        ALBS_CHECK(arguments.add_host_configuration(job));
    }
    ALBS_CHECK(arguments.add_mounts(job, namespaces));
    for (const File& file : job.files)
        ALBS_CHECK(arguments.add_file(file.to, file.text));
    if (!job.second_root.empty())
        arguments.add_kernel_files(job.second_root, namespaces.memory());
    if (job.view == nullptr || job.user == User::mockbuild)
        arguments.add({"--remount-ro", "/"});
    arguments.add({"--chdir", job.directory});
    return arguments;
}

std::vector<std::string> becoming_user(const Job& job, const Namespaces& namespaces)
{
    if (job.user != User::mockbuild)
        return {};
    // There, root of the namespaces above has the name and the rights of the user of builds.
    if (namespaces.of_builds() >= 0)
        return {"nsenter", "--preserve-credentials", "--user=/proc/self/fd/" + std::to_string(builds_descriptor),
                "--"};
    // bubblewrap cannot become another user of namespaces that it did not make. coreutils can, and is in every root
    // that builds; giving up user 0 gives up its capabilities.
    return {"chroot", "--userspec=+1000:+1000", "--groups=", "--skip-chdir", "/"};
}

std::vector<std::pair<int, int>> BwrapArguments::descriptors() const
{
    std::vector<std::pair<int, int>> list;
    for (std::size_t i = 0; i < files_.size(); ++i)
        list.emplace_back(files_[i].get(), static_cast<int>(10 + i));
    return list;
}

std::vector<std::string> inside_environment(const Job& job)
{
    std::string user = job.user == User::mockbuild ? "mockbuild" : "root";
    std::vector<std::string> environment = {"PATH=/usr/bin:/bin:/usr/sbin:/sbin",
                                            "HOME=/builddir",
                                            "USER=" + user,
                                            "LOGNAME=" + user,
                                            "SHELL=/bin/sh",
                                            "LANG=C.UTF-8",
                                            "LC_ALL=C.UTF-8",
                                            "TZ=UTC",
                                            "TERM=dumb",
                                            "HOSTNAME=" + job.host_name};
    for (const std::string& variable : job.environment) {
        const std::string start = variable.substr(0, variable.find('=') + 1);
        std::erase_if(environment, [&](const std::string& one) { return one.starts_with(start); });
        environment.push_back(variable);
    }
    return environment;
}

} // namespace albs::sandbox
