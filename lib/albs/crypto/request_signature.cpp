// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/crypto/request_signature.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/bytes.hpp"
#include "base/format.hpp"
#include "base/url.hpp"

namespace albs {
namespace {

Result<std::string> hmac(std::string_view key, std::string_view text)
{
    std::string code(Digest::size, '\0');
    unsigned length = 0;
    if (::HMAC(::EVP_sha256(), key.data(), static_cast<int>(key.size()), as_bytes(text).data(), text.size(),
               reinterpret_cast<unsigned char*>(code.data()), &length) == nullptr ||
        length != code.size())
        return fail(Kind::internal, "OpenSSL has no HMAC with SHA-256 here");
    return code;
}

/// "20130524T000000Z"
std::string basic_time(Seconds time)
{
    std::string text = format_time(time);
    std::erase_if(text, [](char letter) { return letter == '-' || letter == ':'; });
    return text;
}

struct Place {
    std::string host; ///< with its port
    std::string path;
};

Result<Place> place_of(const std::string& url)
{
    const std::size_t host = url.find("://");
    const std::size_t path = host == std::string::npos ? host : url.find('/', host + 3);
    if (path == std::string::npos || path == host + 3 || url.find_first_of("?#") != std::string::npos)
        return fail(Kind::input, format_text("'{}' is no address of an object", without_secrets(url)));
    return Place{url.substr(host + 3, path - host - 3), url.substr(path)};
}

} // namespace

Result<std::vector<std::string>> signed_headers(const SignedRequest& request, const RequestKey& key)
{
    ALBS_TRY(Place place, place_of(request.url));
    const std::string time = basic_time(request.time);
    const std::string day = time.substr(0, 8);
    std::map<std::string, std::string> headers = request.headers;
    headers["host"] = place.host;
    headers["x-amz-content-sha256"] = request.payload.hex();
    headers["x-amz-date"] = time;
    if (!key.token.empty())
        headers["x-amz-security-token"] = key.token;
    std::string lines;
    std::string names;
    for (const auto& [name, value] : headers) {
        lines += format_text("{}:{}\n", name, value);
        names += (names.empty() ? "" : ";") + name;
    }
    const std::string scope = format_text("{}/{}/s3/aws4_request", day, key.region);
    const std::string canonical =
        format_text("{}\n{}\n\n{}\n{}\n{}", request.method, place.path, lines, names, request.payload.hex());
    std::string secret = "AWS4" + key.secret;
    for (const std::string& part : {day, key.region, std::string("s3"), std::string("aws4_request")}) {
        ALBS_TRY(secret, hmac(secret, part));
    }
    ALBS_TRY(std::string code,
             hmac(secret, format_text("AWS4-HMAC-SHA256\n{}\n{}\n{}", time, scope, sha256(canonical).hex())));
    std::vector<std::string> sent{
        format_text("Authorization: AWS4-HMAC-SHA256 Credential={}/{},SignedHeaders={},Signature={}", key.id, scope,
                    names, to_hex(as_bytes(code)))};
    for (const auto& [name, value] : headers)
        if (name != "host")
            sent.push_back(format_text("{}: {}", name, value));
    return sent;
}

} // namespace albs
