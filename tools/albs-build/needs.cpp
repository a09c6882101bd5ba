// SPDX-License-Identifier: GPL-3.0-or-later
#include "needs.hpp"

#include <algorithm>
#include <optional>

#include "rpm/build_log.hpp"
#include "rpm/library.hpp"
#include "sandbox/sandbox.hpp"
#include "scratch.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/process.hpp"
#include "sys/temporary.hpp"

namespace albs::build {
namespace {

using Needs = std::vector<std::string>;

constexpr std::int64_t reading_timeout_ms = 600000;
constexpr std::int64_t max_log = std::int64_t{16} << 20;
constexpr const char* memory = "needs";

bool has(const Needs& list, const std::string& need)
{
    return std::find(list.begin(), list.end(), need) != list.end();
}

sandbox::Job job_of(const Recipe& recipe, const std::string& arch, const std::string& srpm, const Needs& words,
                    const std::string& directory)
{
    sandbox::Job job;
    job.argv = {"rpmbuild", "-rs",      "--nodeps", "--target", arch,
                "--define", "_srcrpmdir /builddir/srpms", "--define", "_source_payload w0.ufdio"};
    job.argv.insert(job.argv.end(), words.begin(), words.end());
    job.argv.emplace_back("/builddir/package.src.rpm");
    job.mounts = {{directory + "/top", platform::top_directory, true},
                  {directory + "/srpms", "/builddir/srpms", true},
                  {srpm, "/builddir/package.src.rpm", false}};
    job.files = {{platform::macro_file, recipe.platform.macros_here()},
                 {platform::rpmrc_file, recipe.platform.rpmrc()}};
    job.log_file = directory + "/log";
    job.limits.timeout_ms = reading_timeout_ms;
    job.limits.log_bytes = max_log;
    return job;
}

/// BuildRequires of the source package that rpm makes again of this one with these words. Kind::input if it cannot.
Result<Needs> read_again(const Recipe& recipe, const std::string& arch, const std::string& srpm, const Needs& words,
                         const std::string& scratch)
{
    ALBS_TRY(sys::TemporaryDirectory made, sys::TemporaryDirectory::make("needs-", scratch));
    ALBS_TRY(std::string directory, sys::absolute_path(made.path()));
    ALBS_CHECK(sys::make_directories(directory + "/top"));
    ALBS_CHECK(sys::make_directories(directory + "/srpms"));
    ALBS_TRY(std::string path, sys::absolute_path(srpm));
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job_of(recipe, arch, path, words, directory)));
    if (ended.finished.status != 0 || ended.finished.timed_out || ended.finished.output_exceeded) {
        ALBS_TRY(std::string log, sys::read_file(directory + "/log", std::size_t{max_log} * 2));
        return fail(Kind::input, rpm::failure_in(log).message);
    }
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(directory + "/srpms"));
    if (names.size() != 1)
        return fail(Kind::input, "not exactly one source package came of it");
    ALBS_TRY(rpm::Package package, rpm::library().read_package(directory + "/srpms/" + names.front()));
    return build_needs(package);
}

struct Difference {
    Needs gone;
    Needs more;
};

Result<Difference> difference_of(const Recipe& recipe, const std::string& arch, const std::string& srpm,
                                 const store::Workspace& workspace)
{
    ALBS_CHECK(sys::find_program("rpmbuild"));
    ALBS_TRY(Scratch scratch, Scratch::open(workspace));
    ALBS_TRY(Needs plain, read_again(recipe, arch, srpm, {}, scratch.path()));
    ALBS_TRY(Needs asked, read_again(recipe, arch, srpm, recipe.words, scratch.path()));
    Difference difference;
    for (const std::string& need : plain)
        if (!has(asked, need))
            difference.gone.push_back(need);
    for (const std::string& need : asked)
        if (!has(plain, need))
            difference.more.push_back(need);
    return difference;
}

Json to_json(const Difference& difference)
{
    return Json::array({Json::strings(difference.gone), Json::strings(difference.more)});
}

/// What an earlier run came to; none if the memo is none of this version.
std::optional<Difference> recall(const store::Workspace& workspace, const std::string& key)
{
    auto text = workspace.recall(memory, key);
    auto json = text ? read_json(*text) : fail(Kind::input, "");
    if (!json || json->elements() == nullptr || json->elements()->size() != 2)
        return std::nullopt;
    Difference known;
    Needs* lists[] = {&known.gone, &known.more};
    for (std::size_t i = 0; i < 2; ++i) {
        const Json::Array* list = (*json->elements())[i].elements();
        if (list == nullptr)
            return std::nullopt;
        for (const Json& need : *list)
            if (need.string() != nullptr)
                lists[i]->push_back(*need.string());
    }
    return known;
}

} // namespace

Result<Needs> needs_of(const Recipe& recipe, const std::string& arch, const SourcePackage& source,
                       const store::Workspace& workspace, cli::Messages& messages)
{
    Needs needs = build_needs(source.package);
    if (recipe.words.empty())
        return needs;
    ALBS_TRY(sys::FileDigest digest, sys::digest_file(source.path));
    Json asked = Json::array({ALBS_VERSION, digest.sha256.hex(), arch, Json::strings(recipe.words),
                              recipe.platform.macros_here(), recipe.platform.rpmrc(), recipe.platform.toolchain()});
    const std::string key = canonical_json(asked);
    std::optional<Difference> known = recall(workspace, key);
    if (!known) {
        auto difference = difference_of(recipe, arch, source.path, workspace);
        if (!difference && difference.error().kind != Kind::input)
            return tl::unexpected(std::move(difference).error());
        if (!difference) {
            messages.warning("the options may change BuildRequires, and the spec cannot be read with them here: " +
                                 difference.error().message,
                             source.package.info.nevra);
            return needs;
        }
        ALBS_CHECK(workspace.remember(memory, key, write_json(to_json(*difference))));
        known = *std::move(difference);
    }
    std::erase_if(needs, [&](const std::string& one) { return has(known->gone, one); });
    for (std::string& need : known->more)
        if (!has(needs, need))
            needs.push_back(std::move(need));
    return needs;
}

} // namespace albs::build
