// SPDX-License-Identifier: GPL-3.0-or-later
// Small answers: get and post.
#include <algorithm>

#include "base/format.hpp"
#include "base/url.hpp"
#include "http/attempt.hpp"
#include "http/library.hpp"
#include "sys/module.hpp"

namespace albs::http {
namespace {

constexpr std::int64_t max_memory = std::int64_t{64} << 20;

Result<std::string> ask(std::string_view verb, Request request, const Options& options)
{
    std::string answer;
    std::int64_t limit = std::min(options.size_limit, max_memory);
    request.sink = [&](const Head&, std::string_view piece) -> Status {
        if (static_cast<std::int64_t>(answer.size() + piece.size()) > limit)
            return fail(options.too_large, "the answer is larger than " + std::to_string(limit) + " bytes");
        answer += piece;
        return {};
    };
    Pauses pauses(options);
    std::string what = format_text("cannot {} '{}'", verb, without_secrets(request.url));
    for (int done = 1;; ++done) {
        answer.clear();
        ALBS_TRY(End end, attempt(request, options));
        if (request.seen != nullptr)
            *request.seen = end.head;
        if (!end.sink_status)
            return fail(std::move(end.sink_status).error(), what);
        if (end.problem.empty())
            return answer;
        // A server that may have acted on a POST is not told twice.
        bool unheard = !end.connected || end.head.status == 429 || end.head.status == 503;
        bool again = end.again && (request.body == nullptr || unheard);
        if (!again || done >= options.attempts)
            return fail(end.again ? Kind::temporary : Kind::input, what + ": " + end.problem);
        if (Status paused = pauses.before_retry(done, end); !paused)
            return fail(std::move(paused).error(), what);
    }
}

} // namespace

Result<Response> Library::exchange(const std::string& url, const std::string& body, const std::string& content_type,
                                   const Options& options) const
{
    Response answer;
    Request request;
    request.url = url;
    request.body = &body;
    request.refusal = &answer.body;
    request.headers = {"Content-Type: " + content_type};
    request.sink = [&](const Head&, std::string_view piece) -> Status {
        if (answer.body.size() + piece.size() > static_cast<std::size_t>(max_memory))
            return fail(Kind::input, "the answer is larger than " + std::to_string(max_memory) + " bytes");
        answer.body += piece;
        return {};
    };
    ALBS_TRY(End end, attempt(request, options));
    if (!end.sink_status)
        return fail(std::move(end.sink_status).error(), "cannot post to '" + without_secrets(url) + "'");
    if (end.head.status == 0 || end.again)
        return fail(end.again ? Kind::temporary : Kind::input,
                    "cannot post to '" + without_secrets(url) + "': " + end.problem);
    answer.status = end.head.status;
    return answer;
}

Result<std::string> Library::get(const std::string& url, const Options& options) const
{
    Request request;
    request.url = url;
    request.decoded = true;
    return ask("get", std::move(request), options);
}

Result<Fresh> Library::get_if_changed(const std::string& url, const Validators& known, const Options& options) const
{
    Fresh fresh;
    Request request;
    request.url = url;
    request.files = true;
    if (!known.etag.empty())
        request.headers.push_back("If-None-Match: " + known.etag);
    else if (!known.last_modified.empty())
        request.headers.push_back("If-Modified-Since: " + known.last_modified);
    Head head;
    request.seen = &head;
    auto body = ask("get", std::move(request), options);
    if (head.status == 304 && (!known.etag.empty() || !known.last_modified.empty())) {
        fresh.changed = false;
        fresh.validators = known;
        return fresh;
    }
    ALBS_TRY(fresh.body, std::move(body));
    fresh.validators = {head.etag, head.last_modified};
    return fresh;
}

Result<std::string> Library::post(const std::string& url, const std::string& body, const std::string& content_type,
                                  const Options& options) const
{
    Request request;
    request.url = url;
    request.body = &body;
    request.headers = {"Content-Type: " + content_type};
    return ask("post to", std::move(request), options);
}

} // namespace albs::http

ALBS_DRIVER(http)
