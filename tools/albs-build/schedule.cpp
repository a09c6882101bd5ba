// SPDX-License-Identifier: GPL-3.0-or-later
#include "schedule.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>

#include "sys/parallel.hpp"

namespace albs::build {
namespace {

class Schedule {
public:
    Schedule(std::vector<Piece> pieces, const std::function<Result<Progress>(std::size_t, bool)>& work)
        : pieces_(std::move(pieces)), work_(work), dependants_(pieces_.size()), left_(pieces_.size(), 0),
          is_last_(pieces_.size(), false)
    {
        for (std::size_t i = 0; i < pieces_.size(); ++i)
            open_ += pieces_[i].is_done ? 0 : 1;
        for (std::size_t i = 0; i < pieces_.size(); ++i)
            for (std::size_t other : pieces_[i].waits_for)
                if (!pieces_[i].is_done && !pieces_[other].is_done) {
                    dependants_[other].push_back(i);
                    ++left_[i];
                }
        measure_chains();
        for (std::size_t i = 0; i < pieces_.size(); ++i)
            if (!pieces_[i].is_done && left_[i] == 0)
                release(i);
    }

    /// One thread's share; returns when there is nothing more for it.
    void take_part()
    {
        std::unique_lock guard(mutex_);
        for (;;) {
            changed_.wait(guard, [&] { return is_over() || !ready_.empty() || running_ == 0; });
            if (is_over())
                break;
            if (ready_.empty() && !release_held())
                break;
            std::size_t piece = ready_.begin()->second;
            ready_.erase(ready_.begin());
            ++running_;
            bool last = is_last_[piece];
            guard.unlock();
            Result<Progress> came;
            Status guarded = sys::guarded([&] {
                came = work_(piece, last);
                return Status();
            });
            if (!guarded)
                came = tl::unexpected(std::move(guarded).error());
            guard.lock();
            --running_;
            take_over(piece, std::move(came));
            changed_.notify_all();
        }
        changed_.notify_all();
    }

    Status result() { return error_ ? Status(tl::unexpected(*std::move(error_))) : Status(); }

private:
    bool is_over() const { return open_ == 0 || error_.has_value(); }

    /// How many pieces, at most, wait for each other behind a piece.
    void measure_chains()
    {
        chains_.assign(pieces_.size(), 0);
        std::vector<std::size_t> waiting(pieces_.size(), 0);
        std::vector<std::size_t> ends;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            waiting[i] = dependants_[i].size();
            if (waiting[i] == 0)
                ends.push_back(i);
        }
        while (!ends.empty()) {
            std::size_t piece = ends.back();
            ends.pop_back();
            for (std::size_t other : pieces_[piece].waits_for) {
                chains_[other] = std::max(chains_[other], chains_[piece] + 1);
                if (!pieces_[piece].is_done && !pieces_[other].is_done && --waiting[other] == 0)
                    ends.push_back(other);
            }
        }
    }

    void release(std::size_t piece)
    {
        if (pieces_[piece].is_late)
            held_.push_back(piece);
        else
            ready_.emplace(pieces_.size() - chains_[piece], piece);
    }

    /// Nothing runs and nothing is ready. False if there is nothing to begin, which only an error can bring about.
    bool release_held()
    {
        std::sort(held_.begin(), held_.end());
        // Those that were tried since anything was last done can hope for nothing more.
        const bool last = !has_advanced_;
        has_advanced_ = false;
        if (held_.empty())
            for (std::size_t i = 0; i < pieces_.size(); ++i)
                if (!pieces_[i].is_done) { // they wait for each other, as it turned out
                    held_.push_back(i);
                    left_[i] = 0;
                    is_last_[i] = true;
                    break;
                }
        for (std::size_t piece : held_) {
            is_last_[piece] = is_last_[piece] || last;
            ready_.emplace(pieces_.size() - chains_[piece], piece);
        }
        held_.clear();
        return !ready_.empty();
    }

    void take_over(std::size_t piece, Result<Progress> came)
    {
        if (!came) {
            if (!error_ || piece < failed_) {
                error_ = std::move(came).error();
                failed_ = piece;
            }
            return;
        }
        if (!came->is_done && !is_last_[piece]) {
            for (std::size_t other : came->waits_for)
                if (!pieces_[other].is_done) {
                    dependants_[other].push_back(piece);
                    ++left_[piece];
                }
            pieces_[piece].is_late = pieces_[piece].is_late || came->waits_for.empty();
            if (left_[piece] == 0)
                release(piece);
            return;
        }
        pieces_[piece].is_done = true;
        has_advanced_ = true;
        --open_;
        for (std::size_t dependant : dependants_[piece])
            if (!pieces_[dependant].is_done && left_[dependant] > 0 && --left_[dependant] == 0)
                release(dependant);
    }

    std::vector<Piece> pieces_;
    const std::function<Result<Progress>(std::size_t, bool)>& work_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::vector<std::size_t>> dependants_;
    std::vector<std::size_t> left_; ///< how many others each waits for
    std::vector<std::size_t> chains_;
    std::vector<bool> is_last_;
    std::set<std::pair<std::size_t, std::size_t>> ready_; ///< longest chain first
    std::vector<std::size_t> held_;                       ///< late ones that wait for nothing else
    std::size_t open_ = 0;
    std::size_t running_ = 0;
    bool has_advanced_ = true;
    std::optional<Error> error_;
    std::size_t failed_ = 0;
};

} // namespace

Status run_in_order(std::vector<Piece> pieces, std::size_t jobs,
                    const std::function<Result<Progress>(std::size_t, bool)>& work)
{
    std::size_t open = 0;
    for (const Piece& piece : pieces)
        open += piece.is_done ? 0 : 1;
    const std::size_t threads = std::min(std::max<std::size_t>(jobs, 1), open);
    Schedule schedule(std::move(pieces), work);
    sys::in_parallel(threads, 1, threads, [&](std::size_t) { schedule.take_part(); });
    return schedule.result();
}

} // namespace albs::build
