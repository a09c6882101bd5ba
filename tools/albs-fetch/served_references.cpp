// SPDX-License-Identifier: GPL-3.0-or-later
#include "served_references.hpp"

#include "base/url.hpp"
#include "git/mirror.hpp"
#include "http/library.hpp"
#include "sys/file.hpp"

namespace albs::fetch {

std::optional<git::References> served_references(const std::string& cache, const git::Location& location)
{
    const std::string scheme = url_scheme(location.url);
    const bool is_asked = (scheme == "http" || scheme == "https") && location.url == location.secret_url &&
                          !git::is_full_id(location.ref) && sys::exists(git::mirror_path(cache, location.url));
    if (!is_asked)
        return std::nullopt;
    http::Options options;
    options.attempts = 1; // git makes the others
    options.connect_timeout_ms = 10000;
    options.stall_seconds = 20;
    options.size_limit = std::int64_t{16} << 20;
    auto answer = http::library().get(location.url + "/info/refs?service=git-upload-pack", options);
    return answer ? git::parse_advertisement(*answer) : std::nullopt;
}

} // namespace albs::fetch
