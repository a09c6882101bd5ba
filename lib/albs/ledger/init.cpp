// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "albs/ledger/state.hpp"
#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

namespace albs {
namespace {

// Their locks and fsync depend on another machine.
bool is_network_file_system(const std::string& path)
{
    struct statfs status {};
    if (::statfs(path.c_str(), &status) != 0)
        return false;
    switch (static_cast<std::uint32_t>(status.f_type)) {
    case 0x6969:     // NFS
    case 0x517b:     // SMB
    case 0xff534d42: // CIFS
    case 0xfe534d42: // SMB2
    case 0x65735546: // FUSE
        return true;
    default: return false;
    }
}

// A log's name is its own for ever: who knows one of that name would take the new one for the old one, cut.
Status check_name(const std::string& origin, const std::string& remember)
{
    ALBS_TRY(CheckpointMemory memory, CheckpointMemory::at(remember));
    ALBS_TRY(std::optional<RememberedCheckpoint> known, memory.read(origin, {}));
    if (!known || known->checkpoint.size == 0)
        return {};
    return fail(
        Kind::usage,
        format_text("a log named '{}' with {} entries is remembered on this machine", origin, known->checkpoint.size),
        format_text("give the new one another --origin; if the old one is gone and nobody has proofs of it, "
                    "remove '{}'",
                    memory.file(origin)));
}

} // namespace

std::string state_path(const std::string& directory, std::string_view name)
{
    return directory + "/.state/" + std::string(name);
}

Status Ledger::check_place(const std::string& directory, bool any_file_system)
{
    std::error_code code;
    if (sys::exists(directory) && !std::filesystem::is_empty(directory, code))
        return fail(Kind::usage, "'" + directory + "' is there already and not empty",
                    "a ledger is made once; name another directory with --ledger");
    std::string parent = sys::directory_name(directory);
    ALBS_CHECK(sys::make_directories(parent));
    if (!any_file_system && is_network_file_system(parent))
        return fail(Kind::environment, "'" + parent + "' is on a network file system, where locks cannot be relied on",
                    "keep the ledger on a local disk, or take the risk with --any-file-system");
    return {};
}

Result<std::string> make_state(const std::string& directory, const LogSettings& settings, const Checkpoint& checkpoint,
                               const LedgerKey& log, const LedgerKey& statement)
{
    ALBS_TRY(NoteSignature signature, sign_note(checkpoint.text(), settings.origin, log.key));
    std::string note = Note{.text = checkpoint.text(), .signatures = {signature}}.bytes();
    ALBS_CHECK(sys::make_directories(directory + "/.state"));
    if (::chmod((directory + "/.state").c_str(), 0700) != 0)
        return sys::system_error("cannot set the mode of", directory + "/.state");
    ALBS_CHECK(sys::write_file(state_path(directory, "log.key"), log.file, 0600));
    ALBS_CHECK(sys::write_file(state_path(directory, "statement.key"), statement.file, 0600));
    ALBS_CHECK(sys::write_file(state_path(directory, "signed"), note));
    CheckpointHistory history(state_path(directory, "history"));
    if (checkpoint.size > 0)
        ALBS_CHECK(history.append(checkpoint.size, note));
    // It starts from what is on disk.
    ALBS_CHECK(Journal::create(state_path(directory, "journal"),
                               {.size = checkpoint.size, .root = checkpoint.root, .boot = boot_id()}));
    ALBS_CHECK(sys::write_file(directory + "/log.json", settings.text()));
    ALBS_CHECK(sys::write_file(directory + "/log.vkey", vkey_file(settings, false)));
    return note;
}

Status Ledger::init(const std::string& directory, const NewLedger& options)
{
    ALBS_CHECK(check_place(directory, options.any_file_system));
    const NewKeys& wanted = options.keys;
    ALBS_TRY(LedgerKey log, ledger_key(wanted.log, KeyType::ed25519, wanted.passphrase, options.ask));
    ALBS_TRY(LedgerKey statement,
             ledger_key(wanted.statement, statement_key_type(options.profile), wanted.passphrase, options.ask));
    const PublicKey& log_key = log.key.public_key();
    LogSettings settings{.origin = options.origin,
                         .profile = options.profile,
                         .created = options.created,
                         .vkeys = {},
                         .statement_keys = {to_base64(statement.key.public_key().spki())}};
    if (options.profile == Profile::sigsum)
        settings.origin = sigsum_origin(log_key);
    ALBS_CHECK(check_name(settings.origin, options.remember));
    ALBS_TRY(Vkey vkey, Vkey::make(settings.origin, NoteKeyType::ed25519, log_key));
    settings.vkeys.push_back(vkey.text());
    Checkpoint empty{.origin = settings.origin, .size = 0, .root = empty_root()};

    // Everything or nothing: the log is made beside its place and renamed into it. What KILL leaves, keys too, the next
    // run removes.
    ALBS_TRY(auto place, sys::TemporaryDirectory::make("ledger", sys::directory_name(directory)));
    std::string making = place.path() + "/log";
    ALBS_TRY(std::string note, make_state(making, settings, empty, log, statement));
    ALBS_CHECK(sys::write_file(making + "/checkpoint", note));
    if (::rename(making.c_str(), directory.c_str()) != 0)
        return sys::system_error("cannot make", directory);
    return sys::sync_directory(sys::directory_name(directory));
}

} // namespace albs
