// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/parallel.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <optional>

#include "sys/module.hpp"

namespace albs::sys {

Status guarded(const std::function<Status()>& work)
{
    try {
        return work();
    } catch (const ModuleError& broken) {
        return tl::unexpected(error_of(broken));
    } catch (const std::exception& bug) {
        return fail(Kind::internal, bug.what());
    } catch (...) {
        return fail(Kind::internal, "an exception of unknown type");
    }
}

Status for_each_parallel(std::size_t count, std::size_t jobs, const std::function<Status(std::size_t)>& work)
{
    std::atomic<bool> failed{false};
    std::mutex mutex;
    std::optional<Error> first;
    std::size_t first_at = count;
    in_parallel(count, 1, jobs, [&](std::size_t at) {
        if (failed)
            return;
        Status done = guarded([&] { return work(at); });
        if (done)
            return;
        std::lock_guard guard(mutex);
        failed = true;
        if (at < first_at) {
            first_at = at;
            first = std::move(done).error();
        }
    });
    if (first)
        return tl::unexpected(std::move(*first));
    return {};
}

} // namespace albs::sys
