// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP and HTTPS by libcurl: small answers into memory, files to disk with their digest taken while they are written.
//
// Both retry what may pass (no connection, 408, 425, 429, 5xx) with growing pauses and as Retry-After says; after the
// last attempt that is Kind::temporary. Any other HTTP status of 400 and above is Kind::input. Only http, https and
// (for download) file URLs are followed; redirects lead to http or https only, and never from https to http. Proxies
// come from the environment (http_proxy, https_proxy, no_proxy).
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs::http {

/// Who the server has to be and who we are to it, where that is not what the machine says of all servers.
struct Access {
    bool verify = true;             ///< false: any certificate is good
    std::string authorities;        ///< PEM file; empty: the machine's
    std::string client_certificate; ///< PEM file
    std::string client_key;         ///< PEM file; empty: it is in the file of the certificate
    std::string user;               ///< for Basic and Digest; not sent to where a redirect leads
    std::string password;
    std::optional<std::string> proxy; ///< URL, "" for none; not set: as the environment says
    std::string proxy_user;
    std::string proxy_password;
};

struct Options {
    Access access = {};
    std::vector<std::string> headers; ///< "Accept: application/json"
    std::string user_agent = "albs/" ALBS_VERSION;
    std::int64_t size_limit = std::int64_t{16} << 30; ///< bytes, after decoding; a larger answer is Kind::input
    Kind too_large = Kind::input;                     ///< what a larger one is to get and post
    bool redirects = true; ///< false: an answer that leads elsewhere is a failure, as for requests with a signature
    int attempts = 4;
    long connect_timeout_ms = 30000;
    long stall_seconds = 60; ///< less than a byte per second for so long is a failure
    long timeout_ms = 0; ///< of one attempt, and of what Retry-After asks for in all; 0: none, and a minute each time
    /// Told about bytes there are and bytes expected (0: unknown), at most some times a second.
    std::function<void(std::int64_t, std::int64_t)> progress;
};

/// An answer of any status.
struct Response {
    long status = 0;
    std::string body; ///< 64 MiB at most; 64 KiB of a refusal
};
/// How a server names the version of what it gave (RFC 9110, 8.8).
struct Validators {
    std::string etag;
    std::string last_modified;
};
struct Fresh {
    bool changed = true;   ///< false: 304, what the validators stand for is still there
    std::string body;      ///< 64 MiB at most; empty if not changed
    Validators validators; ///< of the body
};
struct DownloadResult {
    Digest sha256;
    std::string hex;       ///< by the algorithm asked for
    std::int64_t size = 0; ///< bytes
};

/// What the bytes must be.
struct ExpectedContent {
    Algorithm algorithm = Algorithm::sha256;
    std::string hex; ///< empty: any bytes
};

} // namespace albs::http
