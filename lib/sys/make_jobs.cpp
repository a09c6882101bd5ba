// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/make_jobs.hpp"

#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <poll.h>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "sys/fd.hpp"

namespace albs::sys {

struct MakeJobServer {
    Fd read;
    Fd write;
    std::mutex mutex;
    std::string held;        ///< the bytes that are to be given back
    bool own_in_use = false; ///< the one job that every program has
};

namespace {

constexpr int look_again_ms = 100; ///< the own job may have become free

MakeJobServer*& only_server()
{
    static MakeJobServer* only = nullptr;
    return only;
}

/// All of the text is a number.
template <class Number> bool read_number(std::string_view text, Number& number)
{
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size();
}

void read_address(std::string_view address, MakeFlags& flags)
{
    constexpr std::string_view named = "fifo:";
    flags.has_jobserver = true;
    flags.fifo.clear();
    flags.read = flags.write = -1;
    if (address.starts_with(named)) {
        flags.fifo = address.substr(named.size());
        return;
    }
    const std::size_t comma = address.find(',');
    int read = -1;
    int write = -1;
    if (comma != address.npos && read_number(address.substr(0, comma), read) &&
        read_number(address.substr(comma + 1), write)) {
        flags.read = read;
        flags.write = write;
    }
}

bool is_pipe(int fd)
{
    struct stat status {};
    return fd >= 0 && ::fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
}

/// With a description of its own, so that not waiting is nobody else's matter.
Fd opened(const std::string& path, int how)
{
    return Fd(::open(path.c_str(), how | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
}

void put_back(MakeJobServer& server, char byte)
{
    while (::write(server.write.get(), &byte, 1) < 0) {
        if (errno == EAGAIN) {
            pollfd fd{server.write.get(), POLLOUT, 0};
            (void)::poll(&fd, 1, look_again_ms);
        } else if (errno != EINTR)
            return; // make is gone
    }
}

} // namespace

MakeFlags read_make_flags(std::string_view makeflags)
{
    MakeFlags flags;
    for (const std::string& word : split_words(makeflags)) {
        if (word == "--")
            break;
        for (std::string_view option : {"--jobserver-auth=", "--jobserver-fds="})
            if (word.starts_with(option))
                read_address(std::string_view(word).substr(option.size()), flags);
        std::size_t jobs = 0;
        if (word.starts_with("-j") && read_number(std::string_view(word).substr(2), jobs))
            flags.jobs = jobs;
    }
    return flags;
}

Result<JobSlots> JobSlots::of_make()
{
    JobSlots slots;
    const char* variable = std::getenv("MAKEFLAGS");
    const MakeFlags flags = read_make_flags(variable != nullptr ? variable : "");
    if (!flags.has_jobserver)
        return slots;
    auto server = std::make_unique<MakeJobServer>();
    std::string cause = "its descriptors are not handed on to this program";
    if (!flags.fifo.empty()) {
        server->write = opened(flags.fifo, O_WRONLY); // fails if nobody reads it, so that is looked at first
        server->read = opened(flags.fifo, O_RDONLY);
        cause = format_text("'{}' is no pipe that make has open", flags.fifo);
    } else if (is_pipe(flags.read) && is_pipe(flags.write)) {
        server->read = opened(format_text("/proc/self/fd/{}", flags.read), O_RDONLY);
        server->write = opened(format_text("/proc/self/fd/{}", flags.write), O_WRONLY);
    }
    if (!is_pipe(server->read.get()) || !is_pipe(server->write.get()))
        return fail(Kind::environment, "make's jobserver cannot be asked for jobs: " + cause,
                    "begin the line of the Makefile with '+'");
    slots.server_ = server.release();
    slots.most_ = flags.jobs;
    only_server() = slots.server_;
    return slots;
}

JobSlots::Slot JobSlots::take() const
{
    if (server_ == nullptr)
        return {nullptr, 0, false};
    for (;;) {
        {
            std::lock_guard guard(server_->mutex);
            if (!std::exchange(server_->own_in_use, true))
                return {server_, 0, true};
            char byte = 0;
            if (::read(server_->read.get(), &byte, 1) == 1) {
                server_->held += byte;
                return {server_, byte, false};
            }
        }
        pollfd fd{server_->read.get(), POLLIN, 0};
        if (::poll(&fd, 1, look_again_ms) > 0 && (fd.revents & POLLIN) == 0) // make is gone
            (void)::poll(nullptr, 0, look_again_ms);
    }
}

JobSlots::Slot::~Slot()
{
    if (server_ == nullptr)
        return;
    std::lock_guard guard(server_->mutex);
    if (is_own_) {
        server_->own_in_use = false;
        return;
    }
    put_back(*server_, byte_);
    server_->held.erase(server_->held.find(byte_), 1);
}

void give_back_make_jobs()
{
    MakeJobServer* server = only_server();
    if (server == nullptr)
        return;
    server->mutex.lock(); // for good: none is taken after this
    for (char byte : server->held)
        put_back(*server, byte);
    server->held.clear();
}

} // namespace albs::sys
