// SPDX-License-Identifier: GPL-3.0-or-later
// An owning file descriptor, and errno as an Error.
#pragma once
#include <cerrno>
#include <functional>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>

#include "base/result.hpp"

namespace albs::sys {

class Fd {
public:
    Fd() = default;
    explicit Fd(int fd) : fd_(fd) {}
    Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Fd& operator=(Fd&& other) noexcept
    {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Fd()
    {
        if (fd_ >= 0)
            (void)::close(fd_);
    }
    explicit operator bool() const { return fd_ >= 0; }
    int get() const { return fd_; }
    int release() { return std::exchange(fd_, -1); }
    /// Closes now and says whether that worked: a full disk may show only here.
    [[nodiscard]] int close() { return ::close(release()); }

private:
    int fd_ = -1;
};

/// "PROBLEM 'SUBJECT': strerror", Kind::environment; call it while errno is fresh.
tl::unexpected<Error> system_error(std::string_view problem, std::string_view subject, int number = errno);

/// Hands what is left in the descriptor to take, in pieces of at most 256 KiB, till its end or till take's first error.
/// Waits on a descriptor that does not block. SUBJECT is what the error calls it.
Status read_pieces(int fd, std::string_view subject, const std::function<Status(std::string_view)>& take);

} // namespace albs::sys
