// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of a Ledger, shared by the files that open it and that append to it.
#pragma once
#include <map>
#include <optional>
#include <set>

#include "albs/crypto/keys.hpp"
#include "albs/ledger/index.hpp"
#include "albs/ledger/journal.hpp"
#include "albs/ledger/ledger.hpp"
#include "albs/ledger/signed_checkpoints.hpp"
#include "albs/ledger/writer.hpp"
#include "albs/log/policy.hpp"
#include "albs/log/remembered.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/status_list.hpp"
#include "sys/file_lock.hpp"

namespace albs {

/// Paths below LEDGER/.state.
std::string state_path(const std::string& directory, std::string_view name);

/// A key of a ledger, and what its file in .state is to hold: PKCS#8 in PEM, or where the key is.
struct LedgerKey {
    PrivateKey key;
    std::string file;
};
/// The key of LOCATION, or a new one if that is empty.
Result<LedgerKey> ledger_key(const std::string& location, KeyType type, const std::string& passphrase,
                             const AskPassphrase& ask);

/// The private state of a ledger that goes on from a checkpoint, its log.json and its log.vkey. Returns the checkpoint
/// as the log signs it.
Result<std::string> make_state(const std::string& directory, const LogSettings& settings, const Checkpoint& checkpoint,
                               const LedgerKey& log, const LedgerKey& statement);

/// LEDGER/log.vkey: the key that signs, and the one before it while that signs along.
std::string vkey_file(const LogSettings& settings, bool both);

/// Two records of the past disagree: Kind::trust, which a person must look at.
tl::unexpected<Error> contradiction(const std::string& why);

/// Signs a statement and checks that: Kind::environment if the signature does not hold, as this machine made it wrong
/// and nobody has tampered.
Result<SignedStatement> sign_checked(Profile profile, std::string text, const PrivateKey& key);

/// A statement on its way into the log.
struct PendingStatement {
    const Json* document = nullptr;
    std::string text;
    Digest key; ///< statement_key()
};

struct Ledger::State {
    std::string directory;
    LogSettings settings;
    std::optional<Vkey> vkey;
    std::vector<Vkey> vkeys; // all that the log ever had, the present one first
    std::optional<PrivateKey> log_key;
    std::optional<PrivateKey> old_log_key; // signs too, until verifiers have the new one
    std::optional<PrivateKey> signing_key; // of what is recorded: the ledger's own, or that of a host
    std::optional<PrivateKey> own_key;     // of the ledger, which signs its lists of statuses
    std::optional<CheckpointMemory> memory;
    std::optional<sys::FileLock> lock;
    std::optional<Journal> journal;
    std::optional<LogWriter> writer;
    std::optional<LedgerIndex> index;
    std::optional<CheckpointHistory> history;
    std::string checkpoint;                 // the last note that was signed
    RememberedCheckpoint signed_checkpoint; // the same, if it was signed here
    bool unpublished = false;               // it is in the history only
    bool held = false;                      // not to be published before its witnesses saw it
    std::optional<Policy> witnessed;        // whose quorum is waited for
    std::optional<std::string> takes_along; // the terms, see Ledger::take_along()
    std::optional<TileReader> reader;       // at the present size
    // The last ones read: neighbours are asked for one after the other.
    std::map<std::uint64_t, std::vector<std::string>> bundles;
    std::map<std::uint64_t, std::vector<std::string>> envelopes;
    std::optional<RememberedCheckpoint> tree;
    std::optional<StatusList> listed; // the last list of statuses, if it was made here
    std::uint64_t tree_first = 0;     // the entries from here to the tree's size are known to have come with it

    Result<TileReader*> tiles();
    Result<std::string> entry(std::uint64_t index);
    /// Empty when it is withheld.
    Result<std::string> envelope(std::uint64_t index);
    Result<const RememberedCheckpoint*> tree_of(std::uint64_t index);
    /// Signs the tree of that size; only after its frame is on disk and was read back.
    Result<std::string> sign(const Checkpoint& body) const;
    Status record(std::uint64_t size, const std::string& note);
    /// Signs the tree as the writer has it, and keeps that.
    Status sign_tree();
    /// Records a checkpoint that was signed.
    Status record_signed(RememberedCheckpoint head);
    /// Writes all that the signed tree consists of, reads it back, and publishes its checkpoint, unless it is held.
    Status publish();
    Status announce();
    /// Marks durably that what comes next waits for its witnesses.
    Status hold();
    /// What was held is public, or nothing is held any more.
    Status release();
    /// The last checkpoint is not the published one.
    Result<bool> is_waiting() const;
    /// fsyncs what the journal covers and starts a new one.
    Status renew_journal();
    Status catch_up_index();
    Status begin_index();
    Result<std::vector<std::uint64_t>> look_up(const std::vector<PendingStatement>& pending,
                                               std::vector<const PendingStatement*>& fresh);
    /// Signs the statements: a frame, and what the index shall know of it.
    Result<Frame> make_frame(const std::vector<const PendingStatement*>& pending,
                             std::vector<IndexedEntry>& indexed) const;
    /// Adds what others have left in the queue.
    Status take_along(Frame& frame, std::vector<IndexedEntry>& indexed);
    Result<IndexedEntry> check_queued(const JournalEntry& logged) const;
    /// Appends a list of statuses to the frame where one is due, and has room. The frame begins with the fresh
    /// statements.
    Status add_list(const std::vector<const PendingStatement*>& fresh, Frame& frame,
                    std::vector<IndexedEntry>& indexed);
    Result<bool> is_list_due(const std::vector<IndexedEntry>& indexed);
    Result<StatusList> list_statuses(const std::vector<const PendingStatement*>& fresh, const Frame& frame);
    Result<std::optional<StatusList>> last_list();
    /// UNREAD: entries whose statement would be needed, and cannot be read.
    Status list_changes(StatusList& list, std::set<std::uint64_t>& unread);
    struct Logged {
        Json statement;
        std::string signer;
    };
    static Result<Logged> read_logged(const JournalEntry& logged);
    /// Nothing when it is withheld, or is not what its entry says.
    Result<std::optional<Logged>> logged(std::uint64_t index);
    Result<std::vector<std::string>> made_in_log(const std::string& node, std::uint64_t from,
                                                 std::set<std::uint64_t>& unread);
    /// One frame, one checkpoint. Gives the entries as the journal gave them back.
    Result<std::vector<JournalEntry>> commit(Frame frame, const std::vector<IndexedEntry>& indexed);
    /// What proves the entries from first on, which the last checkpoint covers.
    Result<std::vector<RecordedStatement>> prove_all(std::uint64_t first, std::vector<JournalEntry> entries);
    Result<std::vector<Digest>> prove(std::uint64_t index, const Checkpoint& tree, const std::string& entry);

    /// By any of the log's keys.
    Result<Checkpoint> open_own(const std::string& note) const;
    Result<PrivateKey> open_state_key(std::string_view name, KeyType type, const AskPassphrase& ask) const;
    /// A change of keys that was interrupted behind its switch, log.json, is completed; what one left before it is
    /// removed.
    Status finish_rotation(const AskPassphrase& ask);
    Status finish_keys();
    Status load_keys(const AskPassphrase& ask);
    Status load_history();
    /// What others than the journal know of the tree that was.
    struct Past {
        std::optional<Checkpoint> last_signed;
        std::optional<Checkpoint> published;
        std::optional<RememberedCheckpoint> remembered;
        std::string note;              ///< of the published one, or else of the signed one
        std::uint64_t signed_size = 0; ///< the largest size that was ever signed
        bool blank = false;            ///< a checkpoint's file is there, and blank
    };
    Status recover();
    Result<std::optional<Checkpoint>> read_checkpoint(const std::string& path, Past& past) const;
    Result<Past> read_past() const;
    Status check_against(const Checkpoint& known, std::string_view what);
    Status check_against(const Past& past);
    Status write_again();
    Status sign_again(const Past& past);
};

} // namespace albs
