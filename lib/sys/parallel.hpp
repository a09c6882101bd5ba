// SPDX-License-Identifier: GPL-3.0-or-later
// The same work on each of many things, over all cores.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <system_error>
#include <thread>
#include <vector>

#include "base/result.hpp"

namespace albs::sys {

/// The number of cores; 1 if nobody knows.
inline std::size_t cores()
{
    // Once: each call reads a file of the kernel's.
    static const std::size_t known = std::max(1U, std::thread::hardware_concurrency());
    return known;
}

/// Calls work(i) for each i < count, each once, on at most jobs threads. Pieces of grain are handed out, and what is no
/// more than one piece is done by the caller alone. Fewer threads than wanted (a limit of the user's, memory) do the
/// same work. work must not throw.
template <class Work> void in_parallel(std::size_t count, std::size_t grain, std::size_t jobs, Work&& work)
{
    std::atomic<std::size_t> next{0};
    auto take = [&] {
        for (std::size_t from = next.fetch_add(grain); from < count; from = next.fetch_add(grain))
            for (std::size_t i = from; i < count && i < from + grain; ++i)
                work(i);
    };
    std::vector<std::jthread> others;
    std::size_t pieces = (count + grain - 1) / grain;
    try {
        for (std::size_t i = 1; i < jobs && i < pieces; ++i)
            others.emplace_back(take);
    } catch (const std::system_error&) {
    }
    take();
}

/// The same, of work that gives a Status. All is done, also behind an error; the first one (by number) is returned.
template <class Work> Status try_in_parallel(std::size_t count, std::size_t grain, std::size_t jobs, Work&& work)
{
    std::vector<Status> results(count);
    in_parallel(count, grain, jobs, [&](std::size_t i) { results[i] = work(i); });
    for (Status& result : results)
        ALBS_CHECK(std::move(result));
    return {};
}

/// Calls both, each once, at the same time where there is another thread to be had. Neither must throw.
template <class First, class Second> void together(First&& first, Second&& second)
{
    std::jthread other;
    try {
        other = std::jthread(std::ref(first));
    } catch (const std::system_error&) {
        first();
    }
    second();
}

/// An exception that left a thread would end the program without a word: it is made an error.
Status guarded(const std::function<Status()>& work);

/// Calls work(0) … work(count-1), each once, on at most jobs threads. The first error (by number) is returned; work not
/// yet begun then is not begun.
Status for_each_parallel(std::size_t count, std::size_t jobs, const std::function<Status(std::size_t)>& work);

} // namespace albs::sys
