// SPDX-License-Identifier: GPL-3.0-or-later
// The same work on each of many things, over all cores.
#pragma once
#include <atomic>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace albs
{

/// Calls work(i) for each i < count, each once; at most as many at a time as there are cores. Pieces of grain are
/// handed out, and what is no more than one piece is done by the caller alone. work must not throw.
template <class Work> void in_parallel(std::size_t count, std::size_t grain, Work&& work)
{
    std::atomic<std::size_t> next{0};
    auto take = [&] {
        for (std::size_t from = next.fetch_add(grain); from < count; from = next.fetch_add(grain))
            for (std::size_t i = from; i < count && i < from + grain; ++i)
                work(i);
    };
    std::vector<std::jthread> others;
    std::size_t pieces = (count + grain - 1) / grain;
    static const std::size_t cores = std::thread::hardware_concurrency();
    try {
        for (std::size_t i = 1; i < cores && i < pieces; ++i)
            others.emplace_back(take);
    } catch (const std::system_error&) { // no more threads: the caller does what is left
    }
    take();
}

} // namespace albs
