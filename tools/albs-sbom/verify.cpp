// SPDX-License-Identifier: GPL-3.0-or-later
// albs-sbom verify: gathers the files and the key, and reports.
#include "verify.hpp"

#include <map>
#include <set>

#include "base/format.hpp"
#include "base/visible.hpp"
#include "options.hpp"
#include "read_packages.hpp"
#include "rpm/package.hpp"
#include "sys/file.hpp"

namespace albs::sbom {
namespace {

using Answer = Finding::Answer;

// The files given, and those of the store that the document names by their digest.
// A file that is no whole package any more is a finding, not an error.
Result<std::vector<Package>> evidence_files(cli::Context& context, const SbomDocument& document,
                                            const std::vector<std::string>& paths, Findings& findings)
{
    std::vector<Package> files;
    for (const std::string& path : paths) {
        Result<Package> file = examine(path);
        if (file) {
            if (Status whole = rpm::check_payload(path, *file->artifact.rpm); !whole)
                findings.push_back({sys::base_name(path), "payload", Answer::untrue, whole.error().message});
            files.push_back(std::move(*file));
        } else if (file.error().kind == Kind::input)
            findings.push_back({sys::base_name(path), "package", Answer::untrue, file.error().message});
        else
            return tl::unexpected(std::move(file).error());
    }
    std::set<std::string> given;
    for (const Package& file : files)
        given.insert(file.artifact.sha256);
    for (const DescribedComponent& package : document.packages) {
        std::string digest = package.value("SHA-256");
        if (given.contains(digest) || digest.empty() || !has_store(context))
            continue;
        ALBS_TRY(store::Workspace * workspace, context.workspace());
        if (!workspace->store().has(digest))
            continue;
        ALBS_TRY(std::string path, workspace->store().path(digest));
        ALBS_TRY(Package stored, examine(path));
        // The store has no names; that of the document is as good.
        stored.artifact.name = package.value("file name");
        given.insert(stored.artifact.sha256);
        files.push_back(std::move(stored));
    }
    return files;
}

std::map<Answer, std::int64_t> count(const Findings& findings)
{
    std::map<Answer, std::int64_t> counts{
        {Answer::holds, 0}, {Answer::untrue, 0}, {Answer::unprovable, 0}, {Answer::missing, 0}};
    for (const Finding& finding : findings)
        ++counts[finding.answer];
    return counts;
}

std::string text_report(const SbomDocument& document, const Findings& findings)
{
    std::string out;
    // What cannot be proved stands in one line for each package and reason.
    std::map<std::pair<std::string, std::string>, std::string> unprovable;
    for (const Finding& finding : findings)
        if (finding.answer == Answer::unprovable) {
            std::string& list = unprovable[{finding.package, finding.reason}];
            list += (list.empty() ? "" : ", ") + finding.statement;
        }
    for (const auto& [about, statements] : unprovable)
        out += format_text("unprovable\t{}\t{}\t{}\n", escape_hidden(about.first), escape_hidden(statements),
                           escape_hidden(about.second));
    for (const Finding& finding : findings)
        if (finding.answer == Answer::untrue || finding.answer == Answer::missing)
            out += format_text("{}\t{}\t{}\t{}\n", answer_name(finding.answer), escape_hidden(finding.package),
                               escape_hidden(finding.statement), escape_hidden(finding.reason));
    std::map<Answer, std::int64_t> counts = count(findings);
    out += escape_hidden(document.format_name) + ", " + std::to_string(document.packages.size()) + " packages: ";
    for (Answer answer : {Answer::holds, Answer::unprovable, Answer::missing, Answer::untrue})
        out += std::to_string(counts[answer]) + " " + std::string(answer_name(answer)) +
               (answer == Answer::untrue ? "\n" : ", ");
    return out;
}

std::string json_report(const SbomDocument& document, const Findings& findings, bool good)
{
    Json list = Json::array();
    for (const Finding& finding : findings)
        list.push(Json::object({{"package", finding.package},
                                {"statement", finding.statement},
                                {"answer", answer_name(finding.answer)},
                                {"reason", finding.reason.empty() ? Json() : Json(finding.reason)}}));
    Json counts = Json::object();
    for (const auto& [answer, number] : count(findings))
        counts.set(answer_name(answer), number);
    Json report = Json::object({{"schema", "albs.sbom-verification/1"},
                                {"format", document.format_name},
                                {"id", document.id},
                                {"verdict", good ? "yes" : "no"},
                                {"counts", std::move(counts)}});
    report.set("findings", std::move(list));
    return write_json(report) + "\n";
}

} // namespace

Result<cli::Outcome> verify_document(cli::Context& context, const VerifyOptions& options)
{
    if (context.operands.empty())
        return fail(Kind::usage, "no document to verify", "albs-sbom verify SBOM [FILE.rpm]...");
    ALBS_TRY(std::optional<Policy> policy, cli::given_trust(options.trust));
    if (!options.ledger.empty() && !policy)
        return fail(Kind::usage, "--ledger needs the key of the log", "give it with --log-key FILE or --policy FILE");
    if (!options.ledger.empty() && !sys::exists(options.ledger + "/checkpoint"))
        return fail(Kind::input, "no log at '" + options.ledger + "'",
                    "name the directory of a log, or of a copy of it");
    const std::string& path = context.operands[0];
    ALBS_TRY(std::string text, sys::read_file(path));
    auto document = read_sbom(text);
    if (!document)
        return fail(std::move(document).error(), "'" + path + "'");
    std::vector<std::string> paths(context.operands.begin() + 1, context.operands.end());
    Findings findings;
    ALBS_TRY(std::vector<Package> files, evidence_files(context, *document, paths, findings));
    if (files.empty() && paths.empty() && !options.trust.is_given() && !document->packages.empty())
        return fail(Kind::usage, "nothing to verify '" + path + "' against",
                    "give the package files, the --workspace that has them, --log-key FILE or --policy FILE");

    check_document(*document, findings);
    check_files(*document, files, findings);
    if (policy)
        ALBS_CHECK(check_log(*document, *policy, options.ledger, context.jobs(), findings));
    if (policy && options.ledger.empty())
        context.messages.warning("revocations were not looked for in the log (no --ledger): only those that came with "
                                 "the document are known");
    std::map<Answer, std::int64_t> counts = count(findings);
    bool good = counts[Answer::untrue] == 0 && counts[Answer::missing] == 0;
    return cli::Outcome{.verdict = good ? cli::Verdict::yes : cli::Verdict::no,
                        .document = options.report == "json" ? json_report(*document, findings, good)
                                                             : text_report(*document, findings)};
}

} // namespace albs::sbom
