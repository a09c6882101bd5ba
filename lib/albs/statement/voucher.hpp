// SPDX-License-Identifier: GPL-3.0-or-later
// Which statements vouch for the bytes of a file: those that say where it comes from. That a test failed, or that an
// advisory names it, says nothing of that.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/statement/test_run.hpp"

namespace albs {

/// What a statement says for a file, and who said it when.
struct Voucher {
    std::string kind;   ///< "source", "srpm", "build", "signature", "release", "file"; "test": a passed one
    std::string entry;  ///< "ORIGIN#INDEX"
    std::string signer; ///< SHA-256 of the statement key's SPKI, in hex
    std::string time;   ///< that the statement names, RFC 3339; empty: none
    /// "build log.example.org#5 SIGNER TIME"
    std::string text() const;
};

/// The kind of record that the statement binds; "commit" for one of albs-notarize commits, "status" for a change of
/// status, "statuses" for a list of these; empty for a statement of others.
std::string statement_kind(const Json& statement);
/// The time that the statement names: when the build finished, the signature was made, the release was published.
/// Empty: none.
std::string statement_time(const Json& statement);
/// Statements of that kind vouch for the files that they are about.
bool vouches(std::string_view kind);
/// A statement about tests of a file, at its place in a log.
struct TestStatement {
    std::string log;
    std::uint64_t index = 0;
    std::vector<StatedCheck> checks;
    Voucher voucher;
};
/// Those that vouch for the file: they say that a check passed, and none that failed. A check may be done again, and
/// the last of its results in a log that is no skip counts: if one of these is a failure, none of the statements
/// vouches.
std::vector<Voucher> passed_tests(std::vector<TestStatement> statements);

} // namespace albs
