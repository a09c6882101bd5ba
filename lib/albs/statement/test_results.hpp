// SPDX-License-Identifier: GPL-3.0-or-later
// Which results count of tests that were done again. Clocks are wrong, SOURCE_DATE_EPOCH stops them, and machines record
// in another order than they test. So a failure counts until a result that is later in both ways: it was recorded behind
// it, and it was done later, by the times that the statements name. Where the failure names no time, or neither does,
// the order of the log alone decides. Between two logs there is no order.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "albs/statement/test_run.hpp"
#include "albs/statement/voucher.hpp"

namespace albs {

/// A statement about tests of a file, at its place in a log.
struct TestStatement {
    std::string log;
    std::uint64_t index = 0;
    std::vector<StatedCheck> checks;
    Voucher voucher;
};

struct FailedTest {
    std::string check; ///< "TASK/NAME"
    std::string entry; ///< "ORIGIN#INDEX"
};
/// The checks that failed, by statements about one file, and that no later result says passed; each once.
std::vector<FailedTest> failed_tests(const std::vector<TestStatement>& statements);

/// The statements that vouch for the file: they say that a check passed in which it was tried out, and none that failed.
/// None does if there are failed_tests().
std::vector<Voucher> passed_tests(std::vector<TestStatement> statements);

/// Whether a run that tells what an earlier statement does, at other times, has to be recorded all the same: a statement
/// of the log that the earlier one does not come after tells another result of one of its checks, and this run comes
/// after that, or it is a failure. The run would be the log's next entry. Never of a check without a time, of which
/// nobody knows whether it was done since.
bool is_news(const std::vector<StatedCheck>& run, const TestStatement& earlier,
             const std::vector<TestStatement>& recorded);

} // namespace albs
