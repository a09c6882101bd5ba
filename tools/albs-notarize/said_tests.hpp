// SPDX-License-Identifier: GPL-3.0-or-later
// Tests that were done again with the result of before: said once, unless another result was recorded in between.
#pragma once
#include <vector>

#include "albs/ledger/ledger.hpp"
#include "albs/statement/draft.hpp"
#include "base/result.hpp"

namespace albs::notarize {

/// Puts the log's own statement in the place of a draft about tests that says the same but for the times, unless it
/// is_news(). Errors are the ledger's.
Status say_tests_once(Ledger& ledger, std::vector<Draft>& drafts);

} // namespace albs::notarize
