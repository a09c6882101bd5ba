// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_package.hpp"

#include <fcntl.h>
#include <map>
#include <sys/stat.h>

#include "base/bytes.hpp"
#include "base/format.hpp"
#include "rpm/library.hpp"
#include "sandbox/sandbox.hpp"
#include "sources.hpp"
#include "spec_error.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/process.hpp"

namespace albs::fetch {
namespace {

/// Part of recipe_key: change it when the same inputs come to give other bytes.
constexpr const char* recipe_version = "1";
constexpr std::int64_t parse_timeout_ms = 600000;
constexpr std::int64_t log_limit = std::int64_t{16} << 20;

std::string inside(const std::string& path)
{
    return path.empty() ? "/builddir/tree" : "/builddir/tree/" + path;
}

sandbox::Job job_for(const Session& session, const SourceRecipe& recipe, const std::string& out, const std::string& log)
{
    sandbox::Job job;
    job.argv = {"rpmbuild", "-bs", "--nodeps", "--target", "x86_64-linux"};
    for (const std::string& macro :
         {"_sourcedir " + inside(recipe.layout.sources), std::string("_srcrpmdir /builddir/srpms"),
          // Who runs this, and with which umask, is nobody's business.
          std::string("_srcdefattr (-,root,root)"), std::string("_buildhost localhost"),
          std::string("use_source_date_epoch_as_buildtime 1"), std::string("_source_filedigest_algorithm 8"),
          std::string("_source_payload w9.gzdio")}) {
        job.argv.emplace_back("--define");
        job.argv.push_back(macro);
    }
    job.argv.push_back(inside(recipe.layout.spec));
    job.environment = {"SOURCE_DATE_EPOCH=" + std::to_string(recipe.time)};
    job.mounts = {{recipe.tree, "/builddir/tree", false}, {out, "/builddir/srpms", true}};
    job.files = {{platform::macro_file, session.platform.macros_here()},
                 {platform::rpmrc_file, session.platform.rpmrc()}};
    job.log_file = log;
    job.limits.timeout_ms = parse_timeout_ms;
    job.limits.log_bytes = log_limit;
    return job;
}

Result<std::string> run_rpmbuild(const Session& session, const SourceRecipe& recipe, const std::string& scratch)
{
    ALBS_CHECK(sys::find_program("rpmbuild"));
    std::string out = scratch + "/srpms";
    std::string log = scratch + "/log";
    ALBS_CHECK(sys::make_directories(out));
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job_for(session, recipe, out, log)));
    ALBS_TRY(std::string text, sys::exists(log) ? sys::read_file(log, log_limit * 2) : Result<std::string>(""));
    std::string what = "cannot make the source package of '" + recipe.layout.spec + "'";
    if (ended.finished.timed_out)
        return fail(Kind::input, what + ": parsing takes more than " + std::to_string(parse_timeout_ms / 1000) + " s");
    if (ended.finished.output_exceeded)
        return fail(Kind::input, what + ": its output is larger than " + std::to_string(log_limit) + " bytes");
    if (ended.finished.status != 0)
        return fail(Kind::input, what + ": " + spec_error(text), spec_hint(text));
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(out));
    std::string path = names.size() == 1 ? out + "/" + names[0] : "";
    // The spec's own code may have put other things there.
    struct stat status{};
    if (path.empty() || ::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_nlink != 1)
        return fail(Kind::input, what + ": not exactly one file came of it");
    return path;
}

/// Every file of the package is that of the checkout.
Status check_files(const SourceRecipe& recipe, const rpm::Package& package)
{
    std::map<std::string, std::string> known;
    for (const LookasideFile& file : recipe.lookaside)
        known[file.path] = file.sha256;
    for (const rpm::File& file : package.files) {
        if (file.digest.empty() && (file.flags & 64) != 0) // RPMFILE_GHOST: NoSource
            continue;
        std::string name = sys::base_name(file.path);
        std::string path = recipe.layout.sources.empty() ? name : recipe.layout.sources + "/" + name;
        if (name == sys::base_name(recipe.layout.spec))
            path = recipe.layout.spec;
        std::string digest = known[path];
        if (digest.empty()) {
            ALBS_TRY(sys::FileDigest own, sys::digest_file(recipe.tree + "/" + path));
            digest = own.sha256.hex();
        }
        if (file.digest != digest || package.file_digest_algorithm != "sha256")
            return fail(Kind::trust,
                        format_text("the source package holds another '{}' than the checkout: wanted sha256 {}, got {}",
                                    name, digest, file.digest));
    }
    return {};
}

Result<NewSourcePackage> made_of(const Session& session, const std::string& sha256)
{
    ALBS_TRY(std::string path, session.workspace.store().path(sha256));
    NewSourcePackage made;
    ALBS_TRY(made.package, rpm::library().read_package(path));
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0)
        return sys::system_error("cannot read", path);
    made.artifact.sha256 = sha256;
    made.artifact.size = status.st_size;
    const RpmInfo& info = made.package.info;
    made.artifact.name = format_text("{}-{}-{}.src.rpm", info.name, info.version, info.release);
    made.artifact.kind = "srpm";
    made.artifact.rpm = info;
    return made;
}

} // namespace

std::string source_recipe_key(const Session& session, const SourceRecipe& recipe, const std::string& content)
{
    Json key = Json::array({recipe_version, content, recipe.layout.spec, recipe.time, session.platform.macros_here(),
                            session.platform.rpmrc()});
    for (const LookasideFile& file : recipe.lookaside)
        key.push(Json::array({file.path, file.sha256}));
    return sha256(canonical_json(key)).hex();
}

Result<NewSourcePackage> make_source_package(Session& session, const SourceRecipe& recipe, const std::string& key)
{
    if (std::optional<std::string> memo = session.workspace.recall("srpms", key); memo && memo->size() == 64)
        if (Result<NewSourcePackage> known = made_of(session, *memo))
            return known;
    ALBS_TRY(sys::TemporaryDirectory temporary, scratch(session));
    ALBS_TRY(std::string path, run_rpmbuild(session, recipe, temporary.path()));
    ALBS_TRY(rpm::Package package, rpm::library().read_package(path));
    ALBS_CHECK(check_files(recipe, package));
    ALBS_CHECK(check_payload(path, package.info));
    ALBS_TRY(sys::FileDigest digest, sys::digest_file(path));
    ALBS_CHECK(session.workspace.store().adopt_file(path, digest));
    ALBS_CHECK(session.workspace.remember("srpms", key, digest.sha256.hex()));
    return made_of(session, digest.sha256.hex());
}

std::int64_t source_date_epoch(const rpm::Package& package, std::int64_t fallback)
{
    constexpr std::int64_t day = 86400;
    std::int64_t time = package.changelog.empty() ? 0 : package.changelog.front().time;
    if (time <= 0)
        return fallback;
    // rpm takes a date without a time for noon, which may be later than the build; rpm then goes back to midnight.
    return time % day == day / 2 ? time - day / 2 : time;
}

Status check_payload(const std::string& path, const RpmInfo& info)
{
    if (!info.payload_sha256)
        return {}; // before rpm 4.14 there was none
    ALBS_TRY(rpm::Layout layout, rpm::read_layout(path));
    sys::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file || ::lseek(file.get(), layout.payload, SEEK_SET) < 0)
        return sys::system_error("cannot read", path);
    Hasher hasher;
    ALBS_CHECK(sys::read_pieces(file.get(), path, [&](std::string_view piece) -> Status {
        hasher.update(piece);
        return {};
    }));
    std::string got = hasher.finish_hex();
    if (got != *info.payload_sha256)
        return fail(Kind::trust,
                    format_text("the payload of '{}' is not what its header says: wanted sha256 {}, got {}",
                                sys::base_name(path), *info.payload_sha256, got));
    return {};
}

} // namespace albs::fetch
