// SPDX-License-Identifier: GPL-3.0-or-later
// The statements of a log as they lie beside its entries: what a look through a whole log reads.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "albs/crypto/dsse.hpp"
#include "albs/log/view.hpp"
#include "base/result.hpp"

namespace albs {

/// Up to 256 entries, and beside each the line of its statement; empty when that is withheld.
struct StatementBundle {
    std::vector<std::string> lines;
    std::vector<std::string> entries; ///< empty when all statements are withheld
};
/// Kind::input from the log for "not there" is all withheld; other errors are the log's.
Result<StatementBundle> read_statements(LogView& log, std::uint64_t number);

/// The envelope in a line of the attestations.
Result<Envelope> read_envelope_line(const std::string& line);

struct LoggedStatement {
    std::uint64_t index = 0;
    const std::string& line; ///< the envelope in JSON
    const std::string& entry;
    const Envelope& envelope;
};
/// Calls VISIT for each statement that the log shows, in its order, and returns how many are withheld. The entry names
/// the statement (check_leaf_names()), or a statement about something else would hide the one that stood there; that
/// its signature holds is for VISIT to check. Kind::trust for a statement that cannot be read or is not its entry's.
Result<std::uint64_t> for_each_statement(LogView& log, const std::function<Status(const LoggedStatement&)>& visit);

} // namespace albs
