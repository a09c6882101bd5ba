// SPDX-License-Identifier: GPL-3.0-or-later
// Which results count of checks that were done again: of each the last that is no skip. By the times when the tests were
// done, where both statements name one; else by their order in the log. Of two that were done in the same second one
// that failed counts.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "albs/statement/test_run.hpp"
#include "albs/statement/voucher.hpp"

namespace albs {

/// A statement about tests of a file, at its place in a log. The voucher's time is when they were done; empty in
/// statements of before.
struct TestStatement {
    std::string log;
    std::uint64_t index = 0;
    std::vector<StatedCheck> checks;
    Voucher voucher;
};

/// The last results that statements about one file tell, for each log by itself.
class LastResults {
public:
    explicit LastResults(std::vector<TestStatement> statements);
    struct Failure {
        std::string check; ///< "TASK/NAME"
        std::string entry; ///< "ORIGIN#INDEX"
    };
    /// The checks whose last result in one of the logs is a failure.
    std::vector<Failure> failures() const;
    /// A run at that time tells a result that is not the log's last one and counts more. Never of a run without a time,
    /// of which nobody knows whether it is new.
    bool is_news(const std::string& log, const std::vector<StatedCheck>& run, const std::string& time) const;

private:
    struct Result {
        std::string status;
        std::string time;
        std::string entry; ///< "ORIGIN#INDEX"
    };
    static bool counts_more(const std::string& status, const std::string& time, const Result& known);
    std::map<std::pair<std::string, std::string>, Result> last_; ///< by log and check
};

/// The statements that vouch for the file: they say that a check passed, and none that failed. None does if the last
/// result of a check is a failure.
std::vector<Voucher> passed_tests(std::vector<TestStatement> statements);

} // namespace albs
