// SPDX-License-Identifier: GPL-3.0-or-later
// GNU make's jobserver: which of the jobs that `make -j N` allows this program has.
//
// Every program that make runs has one job. For each further one it takes a byte out of a pipe of make's, and puts the
// same byte back when that job is done, whatever came of it (GNU make manual, "Sharing Job Slots"). A byte that is lost
// is a job that make never starts again, so INT, TERM and HUP give them back, too (sys/signals).
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"

namespace albs::sys {

/// What MAKEFLAGS says of jobs.
struct MakeFlags {
    bool has_jobserver = false;
    int read = -1; ///< descriptors; negative: make does not hand them on
    int write = -1;
    std::string fifo = {}; ///< path of a named pipe, instead of descriptors
    std::size_t jobs = 0;  ///< of -jN; 0: it is not said
};
/// Of make 4.0 and later. Of several --jobserver-auth the last counts; what stands behind "--" are variables.
MakeFlags read_make_flags(std::string_view makeflags);

struct MakeJobServer;

class JobSlots {
public:
    /// As many as anybody wants, at once.
    JobSlots() = default;
    /// Those of the make that runs this program; as many as anybody wants where there is none. To be called once.
    /// Children do not get the pipe (sys/stdio). Kind::environment if make counts its jobs, and its pipe is not to be
    /// had.
    static Result<JobSlots> of_make();

    /// Held while a job runs.
    class Slot {
    public:
        Slot(Slot&& other) noexcept
            : server_(std::exchange(other.server_, nullptr)), byte_(other.byte_), is_own_(other.is_own_)
        {
        }
        Slot& operator=(Slot&&) = delete;
        ~Slot();

    private:
        friend class JobSlots;
        Slot(MakeJobServer* server, char byte, bool is_own) : server_(server), byte_(byte), is_own_(is_own) {}
        MakeJobServer* server_;
        char byte_;
        bool is_own_;
    };
    /// Waits until there is one. Safe to call from several threads.
    [[nodiscard]] Slot take() const;

    bool is_counted() const { return server_ != nullptr; }
    /// How many make allows in all; 0 if it does not say.
    std::size_t most() const { return most_; }

private:
    MakeJobServer* server_ = nullptr; ///< never destroyed: a signal may come at any time
    std::size_t most_ = 0;
};

/// For the signal thread only: gives all bytes back, and lets none be taken any more.
void give_back_make_jobs();

} // namespace albs::sys
