// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include "sys/module.hpp"

namespace albs::sys {

Status for_each_parallel(std::size_t count, std::size_t jobs, const std::function<Status(std::size_t)>& work)
{
    std::atomic<std::size_t> next{0};
    std::atomic<bool> failed{false};
    std::mutex mutex;
    std::optional<Error> first;
    std::size_t first_at = count;
    auto loop = [&] {
        for (std::size_t at = next++; at < count && !failed; at = next++) {
            Status done;
            // An exception that left a thread would end the program without a word.
            try {
                done = work(at);
            } catch (const ModuleError& broken) {
                done = tl::unexpected(error_of(broken));
            } catch (const std::exception& bug) {
                done = fail(Kind::internal, bug.what());
            } catch (...) {
                done = fail(Kind::internal, "an exception of unknown type");
            }
            if (done)
                continue;
            std::lock_guard guard(mutex);
            failed = true;
            if (at < first_at) {
                first_at = at;
                first = std::move(done).error();
            }
        }
    };
    std::vector<std::thread> threads;
    // Fewer threads than wanted (a limit of the user's, memory) do the same work.
    try {
        for (std::size_t i = 1; i < std::min(std::max<std::size_t>(jobs, 1), count); ++i)
            threads.emplace_back(loop);
    } catch (const std::system_error&) {
    }
    loop();
    for (std::thread& thread : threads)
        thread.join();
    if (first)
        return tl::unexpected(std::move(*first));
    return {};
}

} // namespace albs::sys
