// SPDX-License-Identifier: GPL-3.0-or-later
// What two manifests say of one log is united: nodes of its tree, keys, and the checkpoints that an entry is proved to.
#pragma once
#include <optional>

#include "albs/json/value.hpp"
#include "albs/manifest/form_record.hpp"
#include "albs/manifest/table.hpp"
#include "albs/manifest/tree_nodes.hpp"
#include "base/result.hpp"

namespace albs {

/// Brings a member of another notarization with this id into KNOWN: names of checkpoints, and what KNOWN has in the
/// other form only. Says whether that is news; nullopt: it must be the same in both. Nothing is verified here.
std::optional<bool> unite_notarization(Json& known, const Json::Member& member);
/// Two notarizations of one entry may have its statement besides different forms, or one of them as a whole: then ADDED
/// gets it as KNOWN has it. Where KNOWN lacks its form, it gets that of ADDED, and the result is true. Kind::trust when
/// they are two statements.
Result<bool> unite_statements(Json& known, Json& added, const Table<FormRecord>& forms);
/// The statement of a notarization; null when it has none, or the form is not there.
Json whole_statement(const Json& own, std::optional<std::string_view> form, const Table<FormRecord>& forms);
/// The same for the record of a log: its nodes and its keys. NODES are those of KNOWN, as the call before left them.
/// Kind::trust, with the node, when one has two hashes.
Result<std::optional<bool>> unite_ledger(Json& known, const Json::Member& member, KnownNodes& nodes);

} // namespace albs
