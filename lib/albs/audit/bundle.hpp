// SPDX-License-Identifier: GPL-3.0-or-later
// The part of an audit that needs nothing but 256 entries and their statements, so that many can be done at a time.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "albs/log/tile.hpp"
#include "albs/statement/status_list.hpp"
#include "base/digest.hpp"

namespace albs {

/// What a list of statuses is made of, and compared with.
struct AuditedFacts {
    std::uint64_t index = 0;
    StatusFacts facts = {};
    std::optional<StatusList> list = {};
    std::string signer = {};
};

struct AuditedBundle {
    std::uint64_t number = 0;
    std::uint64_t width = 0;
    TilePath path;
    Result<std::string> bytes;
    std::string statements;
    // What check_bundle() finds.
    std::vector<Digest> leaves;
    std::vector<std::optional<Digest>> keys; // of what is recorded: none for a leaf of no profile
    std::uint64_t stated = 0;
    std::vector<std::uint64_t> withheld; // entries
    std::vector<AuditedFacts> facts;     // of the statements that have some
    bool whole = true;
    std::vector<std::string> problems;
};

/// statement_keys: of the log, base64 of DER; empty when it names none.
void check_bundle(AuditedBundle& bundle, const std::vector<std::string>& statement_keys);

} // namespace albs
