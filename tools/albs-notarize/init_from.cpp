// SPDX-License-Identifier: GPL-3.0-or-later
#include "init_from.hpp"

#include <algorithm>
#include <cstdio>
#include <sys/stat.h>

#include "albs/audit/audit.hpp"
#include "albs/ledger/ledger.hpp"
#include "albs/log/remembered.hpp"
#include "base/format.hpp"
#include "log_location.hpp"
#include "passphrases.hpp"
#include "sys/file.hpp"
#include "sys/replace_file.hpp"
#include "sys/temporary.hpp"

namespace albs::notarize {
namespace {

Status check_options(const InitOptions& options)
{
    if (!options.origin.empty() || options.profile != "rekor")
        return fail(Kind::usage,
                    "--from takes name and profile from the log; --origin and --profile are for a new one");
    if (options.keys.key.empty())
        return fail(Kind::usage, "--from needs the key of the log",
                    "give it with --key: a new one would be another log");
    return {};
}

// The name is only believed once the key has signed it.
Result<Policy> policy_of(const LogLocation& place, const std::string& location, const AskPassphrase& ask)
{
    ALBS_TRY(std::string text, place.fetch("checkpoint"));
    ALBS_TRY(Note note, Note::parse(text));
    ALBS_TRY(Checkpoint claimed, Checkpoint::parse(note.text));
    ALBS_TRY(PrivateKey key, open_key(location, KeyType::ed25519, ask));
    ALBS_TRY(Vkey vkey, Vkey::make(claimed.origin, NoteKeyType::ed25519, key.public_key()));
    bool signs = std::any_of(note.signatures.begin(), note.signatures.end(),
                             [&](const NoteSignature& line) { return line.name == vkey.name && line.id == vkey.id(); });
    if (!signs)
        return fail(Kind::input, format_text("'{}' is not a key of the log '{}'", location, claimed.origin),
                    "the checkpoint has no signature by it");
    return Policy::of(vkey);
}

Result<LogSettings> read_settings(const LogLocation& place, const Checkpoint& checkpoint)
{
    ALBS_TRY(std::string text, place.fetch("log.json"));
    Result<LogSettings> settings = LogSettings::parse(text);
    if (!settings)
        return fail(std::move(settings).error(), "'log.json'");
    if (settings->origin != checkpoint.origin)
        return fail(Kind::trust,
                    format_text("log.json is of '{}', the checkpoint of '{}'", settings->origin, checkpoint.origin));
    return settings;
}

tl::unexpected<Error> longer(const std::string& path)
{
    return fail(Kind::trust, format_text("'{}' has entries that the checkpoint does not cover: the log went on", path),
                "find its last checkpoint first; who goes on from an older one contradicts what was signed");
}

// What is beyond the checkpoint was committed, and a checkpoint of it may have been signed.
Status check_end(const LogLocation& place, std::uint64_t size)
{
    std::uint64_t number = size / tile_width;
    for (bool entries : {false, true}) {
        TilePath next{.entries = entries, .number = number};
        Result<std::string> there = place.fetch(next.text());
        if (there)
            return longer(next.text());
        if (there.error().kind != Kind::input)
            return tl::unexpected<Error>(std::move(there).error());
    }
    if (place.remote)
        return {};
    Result<std::vector<std::string>> names = sys::list_tree(place.text + "/tile");
    if (!names)
        return {}; // an empty log has none
    for (const std::string& name : *names) {
        Result<TilePath> path = TilePath::parse("tile/" + name);
        if (path && path->level <= max_tile_level && path->width > tile_width_at(path->level, path->number, size))
            return longer("tile/" + name);
    }
    return {};
}

// All that an audit reads is kept, and nothing that it did not look at.
Result<Audit> audited_copy(const LogLocation& place, const Policy& policy, const std::string& to,
                           cli::Messages& messages)
{
    Status kept;
    Fetch keeping = [&](const std::string& path) -> Result<std::string> {
        Result<std::string> bytes = place.fetch(path);
        if (bytes && kept)
            kept = sys::replace_file(to + "/" + path, *bytes);
        return bytes;
    };
    auto progress = [&](std::uint64_t done, std::uint64_t total) {
        messages.progress("copying", static_cast<std::int64_t>(done), static_cast<std::int64_t>(total), "entries");
    };
    ALBS_TRY(Audit audit, audit_log(keeping, policy, "", progress));
    ALBS_CHECK(std::move(kept));
    for (const std::string& problem : audit.problems)
        messages.warning(problem, place.text);
    if (!audit.problems.empty())
        return fail(Kind::trust, format_text("'{}' has {} inconsistencies", place.text, audit.problems.size()),
                    "the first: " + audit.problems.front());
    for (const std::string& name : audit.missing)
        messages.warning("missing " + name, place.text);
    if (!audit.missing.empty())
        return fail(Kind::input,
                    format_text("'{}' is not whole: {} of its files are missing", place.text, audit.missing.size()),
                    "the first: " + audit.missing.front());
    return audit;
}

Status put_in_place(const std::string& made, const std::string& directory)
{
    if (::chmod(made.c_str(), 0755) != 0)
        return sys::system_error("cannot set the mode of", made);
    ALBS_CHECK(sys::sync_file_system(made));
    if (::rename(made.c_str(), directory.c_str()) != 0)
        return sys::system_error("cannot make", directory);
    return sys::sync_directory(sys::directory_name(directory));
}

} // namespace

Result<cli::Outcome> init_from(const InitOptions& options, cli::Context& context)
{
    ALBS_CHECK(check_options(options));
    ALBS_TRY(std::string directory, sys::absolute_path(ledger_path(options.ledger.ledger, context)));
    ALBS_CHECK(Ledger::check_place(directory, options.any_file_system));
    ALBS_TRY(LogLocation place, log_place(options.from, options.timeout, Copies::none));
    Passphrases passphrases(options.ledger.passphrase_fd);
    ALBS_TRY(Policy policy, policy_of(place, options.keys.key, passphrases.ask()));
    TrustOptions trust;
    trust.remember = options.ledger.remember;
    trust.checkpoint = options.checkpoint;
    ALBS_TRY(CheckpointMemory memory, CheckpointMemory::at(trust.remember));
    ALBS_TRY(LogView view, open_log(trust, policy, place, true));
    const Checkpoint& checkpoint = view.checkpoint;
    ALBS_TRY(std::optional<RememberedCheckpoint> seen, memory.read(checkpoint.origin, policy.keys()));
    ALBS_CHECK(check_end(place, checkpoint.size));
    ALBS_TRY(LogSettings settings, read_settings(place, checkpoint));
    if (!seen && options.checkpoint.empty())
        context.messages.warning(
            "nothing is remembered of it here, and no --checkpoint was given: if this copy is behind "
            "the log, what is recorded from now on contradicts it",
            checkpoint.origin);
    if (context.dry_run()) {
        context.messages.note(format_text("would make a ledger of {} entries in '{}'", checkpoint.size, directory));
        return cli::Outcome{.verdict = cli::Verdict::yes, .document = ""};
    }
    ALBS_CHECK(memory.prepare(checkpoint.origin));
    ALBS_TRY(sys::TemporaryDirectory made, sys::TemporaryDirectory::make("init", sys::directory_name(directory)));
    ALBS_TRY(Audit audit, audited_copy(place, policy, made.path(), context.messages));
    ALBS_TRY(std::string for_new_keys, passphrases.known());
    ALBS_CHECK(
        Ledger::restore(made.path(), settings, checkpoint,
                        {.log = options.keys.key, .statement = options.keys.statement_key, .passphrase = for_new_keys},
                        passphrases.ask()));
    ALBS_CHECK(memory.keep({.checkpoint = checkpoint, .note = view.note}, policy.keys(), true));
    ALBS_CHECK(put_in_place(made.path(), directory));
    if (audit.withheld > 0)
        context.messages.warning(format_text("{} statements are withheld there, and so here", audit.withheld),
                                 checkpoint.origin);
    context.messages.note(
        format_text("made the ledger '{}' of {} entries in '{}'", checkpoint.origin, checkpoint.size, directory));
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = settings.vkeys.front() + "\n"};
}

} // namespace albs::notarize
