// SPDX-License-Identifier: GPL-3.0-or-later
// A ledger that this machine writes: a C2SP tlog-tiles log with a journal. albs-ledger(5) specifies it.
//
// Invariants: no signature leaves the process before the entries it covers are on disk and were read back; a
// checkpoint that contradicts one signed before is never signed; what cannot be explained is never repaired.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "albs/crypto/open_key.hpp"
#include "albs/ledger/settings.hpp"
#include "albs/log/checkpoint.hpp"
#include "albs/log/merkle.hpp"
#include "albs/log/policy.hpp"
#include "albs/statement/statement.hpp"
#include "base/result.hpp"

namespace albs {

/// The keys that a ledger gets at init or at a change of keys.
struct NewKeys {
    std::string log;             ///< path or pkcs11: URI of an Ed25519 key, which stays there; empty: a new one is made
    std::string statement;       ///< the same, of the type that the profile wants
    std::string passphrase = {}; ///< new ones are encrypted with it, unless it is empty
};

struct NewLedger {
    std::string origin; ///< empty for the sigsum profile, which derives it from the key
    Profile profile = Profile::rekor;
    std::string created; ///< RFC 3339
    NewKeys keys = {};
    AskPassphrase ask = {};       ///< for keys that have one
    std::string remember = {};    ///< as for Ledger::open()
    bool any_file_system = false; ///< also network file systems, whose locks and fsync cannot be relied on
};

/// One statement in the log, with what proves it.
struct RecordedStatement {
    std::uint64_t index = 0;
    std::string entry;    ///< the leaf's bytes
    std::string envelope; ///< JSON
    std::string proof;    ///< c2sp.org/tlog-proof@v1
    bool fresh = true;    ///< false: it was recorded before, and this is the proof of that time
};

/// Whether a ledger whose last checkpoint waits for its witnesses may be opened.
enum class Held { refuse, accept };

/// What became of the keys. Until key_change_is_known(), the same call finishes a change and makes no other.
enum class KeyChange { made, finished };

/// When the public files follow a commit: with it, or when publish() is called.
enum class Publish { now, later };

class Ledger {
public:
    /// Makes a log of size 0. The directory must not exist, or be empty, and no log of that name with entries may be
    /// remembered: Kind::usage.
    static Status init(const std::string& directory, const NewLedger& options);
    /// Where a ledger may be made: the directory is not there, or empty (Kind::usage), and not on a network file system
    /// (Kind::environment).
    static Status check_place(const std::string& directory, bool any_file_system);
    /// Makes the private state of a writer in a directory that holds the public files of a log at this checkpoint, and
    /// nothing of a writer yet. The caller has verified them, and that nobody knows more of the log. The log's key has
    /// to be the one that signs today, Kind::input otherwise; a statement key that the log does not list is added.
    static Status restore(const std::string& directory, LogSettings settings, const Checkpoint& checkpoint,
                          const NewKeys& keys, const AskPassphrase& ask);
    /// Takes the writer's lock, finishes an interrupted commit, checks journal, checkpoint, tiles and the remembered
    /// head against each other. REMEMBER is where heads are remembered, see CheckpointMemory::at(). Kind::trust when
    /// they contradict each other, Kind::temporary when the lock is busy, Kind::environment when a key cannot be had,
    /// nothing can be remembered, others may write to its state, or its checkpoint is held and must not be.
    static Result<Ledger> open(const std::string& directory, const AskPassphrase& ask = {},
                               const std::string& remember = {}, Held held = Held::refuse);
    Ledger(Ledger&&) noexcept;
    Ledger& operator=(Ledger&&) noexcept;
    ~Ledger();

    const LogSettings& settings() const;
    const Vkey& vkey() const;
    /// All keys that the log ever had, the present one first.
    const std::vector<Vkey>& vkeys() const;
    StatementSigner statement_signer() const;
    std::uint64_t size() const;
    /// The signed checkpoint, cosignatures included.
    const std::string& checkpoint() const;
    /// Signs the statements (in-toto) and appends those that the log does not have, in one commit. It is on disk, and
    /// its checkpoint signed, when this returns. With Publish::later neither is among the public files, which the next
    /// publish() writes, or whoever opens the ledger next: for commits by the hundred, one after the other.
    Result<std::vector<RecordedStatement>> append(const std::vector<Json>& statements, Publish when = Publish::now);
    Status publish();
    /// From now on a commit takes along what others have left in the ledger's queue (queue.hpp) on the same terms: with
    /// the keys that the log has then, and this policy, the text of it, for its witnesses. Empty: none.
    void take_along(const std::string& policy);
    /// From now on a checkpoint is published when the quorum of the policy has cosigned it and not before, unless the
    /// policy may go on without. Also what a run before this one committed so. Proofs of entries stand on checkpoints
    /// with that quorum, where there are such.
    void wait_for_witnesses(const Policy& policy);
    /// The signed checkpoint that witnesses have to see; nothing when the published one is the last, with a quorum that
    /// is not too old.
    Result<std::optional<std::string>> unwitnessed() const;
    /// Cosignatures on the last checkpoint, by its text. Publishes it with them if they are enough, or ANYWAY; keeps
    /// nothing otherwise. False when the ledger has another checkpoint by now.
    Result<bool> add_witnessed(const std::string& text, const std::vector<NoteSignature>& lines, bool anyway);
    /// Without a lock: the key of LOCATION, or else the ledger's own, that would sign statements now. Kind::temporary
    /// while keys are changed; Kind::input for one that log.json does not list; else as open_key().
    static Result<PrivateKey> statement_key(const std::string& directory, const LogSettings& settings,
                                            const std::string& location, const AskPassphrase& ask);
    /// Statements are signed by this key from now on (a path or a pkcs11: URI), not by the ledger's own; log.json lists
    /// it. Kind::input for a key of another type, else as open_key().
    Status sign_statements_with(const std::string& location, const AskPassphrase& ask);
    /// The proof of an entry as it was when it was appended.
    Result<RecordedStatement> recorded(std::uint64_t index);
    /// New keys for log and statements. The old log key signs too until the next rotation, or until it is dropped, so
    /// that verifiers have time to learn the new one. LEDGER/log.vkey then names both. Replacing log.json decides; what
    /// is interrupted behind that, open() completes.
    Result<KeyChange> rotate_keys(const NewKeys& keys, const AskPassphrase& ask = {});
    Result<KeyChange> drop_old_key();
    /// The key before the present one signs along.
    bool has_old_key() const;
    /// Who asked for the change that led to this key knows it now, so the same call is a wish for another one.
    static void key_change_is_known(const std::string& directory, const std::string& vkey);
    /// What rotate_keys() or drop_old_key() would do, without a lock.
    static Result<KeyChange> expected_key_change(const std::string& directory, bool drop_old);
    /// Complete subtrees of the present tree. The ledger must outlive it, and nothing be appended meanwhile.
    Result<NodeSource> nodes();
    /// Proof that the tree of old_size is the beginning of this one.
    Result<std::vector<Digest>> consistency(std::uint64_t old_size);
    /// Adds lines of witnesses to the published checkpoint; lines that do not verify are Kind::trust.
    Status add_cosignatures(const std::vector<NoteSignature>& lines, const Vkey& witness);
    /// The statement's line of an entry as it lies there, without a proof; empty when it is withheld.
    Result<std::string> envelope(std::uint64_t index);
    /// Entries whose statement has that subject (hex).
    Result<std::vector<std::uint64_t>> about(const std::string& subject);

private:
    struct State;
    explicit Ledger(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace albs
