// SPDX-License-Identifier: GPL-3.0-or-later
// The log entries that a document carries for its packages, verified by the log's key alone, and their statements
// compared with what the document says.
#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "albs/evidence/ledger_changes.hpp"
#include "albs/evidence/survey.hpp"
#include "albs/evidence/verify.hpp"
#include "albs/formats/sbom_document_parts.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/status.hpp"
#include "base/format.hpp"
#include "log_entries.hpp"
#include "verify.hpp"

namespace albs::sbom {
namespace {

using Answer = Finding::Answer;

/// A member of a statement's binding and the statement of the document that must say the same.
struct Pair {
    std::string_view member;
    std::string_view statement;
};
constexpr std::array<Pair, 12> build_pairs{{{"nevra", "albs:rpm:nevra"},
                                            {"header_sha256", "albs:rpm:header-sha256"},
                                            {"payload_sha256", "albs:rpm:payload-sha256"},
                                            {"name", "file name"},
                                            {"task", "albs:build:task"},
                                            {"source", "albs:source"},
                                            {"platform", "albs:build:platform"},
                                            {"arch", "almalinux:albs:build:targetArch"},
                                            {"backend", "albs:build:backend"},
                                            {"buildroot", "albs:build:buildroot-sha256"},
                                            {"network", "albs:build:network"},
                                            {"verified", "albs:build:source-verified"}}};
constexpr std::array<Pair, 6> signature_pairs{{{"artifact", "SHA-256"},
                                               {"unsigned", "albs:rpm:unsigned-sha256"},
                                               {"nevra", "albs:rpm:nevra"},
                                               {"key", "albs:signature:key"},
                                               {"created", "albs:signature:created"},
                                               {"waived", "albs:signature:waived"}}};
constexpr std::array<Pair, 4> source_pairs{{{"id", "albs:source"},
                                            {"commit", "almalinux:albs:build:source:gitCommit"},
                                            {"tree", "albs:source:tree"},
                                            {"ref", "almalinux:albs:build:source:gitRef"}}};

// Empty for null, "true" and "false" for booleans.
std::string plain(const Json* value)
{
    if (value == nullptr || value->is_null())
        return {};
    if (const bool* boolean = value->boolean())
        return *boolean ? "true" : "false";
    if (const JsonText* text = value->string())
        return *text;
    return write_json(*value);
}

class LogCheck {
public:
    LogCheck(const DescribedComponent& package, const std::vector<Vkey>& keys, Findings& findings)
        : package_(package), keys_(keys), findings_(findings)
    {
    }

    /// What the log itself says of the package and of what it was made from.
    void hear(const std::string& log, const Survey& survey)
    {
        for (const char* digest : {"SHA-256", "albs:rpm:unsigned-sha256"})
            if (std::optional<StatusChange> told = survey.status(package_.value(digest));
                told && (told->withdraws() || !last_change_.contains(log)))
                last_change_.insert_or_assign(log, *std::move(told));
    }

    void run(const std::vector<const LogEntry*>& entries)
    {
        if (entries.empty())
            return say("log proof", Answer::missing, "the document carries no log entry for this package");
        for (const LogEntry* entry : entries)
            check_one(*entry);
        for (const auto& [log, change] : last_change_)
            if (change.withdraws())
                say("log status", Answer::untrue, change.text());
        if (!built_)
            say("log proof of the build", Answer::missing, "no log entry says where this file comes from");
        if (package_.value("albs:rpm:signed") == "true" && !signed_)
            say("log proof of the signature", Answer::missing, "no log entry says that it was signed");
    }

private:
    void say(std::string statement, Answer answer, std::string reason)
    {
        findings_.push_back({package_.title(), std::move(statement), answer, std::move(reason)});
    }

    void check_one(const LogEntry& entry)
    {
        const auto& [notarization, verified, unaccepted, renewed] = entry;
        if (!notarization)
            return say("log proof", Answer::untrue, notarization.error().message);
        std::string name =
            format_text("log entry {} {}#{}", notarization->kind, notarization->log, notarization->index);
        if (!verified)
            return say(name, Answer::untrue, verified.error().message);
        if (!*verified)
            return pass_over(name, *notarization, why_unproved(LoggedEntries(), *notarization, keys_));
        if (!unaccepted.empty())
            return pass_over(name, *notarization, unaccepted);
        const Json& statement = (*verified)->statement;
        if (std::optional<StatusChange> change = status_of(statement)) {
            change->index = static_cast<std::uint64_t>(notarization->index);
            return check_status(name, notarization->log, statement, *std::move(change));
        }
        Result<Json> binding = stated_binding(statement);
        if (!binding)
            return say(name, Answer::untrue, binding.error().message);
        // What the entry is about is what its statement says, not what stands beside it.
        std::string record = plain(binding->find("record"));
        if (record == "build" || record == "srpm" || record == "file")
            check_build(name, *binding);
        else if (record == "signature")
            check_signature(name, *binding);
        else if (record == "source")
            compare_members(name, *binding, source_pairs);
        else
            say(name, Answer::untrue, "an entry about something else: '" + record + "'");
    }

    // Nothing proves it here, so it is neither true nor false; but nobody can say that it was not withdrawn.
    void pass_over(const std::string& name, const Notarization& notarization, const std::string& why)
    {
        say(name, Answer::unprovable, why);
        if (std::optional<StatusChange> claimed = claimed_change(LoggedEntries(), notarization);
            claimed && claimed->withdraws())
            last_change_.insert_or_assign(notarization.log, *std::move(claimed));
    }

    void check_build(const std::string& name, const Json& binding)
    {
        std::string unsigned_digest = package_.value("albs:rpm:unsigned-sha256");
        std::string wanted = unsigned_digest.empty() ? package_.value("SHA-256") : unsigned_digest;
        std::string recorded = plain(binding.find("sha256"));
        if (recorded != wanted)
            return say(name, Answer::untrue, "the log says SHA-256 " + recorded + ", the document " + wanted);
        built_ = true;
        compare_members(name, binding, build_pairs);
    }
    // It only changes the status of the package; the last one in the log counts.
    void check_status(const std::string& name, const std::string& log, const Json& statement, StatusChange change)
    {
        Result<std::string> about = stated_subject(statement);
        if (!about || (*about != package_.value("SHA-256") && *about != package_.value("albs:rpm:unsigned-sha256")))
            return say(name, Answer::untrue, "a change of status of something else");
        say(name, Answer::holds, "");
        StatusChange& known = last_change_.try_emplace(log, change).first->second;
        if (known.index <= change.index)
            known = std::move(change);
    }

    void check_signature(const std::string& name, const Json& binding)
    {
        signed_ = true;
        compare_members(name, binding, signature_pairs);
    }

    template <std::size_t count>
    void compare_members(const std::string& name, const Json& binding, const std::array<Pair, count>& pairs)
    {
        bool holds = true;
        for (const Pair& pair : pairs) {
            const Json* member = binding.find(pair.member);
            std::vector<std::string> stated = package_.values(pair.statement);
            std::string recorded = plain(member);
            bool same =
                recorded.empty() ? stated.empty() : std::find(stated.begin(), stated.end(), recorded) != stated.end();
            if (member == nullptr || same)
                continue;
            holds = false;
            say(std::string(pair.statement), Answer::untrue,
                format_text("the log says '{}', the document '{}'", recorded, stated.empty() ? "" : stated[0]));
        }
        if (holds)
            say(name, Answer::holds, "");
    }

    const DescribedComponent& package_;
    const std::vector<Vkey>& keys_;
    Findings& findings_;
    bool built_ = false;
    bool signed_ = false;
    std::map<std::string, StatusChange> last_change_; // by log
};

} // namespace

Status check_log(const SbomDocument& document, const Policy& policy, const std::string& ledger, std::size_t jobs,
                 Findings& findings)
{
    const std::vector<Vkey> keys = policy.keys();
    ALBS_TRY(KnownHistory known, KnownHistory::of_machine(keys));
    std::string log;
    std::optional<Survey> survey;
    if (!ledger.empty()) {
        ALBS_TRY(SurveyedLog read, survey_directory(ledger, policy));
        log = read.view.checkpoint.origin;
        survey = std::move(read.survey);
        known.add_log(std::move(read.view));
    }
    ALBS_TRY(LogEntries entries, LogEntries::verify(document, policy, std::move(known), jobs));
    for (const DescribedComponent& package : document.packages) {
        LogCheck check(package, keys, findings);
        if (survey)
            check.hear(log, *survey);
        check.run(entries.of(package));
    }
    if (survey && survey->withheld() > 0)
        findings.push_back(
            {"document", "log status", Answer::missing,
             format_text("{} statements of the log are withheld: a revocation may be among them", survey->withheld())});
    return {};
}

} // namespace albs::sbom
