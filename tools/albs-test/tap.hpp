// SPDX-License-Identifier: GPL-3.0-or-later
// The Test Anything Protocol (versions 12 to 14): what a test program's output says about it.
#pragma once
#include <string>

namespace albs::test {

struct TapVerdict {
    bool is_tap = false; ///< there was a plan or a version line; otherwise the exit status is all there is
    std::string status;  ///< "pass", "fail", "skip"
    std::string reason;  ///< for fail and skip
};

/// Fail, if a test is not ok (unless it is marked TODO or SKIP), if fewer or more tests came than were planned, if
/// there is no plan or it is 1..0 without a reason, or on "Bail out!". Skip, if all were skipped. Subtests are not
/// looked at.
TapVerdict judge_tap(const std::string& output);

} // namespace albs::test
