// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_view.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/length_of_time.hpp"
#include "base/time.hpp"
#include "rpm/build_log.hpp"

namespace albs::build {
namespace {

constexpr std::size_t most_at_once = std::size_t{4} << 20; ///< bytes of a log that are looked at each second

} // namespace

RunView::RunView(cli::Messages& messages, std::size_t jobs)
    : messages_(messages), begun_ms_(monotonic_ms()), live_(messages, [this](std::size_t room) { return lines(room); })
{
    std::lock_guard guard(mutex_);
    state_.jobs = jobs;
}

RunView::Shown RunView::show(const std::string& id, const std::string& phase, std::optional<std::int64_t> took_ms)
{
    std::lock_guard guard(mutex_);
    state_.running[id] = {.phase = phase, .since_ms = monotonic_ms(), .took_ms = took_ms};
    return {*this, id};
}

void RunView::hide(const std::string& id)
{
    std::lock_guard guard(mutex_);
    if (auto task = state_.running.find(id); task != state_.running.end()) {
        if (task->second.began_ms)
            state_.taken_ms.push_back(monotonic_ms() - *task->second.began_ms);
        state_.running.erase(task);
    }
    logs_.erase(id);
}

void RunView::begin(const std::string& id)
{
    std::string words = "building";
    {
        std::lock_guard guard(mutex_);
        made_.insert(id);
        if (auto task = state_.running.find(id); task != state_.running.end()) {
            task->second.began_ms = monotonic_ms();
            if (task->second.took_ms)
                words += format_text(", which took {} the last time", told_length(*task->second.took_ms));
        }
    }
    if (!messages_.draws())
        messages_.note(words, id);
}

void RunView::phase(const std::string& id, const std::string& phase)
{
    std::lock_guard guard(mutex_);
    if (auto task = state_.running.find(id); task != state_.running.end())
        task->second.phase = phase;
}

void RunView::follow(const std::string& id, const std::string& log_file)
{
    if (!messages_.draws())
        return;
    auto file = sys::GrowingFile::open(log_file);
    if (!file)
        return; // the phase stays as it is
    std::lock_guard guard(mutex_);
    logs_.insert_or_assign(id, Log{*std::move(file)});
}

void RunView::expect(std::vector<ExpectedTask> tasks)
{
    std::lock_guard guard(mutex_);
    state_.expected = std::move(tasks);
}

void RunView::wait_for(std::size_t task, const std::vector<std::size_t>& others)
{
    std::lock_guard guard(mutex_);
    std::vector<std::size_t>& all = state_.expected.at(task).waits_for;
    all.insert(all.end(), others.begin(), others.end());
}

void RunView::over(std::size_t task, bool has_failed)
{
    std::lock_guard guard(mutex_);
    ExpectedTask& done = state_.expected.at(task);
    done.is_over = true;
    done.has_failed = has_failed;
}

void RunView::made(const std::string& id)
{
    std::lock_guard guard(mutex_);
    made_.insert(id);
}

std::set<std::string> RunView::made() const
{
    std::lock_guard guard(mutex_);
    return made_;
}

void RunView::read_phases()
{
    for (auto& [id, log] : logs_) {
        auto more = log.file.more(most_at_once);
        if (!more)
            continue;
        std::string text = (log.file.begins_again() ? "" : log.rest) + *more;
        const std::size_t whole = text.rfind('\n') + 1; // of no line: npos + 1 is 0
        log.rest = text.substr(whole);
        text.resize(whole);
        auto task = state_.running.find(id);
        if (std::string phase = rpm::phase_reached(text); phase != "setup" && task != state_.running.end())
            task->second.phase = phase;
    }
}

std::vector<std::string> RunView::lines(std::size_t room)
{
    std::lock_guard guard(mutex_);
    read_phases();
    return lines_of(state_, monotonic_ms(), room, "albs-build");
}

} // namespace albs::build
