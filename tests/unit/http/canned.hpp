// SPDX-License-Identifier: GPL-3.0-or-later
// A server that says what the test wants.
#pragma once
#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <cstring>
#include <mutex>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <vector>

#include "base/bytes.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::test {

/// Answers one connection after the other with the next of its texts, then hangs up.
class Canned {
public:
    explicit Canned(std::vector<std::string> answers) : answers_(std::move(answers))
    {
        socket_ = sys::Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(::listen(socket_.get(), 8) == 0);
        REQUIRE(::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
        url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/x";
        thread_ = std::thread([this] { serve(); });
    }
    ~Canned()
    {
        (void)::shutdown(socket_.get(), SHUT_RDWR);
        thread_.join();
    }
    const std::string& url() const { return url_; }
    std::vector<std::string> requests()
    {
        std::lock_guard guard(mutex_);
        return requests_;
    }

private:
    void serve()
    {
        for (const std::string& answer : answers_) {
            sys::Fd peer(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (!peer)
                return;
            std::string request;
            char buffer[4096];
            while (request.find("\r\n\r\n") == std::string::npos) {
                ssize_t count = ::read(peer.get(), buffer, sizeof buffer);
                if (count <= 0)
                    break;
                request.append(buffer, static_cast<std::size_t>(count));
            }
            {
                std::lock_guard guard(mutex_);
                requests_.push_back(request);
            }
            (void)sys::write_all(peer.get(), answer, "peer");
        }
    }
    std::vector<std::string> answers_;
    std::vector<std::string> requests_;
    std::mutex mutex_;
    std::string url_;
    sys::Fd socket_;
    std::thread thread_;
};

inline std::string answer(const std::string& status, const std::string& body, const std::string& headers = {})
{
    return "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           headers + "\r\n" + body;
}

inline std::string unhexed(const std::string& hex)
{
    return std::string(as_text(*from_hex(hex)));
}

} // namespace albs::test
