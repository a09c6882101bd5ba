// SPDX-License-Identifier: GPL-3.0-or-later
#include "root/install.hpp"

#include <algorithm>
#include <sstream>

#include "albs/digest.hpp"
#include "albs/parallel.hpp"
#include "metadata/garbage.hpp"
#include "root/accounts.hpp"
#include "rpm/package.hpp"
#include "sandbox/namespaces.hpp"
#include "sandbox/sandbox.hpp"
#include "sys/file.hpp"
#include "sys/parallel.hpp"

namespace albs::root {
namespace {

constexpr const char* tree_inside = "/builddir/root";
constexpr std::int64_t time_limit_ms = 3600 * 1000;
constexpr std::int64_t log_limit = std::int64_t{256} << 20;

std::string object_name(const metadata::LockedPackage& package)
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
    job.as_root = true;
    job.emulation = work.emulation;
    job.directory = "/";
    job.second_root = tree_inside;
    job.mounts = {{work.tree, tree_inside, true}, {work.packages, "/packages", false}};
    job.limits.timeout_ms = time_limit_ms;
    job.limits.log_bytes = log_limit;
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
    for (const metadata::LockedPackage& package : work.lock.packages)
        job.argv.push_back("/packages" + object_name(package));
    ALBS_TRY(sandbox::Ended ended, sandbox::run(job));
    if (ended.finished.timed_out)
        return fail(Kind::environment, "installing the packages of a root took longer than an hour");
    if (ended.finished.status == 0)
        return {};
    auto log = sys::read_file(work.log);
    return fail(Kind::environment, "cannot install the packages of a root: " + (log ? cause_in(*log) : "no log"));
}

/// What rpm's database says is installed is what the lock says.
Status check_installed(const Installation& work, const sandbox::Namespaces& namespaces)
{
    sandbox::Job job = job_of(work, namespaces);
    for (const char* word : {"-qa", "--qf", "%{NEVRA}\\n"})
        job.argv.emplace_back(word);
    ALBS_TRY(sandbox::Ended ended, sandbox::run(job));
    std::vector<std::string> installed;
    std::istringstream lines(ended.finished.out);
    for (std::string line; std::getline(lines, line);)
        installed.push_back(line);
    std::vector<std::string> wanted;
    for (const metadata::LockedPackage& package : work.lock.packages)
        wanted.push_back(package.nevra);
    std::sort(installed.begin(), installed.end());
    std::sort(wanted.begin(), wanted.end());
    if (ended.finished.status != 0 || installed != wanted)
        return fail(Kind::environment, "the root has other packages than the lock: " +
                                           std::to_string(installed.size()) + " of " + std::to_string(wanted.size()));
    return {};
}

} // namespace

Status check_packages(const Installation& work)
{
    return sys::for_each_parallel(work.lock.packages.size(), cores(), [&](std::size_t i) -> Status {
        const metadata::LockedPackage& package = work.lock.packages[i];
        std::string path = work.packages + object_name(package);
        if (!sys::exists(path))
            return fail(Kind::input, "package '" + package.nevra + "' (SHA-256 " + package.sha256 + ") is not in '" +
                                         work.packages + "'");
        metadata::mark_used(path);
        ALBS_TRY(FileDigest digest, digest_file(path));
        if (digest.sha256.hex() != package.sha256 || digest.size != package.size)
            return fail(Kind::trust, "package file '" + path + "' was changed: its SHA-256 is " + digest.sha256.hex(),
                        "remove it, so that it is fetched again");
        ALBS_TRY(RpmInfo info, rpm::read_info(path));
        if (info.nevra != package.nevra || info.header_sha256 != package.header.value_or(info.header_sha256))
            return fail(Kind::trust, "package file '" + path + "' is " + info.nevra + " with header " +
                                         info.header_sha256 + ", not the " + package.nevra + " of the lock");
        return {};
    });
}

Status install(const Installation& work)
{
    ALBS_CHECK(check_packages(work));
    ALBS_TRY(sandbox::Namespaces namespaces, sandbox::Namespaces::make(work.emulation.steps()));
    if (!namespaces.has_many_ids())
        return fail(Kind::environment, "this user has no subordinate ids, so that files of a root could not belong to "
                                       "whom they should",
                    "run 'usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER' as root, and install "
                    "newuidmap");
    ALBS_CHECK(run_rpm(work, namespaces));
    ALBS_CHECK(check_installed(work, namespaces));
    return add_account_of_builds(work.tree);
}

} // namespace albs::root
