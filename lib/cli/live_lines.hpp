// SPDX-License-Identifier: GPL-3.0-or-later
// What goes on, drawn anew every second below all messages: a line for each thing that is being done.
#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cli/message.hpp"

namespace albs::cli {

class LiveLines {
public:
    /// Asked every second, by a thread of its own, as long as the object lives; at most room lines. Never asked where
    /// nothing is drawn.
    using Source = std::function<std::vector<std::string>(std::size_t room)>;
    LiveLines(Messages& messages, Source source);
    LiveLines(const LiveLines&) = delete;
    LiveLines& operator=(const LiveLines&) = delete;
    ~LiveLines();

private:
    void draw_until_the_end();
    Messages& messages_;
    Source source_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_over_ = false;
    std::thread drawer_;
};

} // namespace albs::cli
