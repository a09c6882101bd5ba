// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence about a file from the log itself, where neither a manifest nor a proof beside it knows the file.
#pragma once
#include <string>

#include "albs/evidence/evidence.hpp"
#include "albs/evidence/survey.hpp"
#include "albs/log/policy.hpp"
#include "log_search.hpp"

namespace albs::notarize {

/// What the log says of the digest, apart from changes of status: verified when a statement of a kind that vouches is
/// there. Statements about the file that it was signed from vouch for it besides; a release that was withdrawn does
/// not, nor do tests of which one failed, by the log or by TESTS, which are known from elsewhere. Statements that do not
/// vouch are named in the reason. SURVEY is of all of the log.
Result<Evidence> evidence_in_log(VoucherReader& log, const Survey& survey, const std::string& sha256,
                                 const Policy& policy, const std::vector<TestStatement>& tests);

} // namespace albs::notarize
