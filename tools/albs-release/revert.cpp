// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/format.hpp"
#include "check.hpp"
#include "options.hpp"
#include "repo/generations.hpp"
#include "sys/file.hpp"
#include "tree.hpp"

namespace albs::release {
namespace {

/// The release records that are in force once a generation is served again. It was verified when it was served first;
/// make sure that it still is what it was.
Status add_records(const std::string& path, cli::Context& context, Manifest& manifest)
{
    if (!sys::exists(path + "/release.json")) {
        context.messages.warning("'" + path + "' was not made by albs-release, and is served unchecked");
        return {};
    }
    ALBS_TRY(Keys keys, keys_in(path));
    ALBS_TRY(Tree tree, read_tree(path, keys));
    for (const auto& [name, repository] : tree.repositories)
        for (const Json& record : tree.history->releases) {
            ALBS_TRY(Release release, read_record<Release>(record));
            if (release.repository == name && release.repomd_sha256 == repository.repomd_sha256)
                ALBS_CHECK(manifest.add_record("releases", record));
        }
    return {};
}

/// Written before the switch: a crash in between leaves a gap in the numbers, never a number used twice.
Status retire_revisions(const repo::Generations& generations, const std::string& current)
{
    std::string path = generations.beside("reverted");
    ALBS_TRY(Revisions revisions, read_revisions(path));
    ALBS_TRY(Keys keys, keys_in(current));
    ALBS_TRY(Tree tree, read_tree(current, keys));
    for (const auto& [name, repository] : tree.repositories)
        revisions[name] = std::max(revisions[name], repository.repomd.revision);
    return write_revisions(path, revisions);
}

} // namespace

Result<cli::Outcome> revert(cli::Context& context, Manifest& manifest)
{
    if (context.operands.size() != 1)
        return fail(Kind::usage, "revert wants one directory");
    ALBS_TRY(repo::Generations generations, repo::Generations::open(context.operands[0]));
    std::optional<sys::FileLock> lock;
    if (!context.dry_run() && generations.current()) {
        ALBS_TRY(lock, generations.lock());
    }
    if (!generations.current())
        return fail(Kind::input, "'" + context.operands[0] + "' is not there");
    std::string current = generations.path(*generations.current());
    if (!sys::exists(current + "/release.json"))
        return fail(Kind::input,
                    "'" + context.operands[0] + "' was not made by albs-release: there is nothing to go back to");
    ALBS_TRY(std::string text, sys::read_file(current + "/release.json"));
    ALBS_TRY(History history, History::parse(text));
    if (!history.replaces)
        return fail(Kind::input, "'" + context.operands[0] + "' is the first release: there is nothing to go back to");
    std::string before = generations.path(*history.replaces);
    if (!sys::is_directory(before))
        return fail(Kind::input, "the generation before, '" + before + "', is no longer there",
                    "the next release may keep more of them: --keep");
    ALBS_CHECK(add_records(before, context, manifest));
    if (context.dry_run()) {
        context.messages.note(format_text("would serve '{}' instead of '{}'", before, current));
        return cli::Outcome();
    }
    ALBS_CHECK(retire_revisions(generations, current));
    ALBS_CHECK(generations.serve(*history.replaces));
    context.messages.note(format_text("serving '{}' again instead of '{}'", before, current));
    return cli::Outcome();
}

} // namespace albs::release
