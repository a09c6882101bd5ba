// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize commits: a dist-git repository, commit by commit, in one batch. Each record names its parents' records
// by their key, so that a recorded commit vouches for all that led to it.
#include <algorithm>
#include <set>

#include "albs/statement/albs_record.hpp"
#include "base/format.hpp"
#include "git/history.hpp"
#include "ledger_writer.hpp"
#include "log_search.hpp"
#include "options.hpp"

namespace albs::notarize {
namespace {

constexpr std::size_t max_ancestors = 2000; // in a record; every record repeats them all

// A ref, and behind it git's way to an ancestor: "c9~2", "HEAD^2". What could be a branch and a tag is refused, which
// git takes for the tag.
Result<std::string> commit_of(const git::Repository& repository, const std::string& ref)
{
    std::size_t end = std::min(ref.find_first_of("~^"), ref.size()); // neither is in the name of a ref
    std::string name = ref.substr(0, end);
    if (name.empty() || name == "HEAD")
        return repository.revision("HEAD" + ref.substr(end));
    ALBS_TRY(std::optional<git::ResolvedRef> resolved, repository.resolve(name));
    if (!resolved)
        return fail(Kind::input, "the repository has no '" + name + "'", "name a branch, a tag or a commit id");
    return end == ref.size() ? resolved->commit : repository.revision(resolved->commit + ref.substr(end));
}

// Oldest first. RANGE is "A..B" (what B has and A has not) or one ref.
Result<std::vector<std::string>> commits_in(const git::Repository& repository, const std::string& range)
{
    std::size_t dots = range.find("..");
    ALBS_TRY(std::string last, commit_of(repository, dots == std::string::npos ? range : range.substr(dots + 2)));
    ALBS_TRY(std::vector<std::string> commits, repository.ancestors(last));
    commits.insert(commits.begin(), last);
    if (dots != std::string::npos) {
        ALBS_TRY(std::string first, commit_of(repository, range.substr(0, dots)));
        ALBS_TRY(std::vector<std::string> known, repository.ancestors(first));
        std::set<std::string> excluded(known.begin(), known.end());
        excluded.insert(first);
        std::erase_if(commits, [&](const std::string& id) { return excluded.contains(id); });
    }
    std::reverse(commits.begin(), commits.end());
    return commits;
}

Result<Json> statement_of(const git::Repository& repository, const std::string& id, const std::string& url,
                          const StatementSigner& signer)
{
    ALBS_TRY(git::CommitRecord commit, git::commit_record(repository, id));
    Json parents = Json::array();
    for (const std::string& parent : commit.parents) {
        ALBS_TRY(std::string key, git::cas_key(repository, parent));
        parents.push(Json::object({{"commit", parent}, {"key", key}}));
    }
    ALBS_TRY(std::string raw, repository.raw_commit(id));
    AlbsRecord record{.key = commit.key,
                      .name = git_record_name(url, id),
                      .kind = "git",
                      .size = static_cast<std::int64_t>(raw.size()),
                      .signer = signer.key,
                      .metadata = {}};
    Json* ancestors = commit.git.find("Parents");
    if (ancestors->elements()->size() > max_ancestors)
        *ancestors = Json(); // the key still covers them
    record.metadata.set("git", commit.git);
    record.metadata.set("sbom_api_ver", "0.2");
    Json predicate = Json::object({{"key", commit.cas_key},
                                   {"tree", *commit.git.find("Tree")},
                                   {"parents", std::move(parents)},
                                   {"albs_record", record.json()}});
    Json subject = Json::object({{"name", url}, {"digest", Json::object({{"gitCommit", id}})}});
    Json by_key = Json::object({{"name", id}, {"digest", Json::object({{"sha256", commit.cas_key}})}});
    return Json::object({{"_type", "https://in-toto.io/Statement/v1"},
                         {"subject", Json::array({std::move(subject), std::move(by_key)})},
                         {"predicateType", commit_type},
                         {"predicate", std::move(predicate)}});
}

Result<std::vector<Json>> statements_of(const git::Repository& repository, const std::vector<std::string>& commits,
                                        const std::string& url, const StatementSigner& signer, cli::Messages& messages)
{
    std::vector<Json> statements;
    for (const std::string& id : commits) {
        ALBS_TRY(Json statement, statement_of(repository, id, url, signer));
        statements.push_back(std::move(statement));
        messages.progress("reading", static_cast<std::int64_t>(statements.size()),
                          static_cast<std::int64_t>(commits.size()), "commits");
    }
    return statements;
}

} // namespace

Result<cli::Outcome> commits(const CommitsOptions& options, cli::Context& context, Manifest&)
{
    if (context.operands.empty() || context.operands.size() > 2)
        return fail(Kind::usage, "commits takes a repository and a range", "albs-notarize commits REPO [RANGE]");
    ALBS_TRY(std::unique_ptr<git::Repository> repository, git::open_any(context.operands[0]));
    ALBS_TRY(std::vector<std::string> list,
             commits_in(*repository, context.operands.size() > 1 ? context.operands[1] : "HEAD"));
    std::string url = options.url.empty() ? context.operands[0] : options.url;
    LedgerWriter writer(options.ledger, context);
    ALBS_CHECK(writer.prepare());
    if (context.dry_run()) {
        ALBS_TRY(StatementSigner signer, writer.expected_signer());
        ALBS_TRY(std::vector<Json> statements, statements_of(*repository, list, url, signer, context.messages));
        for (const Json& statement : statements)
            ALBS_CHECK(writer.check_accepted(signer.key, statement));
        context.messages.note("would record " + std::to_string(list.size()) + " commits");
        return cli::Outcome{.verdict = cli::Verdict::yes, .document = ""};
    }
    ALBS_TRY(Ledger ledger, writer.open());
    ALBS_TRY(std::vector<Json> statements,
             statements_of(*repository, list, url, ledger.statement_signer(), context.messages));
    ALBS_TRY(std::vector<RecordedStatement> appended, writer.commit(ledger, statements));
    std::string report;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Json& record = *statements[i].find("predicate")->find("albs_record");
        report += format_text("{} {} {}#{}\n", list[i], *record.find("key")->string(), ledger.settings().origin,
                              appended[i].index);
    }
    context.messages.note(format_text("recorded {} commits in '{}'", list.size(), ledger.settings().origin));
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = report};
}

} // namespace albs::notarize
