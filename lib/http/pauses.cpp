// SPDX-License-Identifier: GPL-3.0-or-later
// How long a transfer waits before it is tried again.
#include <algorithm>
#include <chrono>
#include <thread>

#include "base/format.hpp"
#include "http/attempt.hpp"

namespace albs::http {

Status Pauses::before_retry(int done, const End& end)
{
    std::int64_t wait = std::int64_t{500} << std::min(done - 1, 6);
    if (std::int64_t asked = end.head.retry_after; asked >= 0 && limit_ms_ > 0) {
        if (asked > left_ms_ / 1000)
            return fail(Kind::temporary,
                        format_text("{}; the server wants no other request for {} s", end.problem, asked));
        wait = asked * 1000;
        left_ms_ -= wait;
    } else if (asked >= 0) {
        wait = std::min<std::int64_t>(asked, 60) * 1000;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(wait));
    return {};
}

} // namespace albs::http
