// SPDX-License-Identifier: GPL-3.0-or-later
// The ledger that a command writes, and the witnesses that see a commit before it is published.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "albs/ledger/ledger.hpp"
#include "albs/ledger/queue.hpp"
#include "albs/log/policy.hpp"
#include "albs/manifest/manifest.hpp"
#include "http/transfer.hpp"
#include "options.hpp"
#include "passphrases.hpp"

namespace albs::notarize {

class LedgerWriter {
public:
    LedgerWriter(const LedgerOptions& options, cli::Context& context);
    /// Reads --policy and --timeout. Kind::input for a policy whose quorum nobody can be asked for.
    Status prepare();
    /// What is new in the manifest, in the queue of a ledger that another process has locked; and how many entries the
    /// log had then.
    struct Waiting {
        QueuedStatements statements;
        std::uint64_t size = 0;
    };
    /// Leaves it there, signed: open() then waits for the lock, and what came into the log by then is not recorded
    /// again. Nothing when the ledger is not locked, or the statements had better wait for their turn: too many, or
    /// somebody would have to be asked for a passphrase, or anything is wrong, which their turn will tell.
    std::optional<Waiting> leave_in_queue(const Manifest& manifest);
    /// Takes the ledger's lock, see Ledger::open(). What waits in the queue goes into its next commit. With a policy,
    /// what it commits waits for witnesses.
    Result<Ledger> open();
    /// Commits. With a policy nothing that it would not accept from the key that signs (Kind::input), and the lock is
    /// given up while the witnesses are asked, and LEDGER is opened anew behind that. Kind::temporary when too few of
    /// them cosign: then the statements are in the ledger and not public, and the same call finishes it.
    Result<std::vector<RecordedStatement>> commit(Ledger& ledger, const std::vector<Json>& statements);
    /// For a dry run: what open() would refuse without any key. Reads the log, takes no lock.
    Status check_place() const;
    /// The same, and who would sign statements.
    Result<StatementSigner> expected_signer();
    /// Kind::input for a statement that the policy would not accept from that key.
    Status check_accepted(const std::string& key, const Json& statement) const;
    /// Witnesses see what the ledger has. Nothing without a policy. The ledger must not be open.
    Status have_witnessed();

    const std::string& directory() const { return directory_; }
    const std::optional<Policy>& policy() const { return policy_; }
    Passphrases& passphrases() { return passphrases_; }

private:
    struct Answer;
    Result<bool> ask_once(std::string& report);
    Result<Waiting> leave(const Manifest& manifest);
    std::vector<Answer> ask_all(const std::string& note, const Policy& own);
    Status check_names(const std::string& note, const std::string& vkey) const;
    const LedgerOptions& options_;
    cli::Context& context_;
    std::string directory_;
    Passphrases passphrases_;
    http::Options transfer_;
    std::optional<Policy> policy_;
    std::string policy_text_;
};

} // namespace albs::notarize
