// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of a Ledger, shared by the files that open it and that append to it.
#pragma once
#include <map>
#include <optional>

#include "albs/crypto/keys.hpp"
#include "albs/ledger/index.hpp"
#include "albs/ledger/journal.hpp"
#include "albs/ledger/ledger.hpp"
#include "albs/ledger/signed_checkpoints.hpp"
#include "albs/ledger/writer.hpp"
#include "albs/log/remembered.hpp"
#include "sys/lock.hpp"

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

/// Two records of the past disagree: Kind::trust, which a person must look at.
tl::unexpected<Error> contradiction(const std::string& why);

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
    std::optional<PrivateKey> signing_key;
    std::optional<CheckpointMemory> memory;
    std::optional<sys::Lock> lock;
    std::optional<Journal> journal;
    std::optional<LogWriter> writer;
    std::optional<LedgerIndex> index;
    std::optional<CheckpointHistory> history;
    std::string checkpoint;           // the last note that was signed
    RememberedCheckpoint sealed;      // the same, if it was signed here
    bool unpublished = false;         // it is in the history only
    std::optional<TileReader> reader; // at the present size
    // The last ones read: neighbours are asked for one after the other.
    std::map<std::uint64_t, std::vector<std::string>> bundles;
    std::map<std::uint64_t, std::vector<std::string>> envelopes;
    std::optional<RememberedCheckpoint> tree;
    std::uint64_t tree_first = 0; // the entries from here to the tree's size are known to have come with it

    Result<TileReader*> tiles();
    Result<std::string> entry(std::uint64_t index);
    /// Empty when it is withheld.
    Result<std::string> envelope(std::uint64_t index);
    Result<const RememberedCheckpoint*> tree_of(std::uint64_t index);
    /// Signs the tree of that size; only after its frame is on disk and was read back.
    Result<std::string> sign(const Checkpoint& body) const;
    Status record(std::uint64_t size, const std::string& note);
    /// Signs the tree as the writer has it, and keeps that.
    Status seal();
    /// Records a checkpoint that was signed.
    Status keep(RememberedCheckpoint head);
    /// Writes all that the sealed tree consists of, reads it back, and publishes its checkpoint.
    Status publish();
    /// fsyncs what the journal covers and starts a new one.
    Status put_away();
    Status catch_up_index();
    Status begin_index();
    Result<std::vector<std::uint64_t>> look_up(const std::vector<PendingStatement>& pending,
                                               std::vector<const PendingStatement*>& fresh);
    /// Signs the statements: a frame, and what the index shall know of it.
    Result<Frame> make_frame(const std::vector<const PendingStatement*>& pending,
                             std::vector<IndexedEntry>& indexed) const;
    /// One frame, one checkpoint. Gives the entries as the journal gave them back.
    Result<std::vector<JournalEntry>> commit(Frame frame, const std::vector<IndexedEntry>& indexed);
    /// What proves the entries from first on, which the last checkpoint covers.
    Result<std::vector<RecordedStatement>> prove_all(std::uint64_t first, std::vector<JournalEntry> entries);
    Result<std::vector<Digest>> prove(std::uint64_t index, const Checkpoint& tree, const std::string& entry);

    /// By any of the log's keys.
    Result<Checkpoint> open_own(const std::string& note) const;
    Result<PrivateKey> open_state_key(std::string_view name, KeyType type, const AskPassphrase& ask) const;
    Status finish_rotation(const AskPassphrase& ask) const;
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
