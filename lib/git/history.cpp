// SPDX-License-Identifier: GPL-3.0-or-later
#include "git/history.hpp"

#include "base/digest.hpp"
#include "base/utf8.hpp"
#include "git/library.hpp"
#include "sys/file.hpp"

namespace albs::git {
namespace {

Json person_json(const Person& person)
{
    return Json::object({{"Email", as_utf8(person.email)},
                         {"Name", as_utf8(person.name)},
                         {"When", python_time(person.time, person.offset_minutes)}});
}

} // namespace

Result<std::string> cas_key(const Repository& repository, std::string_view id)
{
    ALBS_TRY(std::string raw, repository.raw_commit(id));
    return sha256(raw).hex();
}

Result<CommitRecord> commit_record(const Repository& repository, std::string_view id)
{
    ALBS_TRY(Commit commit, repository.commit(id));
    ALBS_TRY(std::vector<std::string> ancestors, repository.ancestors(id));
    std::string signature = commit.signature;
    while (!signature.empty() && signature.back() == '\n')
        signature.pop_back();
    CommitRecord record;
    record.git = Json::object({{"Author", person_json(commit.author)},
                               {"Commit", commit.id},
                               {"Committer", person_json(commit.committer)},
                               {"Message", as_utf8(commit.message)},
                               {"PGPSignature", as_utf8(signature)},
                               {"Parents", Json::strings(ancestors)},
                               {"Tree", commit.tree}});
    record.key = sha256(python_json(record.git)).hex();
    ALBS_TRY(record.cas_key, cas_key(repository, id));
    record.parents = commit.parents;
    return record;
}

Result<std::unique_ptr<Repository>> open_any(const std::string& path)
{
    std::string directory = sys::is_directory(path + "/.git") ? path + "/.git" : path;
    ALBS_TRY(std::unique_ptr<Repository> repository, library().open(directory));
    // The keys of records hash every ancestor: of a history cut short they would be keys of nothing.
    if (sys::exists(directory + "/shallow"))
        return fail(Kind::input, "'" + path + "' is a shallow clone: its history is cut short",
                    "git fetch --unshallow, or clone it whole");
    return repository;
}

} // namespace albs::git
