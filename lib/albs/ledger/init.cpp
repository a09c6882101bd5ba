// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <sys/vfs.h>
#include <sys/stat.h>

#include "albs/ledger/state.hpp"
#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

// Their locks and fsync depend on another machine.
bool is_network_file_system(const std::string& path)
{
    struct statfs status{};
    if (::statfs(path.c_str(), &status) != 0)
        return false;
    switch (static_cast<std::uint32_t>(status.f_type)) {
    case 0x6969:     // NFS
    case 0x517b:     // SMB
    case 0xff534d42: // CIFS
    case 0xfe534d42: // SMB2
    case 0x65735546: // FUSE
        return true;
    default:
        return false;
    }
}

Status check_place(const std::string& directory, const NewLedger& options)
{
    std::error_code code;
    if (sys::exists(directory) && !std::filesystem::is_empty(directory, code))
        return fail(Kind::usage, "'" + directory + "' is there already and not empty",
                    "a ledger is made once; name another directory with --ledger");
    std::string parent = sys::directory_name(directory);
    ALBS_CHECK(sys::make_directories(parent));
    if (!options.any_file_system && is_network_file_system(parent))
        return fail(Kind::environment, "'" + parent + "' is on a network file system, where locks cannot be relied on",
                    "keep the ledger on a local disk, or take the risk with --any-file-system");
    return {};
}

// A log's name is its own for ever: who knows one of that name would take the new one for the old one, cut.
Status check_name(const std::string& origin, const std::string& remember)
{
    ALBS_TRY(CheckpointMemory memory, CheckpointMemory::at(remember));
    ALBS_TRY(std::optional<RememberedCheckpoint> known, memory.read(origin, {}));
    if (!known || known->checkpoint.size == 0)
        return {};
    return fail(Kind::usage,
                format_text("a log named '{}' with {} entries is remembered on this machine", origin,
                            known->checkpoint.size),
                format_text("give the new one another --origin; if the old one is gone and nobody has proofs of it, "
                            "remove '{}'",
                            memory.file(origin)));
}

} // namespace

std::string state_path(const std::string& directory, std::string_view name)
{
    return directory + "/.state/" + std::string(name);
}

Status Ledger::init(const std::string& directory, const NewLedger& options)
{
    ALBS_CHECK(check_place(directory, options));
    const NewKeys& wanted = options.keys;
    ALBS_TRY(LedgerKey log, ledger_key(wanted.log, KeyType::ed25519, wanted.passphrase, options.ask));
    ALBS_TRY(LedgerKey statement, ledger_key(wanted.statement, statement_key_type(options.profile), wanted.passphrase,
                                             options.ask));
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
    ALBS_TRY(NoteSignature signature, sign_note(empty.text(), settings.origin, log.key));
    std::string note = Note{.text = empty.text(), .signatures = {signature}}.bytes();

    // Everything or nothing: the log is made beside its place and renamed into it.
    std::string making = directory + ".new-" + std::to_string(::getpid());
    auto make = [&]() -> Status {
        ALBS_CHECK(sys::make_directories(making + "/.state"));
        if (::chmod((making + "/.state").c_str(), 0700) != 0)
            return sys::system_error("cannot set the mode of", making + "/.state");
        ALBS_CHECK(sys::write_file(state_path(making, "log.key"), log.file, 0600));
        ALBS_CHECK(sys::write_file(state_path(making, "statement.key"), statement.file, 0600));
        ALBS_CHECK(sys::write_file(state_path(making, "signed"), note));
        ALBS_CHECK(Journal::create(state_path(making, "journal"),
                                   {.size = 0, .root = empty_root(), .boot = boot_id()}));
        ALBS_CHECK(sys::write_file(making + "/log.json", settings.text()));
        ALBS_CHECK(sys::write_file(making + "/log.vkey", vkey.text() + "\n"));
        ALBS_CHECK(sys::write_file(making + "/checkpoint", note));
        if (::rename(making.c_str(), directory.c_str()) != 0)
            return sys::system_error("cannot make", directory);
        return sys::sync_directory(sys::directory_name(directory));
    };
    Status made = make();
    if (!made)
        (void)sys::remove_tree(making);
    return made;
}

} // namespace albs
