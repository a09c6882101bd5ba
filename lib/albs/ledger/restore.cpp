// SPDX-License-Identifier: GPL-3.0-or-later
// A writer for a log of which only the public files are left: the private state beside them is made anew.
#include <algorithm>

#include "albs/ledger/state.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

// In front, as the one that signs from now on; the others stay listed.
void put_first(std::vector<std::string>& list, const std::string& text)
{
    std::erase(list, text);
    list.insert(list.begin(), text);
}

} // namespace

Status Ledger::restore(const std::string& directory, LogSettings settings, const Checkpoint& checkpoint,
                       const NewKeys& keys, const AskPassphrase& ask)
{
    ALBS_TRY(LedgerKey log, ledger_key(keys.log, KeyType::ed25519, keys.passphrase, ask));
    ALBS_TRY(LedgerKey statement,
             ledger_key(keys.statement, statement_key_type(settings.profile), keys.passphrase, ask));
    ALBS_TRY(Vkey vkey, Vkey::make(settings.origin, NoteKeyType::ed25519, log.key.public_key()));
    if (vkey.text() != settings.vkeys.front())
        return fail(Kind::input, format_text("'{}' is not the key that signs for '{}'", keys.log, settings.origin),
                    "that one is " + settings.vkeys.front());
    put_first(settings.statement_keys, to_base64(statement.key.public_key().spki()));
    // Ed25519 gives the bytes that are out already, without the lines of witnesses: the checkpoint there stays.
    ALBS_CHECK(make_state(directory, settings, checkpoint, log, statement));
    return {};
}

} // namespace albs
