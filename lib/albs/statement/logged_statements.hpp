// SPDX-License-Identifier: GPL-3.0-or-later
// The statements of a log as they lie beside its entries: what a look through a whole log reads.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "albs/crypto/dsse.hpp"
#include "albs/log/view.hpp"
#include "base/result.hpp"

namespace albs {

/// Up to 256 entries, and beside each the line of its statement; empty when that is withheld.
struct StatementBundle {
    std::vector<std::string> lines;
    std::vector<std::string> entries;               ///< empty when all statements are withheld
    std::vector<std::optional<Envelope>> envelopes; ///< of the lines; null where one is withheld
};
/// Each entry names its statement (check_leaf_names()), or a statement about something else would hide the one that
/// stood there. Kind::input from the log for "not there" is all withheld; Kind::trust for a statement that cannot be
/// read or is not its entry's; other errors are the log's.
Result<StatementBundle> read_statements(LogView& log, std::uint64_t number);

/// The envelope in a line of the attestations.
Result<Envelope> read_envelope_line(const std::string& line);

struct LoggedStatement {
    std::uint64_t index = 0;
    const std::string& line; ///< the envelope in JSON
    const std::string& entry;
    const Envelope& envelope;
};
/// The same for who looks for something: what cannot be read is Kind::trust, as it is not "nothing found".
Result<StatementBundle> look_through(LogView& log, std::uint64_t number);
/// An error of such a look, about that bundle.
tl::unexpected<Error> unreadable(Error error, std::uint64_t number);
/// The statement at that place of bundle NUMBER; nothing when it is withheld. The bundle must outlive it.
std::optional<LoggedStatement> statement_in(const StatementBundle& bundle, std::uint64_t number, std::size_t at);
/// Calls VISIT for each statement of the bundle from entry FROM on, and counts those that are withheld. Errors are
/// unreadable().
Status visit_bundle(const StatementBundle& bundle, std::uint64_t number, std::uint64_t from,
                    const std::function<Status(const LoggedStatement&)>& visit, std::uint64_t& withheld);
/// Calls VISIT for each statement that the log shows, in its order, and returns how many are withheld. That its
/// signature holds is for VISIT to check. Errors are those of read_statements().
Result<std::uint64_t> for_each_statement(LogView& log, const std::function<Status(const LoggedStatement&)>& visit);

} // namespace albs
