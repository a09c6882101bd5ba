// SPDX-License-Identifier: GPL-3.0-or-later
// One HTTP request by libcurl, and what its end means. Only for the files of this folder.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "http/transfer.hpp"

namespace albs::http {

/// What the server said first.
struct Head {
    long status = 0;
    std::string etag;
    std::string last_modified;
    std::int64_t retry_after = -1; ///< seconds
    std::int64_t size = -1;        ///< bytes of the body, as far as it says so
};

struct Request {
    std::string url;
    std::vector<std::string> headers;
    const std::string* body = nullptr; ///< POST
    bool is_head = false;              ///< HEAD
    int file = -1;                     ///< PUT: a descriptor, read from its beginning
    std::int64_t file_size = 0;        ///< bytes of that
    std::int64_t from = 0;             ///< first byte wanted
    std::string validator;             ///< for If-Range
    bool files = false;                ///< file URLs too
    bool decoded = false;              ///< the body may come in gzip, and the sink gets what is in that
    std::string* refusal = nullptr;    ///< gets the body of an answer of status 300 and above, 64 KiB at most
    Head* seen = nullptr;              ///< gets what the last answer said first
    /// Called with each piece of the body of a good answer; an error stops the transfer.
    std::function<Status(const Head&, std::string_view)> sink;
};

struct End {
    Head head;
    bool connected = false; ///< the request may have reached the server
    bool again = false;     ///< worth another attempt
    std::string problem;    ///< empty: all went well
    Status sink_status;     ///< error of the sink
};

/// Kind::internal only if libcurl cannot start; Kind::input and Kind::environment for a file of the access that is no
/// regular one, or not there.
Result<End> attempt(const Request& request, const Options& options);

/// The pauses between the attempts of one transfer.
class Pauses {
public:
    /// What the server may ask for with Retry-After: all pauses together as long as timeout_ms; without one, each is
    /// cut to a minute.
    explicit Pauses(const Options& options) : limit_ms_(options.timeout_ms), left_ms_(options.timeout_ms) {}
    /// Sleeps before attempt number done + 1: half a second, doubled each time, or as long as the server asks for.
    /// Kind::temporary at once, with that time, when it asks for more than is left.
    Status before_retry(int done, const End& end);

private:
    std::int64_t limit_ms_;
    std::int64_t left_ms_;
};

} // namespace albs::http
