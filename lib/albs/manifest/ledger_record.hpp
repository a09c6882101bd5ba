// SPDX-License-Identifier: GPL-3.0-or-later
// What the notarizations in one log have in common.
#pragma once
#include "albs/log/merkle.hpp"
#include "albs/manifest/record.hpp"

namespace albs {

/// A key that signs statements.
struct StatementKey {
    JsonText id;  ///< the first 12 hex digits of the SHA-256 of the key
    JsonText key; ///< base64 of the SPKI (DER)
};

/// Hashes of complete subtrees that are neighbours.
struct NodeRun {
    std::int64_t level = 0; ///< the first is that of leaves [index * 2^level, (index + 1) * 2^level)
    std::int64_t index = 0;
    std::vector<JsonText> hashes; ///< base64, at least one
};

/// A complete subtree never changes, so its hash serves the proofs up to every later checkpoint.
struct LedgerRecord {
    static constexpr std::string_view table = "ledgers";
    JsonText id;      ///< the log's origin
    JsonText profile; ///< "rekor", "sigsum" or "raw": how an entry is made of a signed statement
    std::vector<StatementKey> statement_keys;
    std::vector<NodeRun> nodes; ///< a node whose two children are here need not be
};

/// By its SPKI.
std::string statement_key_id(std::span<const std::uint8_t> spki);
/// What names a node in messages: "LEVEL/INDEX".
std::string node_name(NodeId id);

} // namespace albs
