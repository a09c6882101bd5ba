// SPDX-License-Identifier: GPL-3.0-or-later
#include "root/install.hpp"

#include <algorithm>
#include <sstream>

#include "base/digest.hpp"
#include "base/format.hpp"
#include "repositories/garbage.hpp"
#include "root/accounts.hpp"
#include "rpm/library.hpp"
#include "sandbox/namespaces.hpp"
#include "sandbox/sandbox.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/parallel.hpp"

namespace albs::root {
namespace {

constexpr const char* tree_inside = "/builddir/root";
constexpr std::int64_t max_time_ms = 3600 * 1000;
constexpr std::int64_t max_log = std::int64_t{256} << 20;

std::string object_name(const buildroot::LockedPackage& package)
{
    return "/sha256/" + package.sha256.substr(0, 2) + "/" + package.sha256;
}

/// Debian's rpm has another database directory, and wants to be told twice.
std::vector<std::string> rpm_words()
{
    std::vector<std::string> words = {"rpm", "--root", tree_inside, "--dbpath", "/var/lib/rpm"};
    if (sys::exists("/etc/debian_version"))
        words.emplace_back("--force-debian");
    return words;
}

sandbox::Job job_of(const Installation& work, const sandbox::Namespaces& namespaces)
{
    sandbox::Job job;
    job.argv = rpm_words();
    job.namespaces = &namespaces;
    job.user = sandbox::User::installer;
    job.emulation = work.emulation;
    job.directory = "/";
    job.second_root = tree_inside;
    job.mounts = {{work.tree, tree_inside, true}, {work.packages, "/packages", false}};
    job.limits.timeout_ms = max_time_ms;
    job.limits.log_bytes = max_log;
    return job;
}

/// The first line of rpm's that says why.
std::string cause_in(const std::string& log)
{
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("error: "))
            return line.substr(7);
    return "see its log";
}

Status run_rpm(const Installation& work, const sandbox::Namespaces& namespaces)
{
    sandbox::Job job = job_of(work, namespaces);
    job.log_file = work.log;
    // The order among them and what they need was the solver's work, their digests are checked. Devices, processes and
    // the like are mounts while a root is used, and never files of it.
    for (const char* word : {"-i", "--nodeps", "--nodigest", "--nosignature", "--ignorearch", "--ignoreos", "--define",
                             "_netsharedpath /proc:/dev:/sys"})
        job.argv.emplace_back(word);
    for (const buildroot::LockedPackage& package : work.lock.packages)
        job.argv.push_back("/packages" + object_name(package));
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    if (ended.finished.timed_out)
        return fail(Kind::environment, "installing the packages of a root took longer than an hour");
    if (ended.finished.status == 0)
        return {};
    auto log = sys::read_file(work.log);
    return fail(Kind::environment, "cannot install the packages of a root: " + (log ? cause_in(*log) : "no log"));
}

/// For the root's own shell: leaves the database where the root's rpm looks for it, and asks that rpm what is
/// installed. Some distributions have it in /usr/lib/sysimage/rpm, with links from one place to the other or without.
/// Debian's rpm would have one in each home.
constexpr const char* ask_own_rpm = R"(umask 022
path=$(rpm --eval '%{_dbpath}')
case $path in
/usr/* | /var/*) ;;
*) path=/var/lib/rpm ;;
esac
mkdir -p "$path"
for file in /var/lib/rpm/*; do
    if ! [ "$path/${file##*/}" -ef "$file" ]; then mv -f "$file" "$path/"; fi
done
exec rpm --dbpath "$path" -qa --qf '%{NEVRA}\n'
)";

Result<std::vector<std::string>> installed(sandbox::Job job)
{
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    std::vector<std::string> list;
    std::istringstream lines(ended.finished.out);
    for (std::string line; std::getline(lines, line);)
        list.push_back(line);
    std::sort(list.begin(), list.end());
    return list;
}

/// What is installed is what the lock says: as the root's own rpm sees it, since that is who checks BuildRequires, or
/// in a root without rpm as this machine's does.
Status check_installed(const Installation& work, const sandbox::Namespaces& namespaces)
{
    sandbox::Job job = job_of(work, namespaces);
    bool has_rpm = sys::exists(work.tree + "/usr/bin/rpm");
    if (has_rpm)
        job.argv = {"chroot", tree_inside, "/bin/sh", "-c", ask_own_rpm};
    else
        job.argv.insert(job.argv.end(), {"-qa", "--qf", "%{NEVRA}\\n"});
    ALBS_TRY(std::vector<std::string> there, installed(std::move(job)));
    std::vector<std::string> wanted;
    for (const buildroot::LockedPackage& package : work.lock.packages)
        wanted.push_back(package.nevra);
    std::sort(wanted.begin(), wanted.end());
    if (there == wanted)
        return {};
    std::string numbers = std::to_string(there.size()) + " of " + std::to_string(wanted.size()) + " packages";
    if (!has_rpm)
        return fail(Kind::environment, "the root has other packages than the lock: " + numbers);
    return fail(
        Kind::environment, "the root's own rpm sees " + numbers + " that this machine's rpm installed",
        "its %_dbpath has to be below /usr or /var, and its rpm to read what this machine's writes (%_db_backend)");
}

} // namespace

Status check_packages(const Installation& work)
{
    return sys::for_each_parallel(work.lock.packages.size(), sys::cores(), [&](std::size_t i) -> Status {
        const buildroot::LockedPackage& package = work.lock.packages[i];
        std::string path = work.packages + object_name(package);
        if (!sys::exists(path))
            return fail(Kind::input, format_text("package '{}' (SHA-256 {}) is not in '{}'", package.nevra,
                                                 package.sha256, work.packages));
        repositories::mark_used(path);
        ALBS_TRY(sys::FileDigest digest, sys::digest_file(path));
        if (digest.sha256.hex() != package.sha256 || digest.size != package.size)
            return fail(Kind::trust, "package file '" + path + "' was changed: its SHA-256 is " + digest.sha256.hex(),
                        "remove it, so that it is fetched again");
        ALBS_TRY(RpmInfo info, rpm::library().read_info(path));
        if (info.nevra != package.nevra || info.header_sha256 != package.header.value_or(info.header_sha256))
            return fail(Kind::trust, format_text("package file '{}' is {} with header {}, not the {} of the lock", path,
                                                 info.nevra, info.header_sha256, package.nevra));
        return {};
    });
}

Status install(const Installation& work)
{
    ALBS_CHECK(check_packages(work));
    ALBS_TRY(sys::TemporaryDirectory place, sandbox::Namespaces::make_place());
    ALBS_TRY(sandbox::Namespaces namespaces,
             sandbox::Namespaces::make(std::move(place), sandbox::Users::many, {}, work.emulation.steps()));
    if (!namespaces.has_many_ids())
        return fail(Kind::environment,
                    "this user has no subordinate ids, so that files of a root could not belong to "
                    "whom they should",
                    "run 'usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER' as root, and install "
                    "newuidmap");
    ALBS_CHECK(run_rpm(work, namespaces));
    ALBS_CHECK(check_installed(work, namespaces));
    return add_account_of_builds(work.tree);
}

} // namespace albs::root
