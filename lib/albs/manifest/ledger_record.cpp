// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/ledger_record.hpp"

#include "albs/manifest/members.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"

namespace albs {
template <>
constexpr auto list_of<StatementKey> = MemberList{
    "statement_key",
    member("id", &StatementKey::id),
    member("key", &StatementKey::key),
};

template <>
constexpr auto list_of<NodeRun> = MemberList{
    "node_run",
    member("level", &NodeRun::level, form::size),
    member("index", &NodeRun::index, form::size),
    member("hashes", &NodeRun::hashes),
};

template <>
constexpr auto list_of<LedgerRecord> = MemberList{
    "ledger",
    member("id", &LedgerRecord::id),
    member("profile", &LedgerRecord::profile, form::one_of("rekor", "sigsum", "raw")),
    member("statement_keys", &LedgerRecord::statement_keys),
    member("nodes", &LedgerRecord::nodes),
};

template struct RecordType<LedgerRecord>;

std::string statement_key_id(std::span<const std::uint8_t> spki)
{
    return sha256(spki).hex().substr(0, 12);
}

std::string node_name(NodeId id)
{
    return format_text("{}/{}", id.level, id.index);
}

} // namespace albs
