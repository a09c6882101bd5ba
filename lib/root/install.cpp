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

/// Where a transaction happens.
struct Place {
    const sandbox::Namespaces& namespaces;
    sandbox::Mount tree;
    std::string tree_here; ///< as this process sees it
};

/// Debian's rpm has another database directory, and wants to be told twice.
std::vector<std::string> rpm_words(const Installation& work)
{
    std::vector<std::string> words = {"rpm", "--root", tree_inside, "--dbpath", work.database};
    if (sys::exists("/etc/debian_version"))
        words.emplace_back("--force-debian");
    return words;
}

sandbox::Job job_of(const Installation& work, const Place& place)
{
    sandbox::Job job;
    job.argv = rpm_words(work);
    job.namespaces = &place.namespaces;
    job.user = sandbox::User::installer;
    job.emulation = work.emulation;
    job.directory = "/";
    job.second_root = tree_inside;
    job.mounts = {place.tree, {work.files, "/packages", false}};
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

Status run_rpm(const Installation& work, const Place& place)
{
    sandbox::Job job = job_of(work, place);
    job.log_file = work.log;
    // The order among them and what they need was the solver's work, their digests are checked. Devices, processes and
    // the like are mounts while a root is used, and never files of it.
    for (const char* word : {"-i", "--nodeps", "--nodigest", "--nosignature", "--ignorearch", "--ignoreos", "--define",
                             "_netsharedpath /proc:/dev:/sys"})
        job.argv.emplace_back(word);
    for (const buildroot::LockedPackage& package : work.packages.subspan(work.there))
        job.argv.push_back("/packages" + object_name(package));
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    if (ended.finished.timed_out)
        return fail(Kind::environment, "installing the packages of a root took longer than an hour");
    if (ended.finished.status == 0)
        return {};
    auto log = sys::read_file(work.log);
    return fail(Kind::environment, "cannot install the packages of a root: " + (log ? cause_in(*log) : "no log"));
}

/// For the root's own shell: leaves the database where the root's rpm looks for it, says where, and asks that rpm what
/// is installed. Some distributions have it in /usr/lib/sysimage/rpm, with links from one place to the other or
/// without. Debian's rpm would have one in each home.
constexpr const char* ask_own_rpm = R"(umask 022
path=$(rpm --eval '%{_dbpath}')
case $path in
/usr/* | /var/*) ;;
*) path=/var/lib/rpm ;;
esac
mkdir -p "$path"
for file in "$1"/*; do
    if ! [ "$path/${file##*/}" -ef "$file" ]; then mv -f "$file" "$path/"; fi
done
printf '%s\n' "$path"
exec rpm --dbpath "$path" -qa --qf '%{NEVRA}\n'
)";

struct Installed {
    std::string database;
    std::vector<std::string> packages; ///< sorted
};

Result<Installed> installed(sandbox::Job job, const std::string& database)
{
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    Installed found{database, {}};
    std::istringstream lines(ended.finished.out);
    if (found.database.empty())
        std::getline(lines, found.database);
    for (std::string line; std::getline(lines, line);)
        found.packages.push_back(line);
    std::sort(found.packages.begin(), found.packages.end());
    return found;
}

/// What is installed is what the lock says: as the root's own rpm sees it, since that is who checks BuildRequires, or
/// in a root without rpm as this machine's does. Returns where the database is.
Result<std::string> check_installed(const Installation& work, const Place& place)
{
    sandbox::Job job = job_of(work, place);
    bool has_rpm = sys::exists(place.tree_here + "/usr/bin/rpm");
    if (has_rpm)
        job.argv = {"chroot", tree_inside, "/bin/sh", "-c", ask_own_rpm, "sh", work.database};
    else
        job.argv.insert(job.argv.end(), {"-qa", "--qf", "%{NEVRA}\\n"});
    ALBS_TRY(Installed there, installed(std::move(job), has_rpm ? "" : work.database));
    std::vector<std::string> wanted;
    for (const buildroot::LockedPackage& package : work.packages)
        wanted.push_back(package.nevra);
    std::sort(wanted.begin(), wanted.end());
    if (there.packages == wanted)
        return there.database;
    std::string numbers = std::to_string(there.packages.size()) + " of " + std::to_string(wanted.size()) + " packages";
    if (!has_rpm)
        return fail(Kind::environment, "the root has other packages than the lock: " + numbers);
    return fail(
        Kind::environment, "the root's own rpm sees " + numbers + " that this machine's rpm installed",
        "its %_dbpath has to be below /usr or /var, and its rpm to read what this machine's writes (%_db_backend)");
}

Status check_package(const buildroot::LockedPackage& package, const std::string& files)
{
    std::string path = files + object_name(package);
    if (!sys::exists(path))
        return fail(Kind::input,
                    format_text("package '{}' (SHA-256 {}) is not in '{}'", package.nevra, package.sha256, files));
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
}

Status check_packages(const Installation& work)
{
    std::span<const buildroot::LockedPackage> coming = work.packages.subspan(work.there);
    return sys::for_each_parallel(coming.size(), sys::cores(),
                                  [&](std::size_t i) { return check_package(coming[i], work.files); });
}

Result<std::string> install_at(const Installation& work, const Place& place)
{
    if (!place.namespaces.has_many_ids())
        return fail(Kind::environment,
                    "this user has no subordinate ids, so that files of a root could not belong to "
                    "whom they should",
                    "run 'usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER' as root, and install "
                    "newuidmap");
    ALBS_CHECK(run_rpm(work, place));
    ALBS_TRY(std::string database, check_installed(work, place));
    ALBS_CHECK(add_account_of_builds(place.tree_here));
    return database;
}

} // namespace

Result<std::string> install(const Installation& work, const std::string& tree)
{
    ALBS_CHECK(check_packages(work));
    ALBS_TRY(sys::TemporaryDirectory place, sandbox::Namespaces::make_place());
    ALBS_TRY(sandbox::Namespaces namespaces,
             sandbox::Namespaces::make(std::move(place), sandbox::Users::many, {}, work.emulation.steps()));
    return install_at(work, {namespaces, {tree, tree_inside, true}, tree});
}

Result<std::string> install(const Installation& work, const sandbox::View& view)
{
    ALBS_CHECK(check_packages(work));
    sandbox::Mount tree{view.root(), tree_inside, true, true};
    return install_at(work, {view.namespaces(), std::move(tree), view.root_from_here()});
}

} // namespace albs::root
