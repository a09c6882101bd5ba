// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger_writer.hpp"

#include <algorithm>
#include <set>

#include "albs/log/directory.hpp"
#include "albs/statement/status.hpp"
#include "albs/statement/voucher.hpp"
#include "ask_witness.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "log_location.hpp"
#include "sys/file.hpp"
#include "sys/parallel.hpp"

namespace albs::notarize {
namespace {

constexpr std::size_t max_policy_bytes = std::size_t{1} << 20;
constexpr std::size_t witnesses_at_once = 32; // they are waited for, not computed

// The log at a checkpoint that is not public yet; its tiles are.
Result<LogView> view_at(const std::string& directory, const std::string& note, const Policy& own)
{
    auto fetch = fetch_from_directory(directory);
    return LogView::open([fetch, note](const std::string& path) { return path == "checkpoint" ? note : fetch(path); },
                         own);
}

} // namespace

struct LedgerWriter::Answer {
    std::string witness; ///< its name in the policy
    std::vector<NoteSignature> lines;
    std::string refusal; ///< why there are none
};

LedgerWriter::LedgerWriter(const LedgerOptions& options, cli::Context& context)
    : options_(options), context_(context), directory_(ledger_path(options.ledger, context)),
      passphrases_(options.passphrase_fd)
{
}

Status LedgerWriter::prepare()
{
    ALBS_TRY(transfer_, timeouts(options_.timeout));
    transfer_.attempts = 1; // who does not answer now is asked by the next run
    if (options_.policy.empty())
        return {};
    ALBS_TRY(policy_text_, sys::read_file(options_.policy, max_policy_bytes));
    Result<Policy> read = Policy::parse(policy_text_);
    if (!read)
        return fail(std::move(read).error(), "'" + options_.policy + "'");
    policy_ = *std::move(read);
    std::set<std::string> reachable;
    for (const Policy::Witness& witness : policy_->witnesses())
        if (!witness.url.empty())
            reachable.insert(witness.name);
    if (!policy_->is_quorum(reachable) && !policy_->may_go_on())
        return fail(Kind::input,
                    format_text("'{}': the quorum '{}' cannot be met by the witnesses that have an address",
                                options_.policy, policy_->quorum()),
                    "a commit asks the witnesses: witness NAME VKEY URL");
    return {};
}

Status LedgerWriter::check_names(const std::string& note, const std::string& vkey) const
{
    ALBS_TRY(Note read, Note::parse(note));
    const std::vector<Vkey> keys = policy_->keys();
    if (std::any_of(keys.begin(), keys.end(), [&](const Vkey& key) { return has_signature_of(read, key); }))
        return {};
    return fail(Kind::input, "'" + options_.policy + "' does not name the key of this ledger",
                "add a line: log " + vkey);
}

Status LedgerWriter::check_place() const
{
    ALBS_TRY(LogSettings settings, read_log_settings(directory_));
    if (!policy_)
        return {};
    ALBS_TRY(std::string note, fetch_from_directory(directory_)("checkpoint"));
    return check_names(note, settings.vkeys.front());
}

Result<StatementSigner> LedgerWriter::expected_signer()
{
    ALBS_CHECK(check_place());
    ALBS_TRY(LogSettings settings, read_log_settings(directory_));
    StatementSigner signer{.key = {}, .origin = settings.origin};
    if (options_.statement_key.empty()) {
        ALBS_TRY(Bytes spki, from_base64(settings.statement_keys.front()));
        signer.key = sha256(spki).hex();
        return signer;
    }
    ALBS_TRY(PrivateKey key,
             open_key(options_.statement_key, statement_key_type(settings.profile), passphrases_.ask()));
    signer.key = key.public_key().fingerprint().hex();
    return signer;
}

Result<Ledger> LedgerWriter::open()
{
    ALBS_TRY(Ledger ledger,
             Ledger::open(directory_, passphrases_.ask(), options_.remember, policy_ ? Held::accept : Held::refuse));
    ledger.take_along(policy_text_);
    if (policy_) {
        ALBS_CHECK(check_names(ledger.checkpoint(), ledger.vkey().text()));
        ledger.wait_for_witnesses(*policy_);
    }
    if (!options_.statement_key.empty())
        ALBS_CHECK(ledger.sign_statements_with(options_.statement_key, passphrases_.ask()));
    return ledger;
}

// All at the same time: one that does not answer costs its own time and no other's.
std::vector<LedgerWriter::Answer> LedgerWriter::ask_all(const std::string& note, const Policy& own)
{
    std::vector<const Policy::Witness*> asked;
    for (const Policy::Witness& witness : policy_->witnesses())
        if (!witness.url.empty())
            asked.push_back(&witness);
    std::vector<Answer> answers(asked.size());
    sys::in_parallel(asked.size(), 1, witnesses_at_once, [&](std::size_t i) {
        const Policy::Witness& witness = *asked[i];
        answers[i].witness = witness.name;
        Result<LogView> log = view_at(directory_, note, own);
        Result<std::vector<NoteSignature>> lines =
            log ? ask_witness(*log, witness.url, witness.key, 0, transfer_) : tl::unexpected<Error>(log.error());
        if (lines)
            answers[i].lines = *std::move(lines);
        else
            answers[i].refusal = lines.error().message;
    });
    return answers;
}

// True when the last checkpoint is public; false when the ledger has grown meanwhile. REPORT says who did not cosign.
Result<bool> LedgerWriter::ask_once(std::string& report)
{
    std::optional<std::string> waiting;
    std::optional<Policy> own;
    {
        ALBS_TRY(Ledger ledger, open());
        ALBS_CHECK(ledger.publish());
        ALBS_TRY(waiting, ledger.unwitnessed());
        own = Policy::of(ledger.vkey());
    }
    if (!waiting)
        return true;
    // Nobody has the ledger's lock while the witnesses think: writers need not wait for one that never answers.
    std::vector<Answer> answers = ask_all(*waiting, *own);
    ALBS_TRY(Note note, Note::parse(*waiting));
    std::vector<NoteSignature> lines;
    std::set<std::string> cosigned;
    report.clear();
    for (const Answer& answer : answers) {
        lines.insert(lines.end(), answer.lines.begin(), answer.lines.end());
        if (answer.refusal.empty())
            cosigned.insert(answer.witness);
        else
            report += format_text("{}'{}': {}", report.empty() ? "" : "; ", answer.witness, answer.refusal);
    }
    bool enough = policy_->is_quorum(cosigned);
    ALBS_TRY(Ledger ledger, open());
    ALBS_TRY(bool is_last, ledger.add_witnessed(note.text, lines, policy_->may_go_on()));
    if (!is_last)
        return false;
    if (!enough && !policy_->may_go_on())
        return fail(Kind::temporary,
                    format_text("too few witnesses cosigned the checkpoint of {} entries for the quorum '{}': {}",
                                ledger.size(), policy_->quorum(), report),
                    "what was committed is kept and not public; the same command goes on from there");
    if (!enough)
        context_.messages.warning(format_text("the checkpoint of {} entries is public without the quorum '{}': {}",
                                              ledger.size(), policy_->quorum(), report));
    else if (!report.empty())
        context_.messages.warning("a witness did not cosign: " + report);
    return true;
}

Status LedgerWriter::have_witnessed()
{
    if (!policy_)
        return {};
    std::string report;
    // Others may go on committing; each round is for the ledger as it is then.
    const std::int64_t until = monotonic_ms() + transfer_.timeout_ms;
    do {
        ALBS_TRY(bool done, ask_once(report));
        if (done)
            return {};
    } while (monotonic_ms() < until);
    return fail(Kind::temporary, "the ledger grows while witnesses cosign it" + (report.empty() ? "" : "; " + report));
}

// What a verifier with this policy would not take for evidence stays in the log for ever. Who takes something back is
// heard with any key.
Status LedgerWriter::check_accepted(const std::string& key, const Json& statement) const
{
    const std::string kind = statement_kind(statement);
    std::optional<StatusChange> change = status_of(statement);
    if (!policy_ || policy_->accepts_statement(key, kind) || (change && change->withdraws()))
        return {};
    return fail(
        Kind::input,
        format_text("'{}' does not accept statements of the kind '{}' that are signed by the key {}", options_.policy,
                    kind, key),
        format_text("sign with another key (--statement-key), or add a line: #albs: statement-key {} {}", key, kind));
}

Result<std::vector<RecordedStatement>> LedgerWriter::commit(Ledger& ledger, const std::vector<Json>& statements)
{
    const std::string key = ledger.statement_signer().key;
    for (const Json& statement : statements)
        ALBS_CHECK(check_accepted(key, statement));
    ALBS_TRY(std::vector<RecordedStatement> committed, ledger.append(statements));
    if (!policy_)
        return committed;
    {
        Ledger closed = std::move(ledger);
    }
    ALBS_CHECK(have_witnessed());
    ALBS_TRY(ledger, open());
    // As the next run would: all are there, with the proofs that the witnesses have seen.
    ALBS_TRY(std::vector<RecordedStatement> proved, ledger.append(statements));
    for (std::size_t i = 0; i < proved.size(); ++i)
        proved[i].fresh = committed[i].fresh;
    return proved;
}

} // namespace albs::notarize
