// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/live_lines.hpp"

#include <chrono>
#include <system_error>

#include "sys/shown_lines.hpp"

namespace albs::cli {

LiveLines::LiveLines(Messages& messages, Source source) : messages_(messages), source_(std::move(source))
{
    if (!messages_.draws())
        return;
    try {
        drawer_ = std::thread([this] { draw_until_the_end(); });
    } catch (const std::system_error&) {
        // Work goes on without a thread to tell of it.
    }
}

LiveLines::~LiveLines()
{
    {
        std::lock_guard guard(mutex_);
        is_over_ = true;
    }
    changed_.notify_all();
    if (drawer_.joinable())
        drawer_.join();
    messages_.show({});
}

void LiveLines::draw_until_the_end()
{
    std::unique_lock guard(mutex_);
    // Nothing for what takes under a second.
    while (!changed_.wait_for(guard, std::chrono::seconds(1), [this] { return is_over_; }))
        messages_.show(source_(sys::room_for_lines()));
}

} // namespace albs::cli
