// SPDX-License-Identifier: GPL-3.0-or-later
// What rebuilders say of a file, and which of it counts. Of several statements of one rebuilder in one log, one that
// the file did not come out the same counts until a statement behind it says the opposite, of a run that was done
// later, as with tests (test_results.hpp). Between two logs there is no order. So each rebuilder has one voice, however
// many statements and logs it has.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/log/rebuilders.hpp"

namespace albs {

constexpr std::string_view reproduction_kind = "reproduction";

/// A statement of that kind, at its place in a log.
struct RebuildStatement {
    std::string log;
    std::uint64_t index = 0;
    std::string signer;                ///< SHA-256 of the statement key's SPKI, in hex
    std::string verdict;               ///< as Reproduction has it
    std::string time;                  ///< when it was done, RFC 3339
    std::vector<std::string> subjects; ///< digests of the files that it is about
    std::string unaccepted = {};       ///< why it is no evidence that a file was reproduced; it is heard against it
};
/// Its log, place and signer are left empty. Nothing when it is a statement of another kind. One that calls a file
/// identical to another one says "differs".
std::optional<RebuildStatement> rebuild_statement(const Json& statement);

/// Whether a verdict counts, where that is the weakest which does.
bool counts_as_reproduced(std::string_view verdict, std::string_view weakest);

/// What one rebuilder says of one file.
struct RebuilderResult {
    enum class Answer {
        reproduced, ///< it counts
        differs,    ///< its verdict does not count
        withdrawn,  ///< its log says that the file is revoked or superseded
        absent,     ///< it has said nothing that is known
    };
    std::string name; ///< of the rebuilder
    Answer answer = Answer::absent;
    std::optional<RebuildStatement> by; ///< the statement that decides
    std::string unaccepted;             ///< of one that says nothing: why its statement does not count
};

/// One for each rebuilder, in the order of the policy. STATEMENTS may be about other files, and of other signers.
/// IS_WITHDRAWN: whether the last change of status in the log of a statement takes back what it says.
std::vector<RebuilderResult> results_of(const Rebuilders& rebuilders, const std::string& sha256,
                                        const std::vector<RebuildStatement>& statements,
                                        const std::function<bool(const RebuildStatement&)>& is_withdrawn);
/// How many of them have reproduced it.
std::size_t reproduced_by(const std::vector<RebuilderResult>& results);

} // namespace albs
