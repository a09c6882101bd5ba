// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/audit/private_state.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>
#include <unistd.h>

#include "albs/crypto/open_key.hpp"
#include "albs/ledger/journal.hpp"
#include "albs/ledger/settings.hpp"
#include "albs/ledger/signed_checkpoints.hpp"
#include "albs/log/directory.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

struct StateAuditor {
    std::string directory;
    const Policy& policy;
    std::uint64_t size;
    const NodeSource& nodes;
    StateAudit found;

    std::string path(const char* name) const { return directory + "/.state/" + name; }
    void complain(const char* name, const std::string& why)
    {
        found.problems.push_back(std::string(".state/") + name + ": " + why);
    }

    // A checkpoint of the past (or of a commit that was interrupted, and is larger) must be of this tree.
    void check_note(const char* name, const std::string& note, std::optional<std::uint64_t> stated = {})
    {
        Result<Note> parsed = Note::parse(note);
        Result<Checkpoint> checkpoint = parsed.and_then(
            [](const auto& value) -> tl::expected<Checkpoint, Error> { return Checkpoint::parse(value.text); });
        // Before a change of keys the log signed with another one.
        std::vector<Vkey> keys = policy.keys();
        if (Result<LogSettings> settings = read_log_settings(directory))
            for (const std::string& text : settings->vkeys)
                if (Result<Vkey> key = Vkey::parse(text))
                    keys.push_back(*key);
        bool good = checkpoint && std::any_of(keys.begin(), keys.end(), [&](const Vkey& key) {
                        return verify_note(*parsed, key) && checkpoint->origin == key.name;
                    });
        if (!good || (stated && *stated != checkpoint->size)) {
            complain(name, "holds a checkpoint that the log did not sign");
            return;
        }
        if (!nodes || checkpoint->size > size)
            return;
        Result<Digest> root = tree_root(checkpoint->size, nodes);
        if (!root || *root != checkpoint->root)
            complain(name, "a signed checkpoint of " + std::to_string(checkpoint->size) +
                               " entries contradicts the log: it was forked");
    }

    void check_keys()
    {
        Result<LogSettings> settings = read_log_settings(directory);
        if (!settings)
            return; // reported already
        auto check = [&](const char* name, const std::string& wanted, auto text_of) {
            Result<std::string> pem = read_key_file(path(name));
            if (!pem)
                return complain(name, pem.error().message);
            auto is_wanted = [&](const std::string& text) {
                Result<PrivateKey> key = PrivateKey::from_pem(text);
                return key && key->is_whole() && text_of(*key) == wanted;
            };
            // What is behind a passphrase or in a token is for the writer to open.
            if (!is_plain_key(*pem) || is_wanted(*pem))
                return;
            // A change of keys is going on: the new ones get their names after log.json was written.
            Result<std::string> made = read_key_file(path(name) + ".new");
            Result<std::string> by_now = made ? made : read_key_file(path(name));
            if (!by_now || (is_plain_key(*by_now) && !is_wanted(*by_now)))
                complain(name, "is not the key that log.json names");
        };
        check("log.key", settings->vkeys.front(), [&](const PrivateKey& key) {
            Result<Vkey> vkey = Vkey::make(settings->origin, NoteKeyType::ed25519, key.public_key());
            return vkey ? vkey->text() : std::string();
        });
        check("statement.key", settings->statement_keys.front(),
              [](const PrivateKey& key) { return to_base64(key.public_key().spki()); });
    }

    void check_journal(std::uint64_t signed_size)
    {
        Result<std::string> bytes = read_log_file(path("journal"), max_journal_bytes);
        Result<JournalView> view =
            bytes.and_then([](const auto& value) -> tl::expected<JournalView, Error> { return read_journal(value); });
        if (!view)
            return complain("journal", view.error().message);
        std::uint64_t at = view->start.size;
        CompactRange range;
        for (const Frame& frame : view->frames) {
            if (frame.first != at)
                return complain("journal", "a frame that starts at entry " + std::to_string(frame.first));
            at = frame.size_after();
            if (!nodes || at > size)
                continue;
            Result<Digest> root = tree_root(at, nodes);
            if (!root || *root != frame.root)
                complain("journal", "the frame up to entry " + std::to_string(at) + " has another root than the log");
            for (std::size_t i = 0; i < frame.entries.size(); ++i) {
                Result<Digest> leaf = nodes(NodeId{0, frame.first + i});
                if (!leaf || *leaf != leaf_hash(frame.entries[i].entry))
                    complain("journal", "entry " + std::to_string(frame.first + i) + " is not what the log holds");
            }
        }
        if (at < signed_size)
            complain("journal", format_text("ends at entry {}, but {} were signed", at, signed_size));
        if (view->start.size <= size && nodes) {
            Result<Digest> root = tree_root(view->start.size, nodes);
            if (!root || *root != view->start.root)
                complain("journal", "starts from another tree");
        }
    }

    void check_history(std::uint64_t signed_size)
    {
        CheckpointHistory history(path("history"));
        auto check = [&](std::uint64_t stated, std::uint64_t offset) -> Status {
            ALBS_TRY(std::string note, history.read(offset));
            check_note("history", note, stated);
            return {};
        };
        // Of a log that is being written, the end is not there yet: it is what it was at the start that has to be
        // whole.
        std::error_code error;
        std::uint64_t size_before = std::filesystem::file_size(path("history"), error);
        if (error && !sys::exists(path("history"))) {
            if (signed_size > 0) // the first commit makes it
                found.missing.push_back(".state/history: is not there");
            return;
        }
        if (error)
            return complain("history", "is no regular file");
        Status scanned = history.scan(0, check);
        if (scanned && history.end() < size_before) { // or a record that is being written
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            scanned = history.scan(history.end(), check);
        }
        if (!scanned)
            return complain("history", scanned.error().message);
        if (std::uint64_t end = history.end(); end < size_before)
            complain("history", format_text("{} at byte {}",
                                            size_before - end > 4096 ? "damaged" : "its last record is cut", end));
    }

    void run()
    {
        // Who may not look into it, and who has a copy of the public files, has nothing to say here. Logs of others may
        // have a directory of that name, too.
        if (::access((directory + "/.state").c_str(), R_OK | X_OK) != 0 || !sys::exists(directory + "/log.json"))
            return;
        for (const char* name : {"signed", "journal", "log.key", "statement.key"})
            if (!sys::exists(path(name)))
                found.missing.push_back(std::string(".state/") + name + ": is not there");
        if (!found.missing.empty())
            return;
        std::uint64_t signed_size = size;
        Result<std::string> note = read_log_file(path("signed"), max_resource_bytes("checkpoint"));
        if (!note) {
            complain("signed", note.error().message);
        } else {
            check_note("signed", *note);
            Result<Note> parsed = Note::parse(*note);
            Result<Checkpoint> checkpoint = parsed.and_then(
                [](const auto& value) -> tl::expected<Checkpoint, Error> { return Checkpoint::parse(value.text); });
            signed_size = checkpoint ? checkpoint->size : size;
        }
        check_keys();
        check_journal(signed_size);
        check_history(signed_size);
    }
};

} // namespace

StateAudit audit_state(const std::string& directory, const Policy& policy, std::uint64_t size, const NodeSource& nodes)
{
    StateAuditor auditor{.directory = directory, .policy = policy, .size = size, .nodes = nodes, .found = {}};
    auditor.run();
    return std::move(auditor.found);
}

} // namespace albs
