// SPDX-License-Identifier: GPL-3.0-or-later
// What a person sees of a run while it goes on: on a terminal a line for each task that something is done for, with its
// phase; elsewhere a message when a build begins. What became of a task is told by who did it (make_task).
#pragma once
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "cli/live_lines.hpp"
#include "run_state.hpp"
#include "sys/growing_file.hpp"

namespace albs::build {

/// Safe to use from several threads.
class RunView {
public:
    RunView(cli::Messages& messages, std::size_t jobs);

    /// A task is shown as long as this lives.
    class Shown {
    public:
        Shown(RunView& view, const std::string& id) : view_(view), id_(id) {}
        Shown(const Shown&) = delete;
        Shown& operator=(const Shown&) = delete;
        ~Shown() { view_.hide(id_); }

    private:
        RunView& view_;
        std::string id_;
    };
    [[nodiscard]] Shown show(const std::string& id, const std::string& phase, std::optional<std::int64_t> took_ms = {});
    /// The build itself begins.
    void begin(const std::string& id);
    void phase(const std::string& id, const std::string& phase);
    /// The phase is read from the log of rpmbuild that grows there.
    void follow(const std::string& id, const std::string& log_file);

    /// What the run is going to come to.
    void expect(std::vector<ExpectedTask> tasks);
    /// It turned out that it needs these, too.
    void wait_for(std::size_t task, const std::vector<std::size_t>& others);
    void over(std::size_t task, bool has_failed);

    /// Done in this run, and not taken from an earlier one.
    void made(const std::string& id);
    std::set<std::string> made() const;
    std::int64_t begun_ms() const { return begun_ms_; } ///< monotonic

private:
    struct Log {
        sys::GrowingFile file;
        std::string rest = {}; ///< of a line that is not whole yet
    };
    void hide(const std::string& id);
    void read_phases();
    std::vector<std::string> lines(std::size_t room);

    cli::Messages& messages_;
    std::int64_t begun_ms_;
    mutable std::mutex mutex_;
    RunState state_;
    std::map<std::string, Log> logs_; ///< by id
    std::set<std::string> made_;
    cli::LiveLines live_; ///< last: its thread uses the others
};

} // namespace albs::build
