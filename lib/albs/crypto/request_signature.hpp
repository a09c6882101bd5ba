// SPDX-License-Identifier: GPL-3.0-or-later
// Requests to S3 and what speaks like it: AWS Signature Version 4 in the Authorization header ("Authenticating Requests
// (AWS Signature Version 4)" of the Amazon S3 API Reference). The HMAC is OpenSSL's.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace albs {

struct RequestKey {
    std::string id;     ///< access key id
    std::string secret; ///< secret access key
    std::string token;  ///< of a session; empty: none
    std::string region; ///< "us-east-1"
};

struct SignedRequest {
    std::string method; ///< "GET"
    std::string url;    ///< scheme://host[:port]/path; the path is percent-encoded already, and there is no query
    std::map<std::string, std::string> headers; ///< more that are to be signed; names in lower case
    Digest payload;                             ///< of the body; of no bytes without one
    Seconds time = 0;
};

/// The lines of the header that make it a signed one, those of `headers` among them: "x-amz-date: 20130524T000000Z".
/// Kind::input for a URL with a query or without a host. Kind::internal if OpenSSL has no HMAC.
Result<std::vector<std::string>> signed_headers(const SignedRequest& request, const RequestKey& key);

} // namespace albs
