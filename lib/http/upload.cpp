// SPDX-License-Identifier: GPL-3.0-or-later
// A file to a server, and whether it is there.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/format.hpp"
#include "base/url.hpp"
#include "base/visible.hpp"
#include "http/attempt.hpp"
#include "http/library.hpp"
#include "sys/fd.hpp"

namespace albs::http {
namespace {

/// S3 says why in <Message>; others in the text itself, the beginning of which is enough.
std::string reason_in(std::string_view refusal)
{
    constexpr std::size_t max_shown = 200;
    const std::size_t begin = refusal.find("<Message>");
    const std::size_t end = refusal.find("</Message>");
    if (begin != std::string_view::npos && end != std::string_view::npos && begin < end)
        refusal = refusal.substr(begin + 9, end - begin - 9);
    return escape_hidden(refusal.substr(0, max_shown));
}

/// Until the server has an answer that is none of those that may pass.
Result<End> insist(const Request& request, const Options& options, const std::string& what)
{
    Pauses pauses(options);
    for (int done = 1;; ++done) {
        if (request.refusal != nullptr)
            request.refusal->clear();
        if (request.file >= 0 && ::lseek(request.file, 0, SEEK_SET) != 0)
            return sys::system_error("cannot read", what);
        ALBS_TRY(End end, attempt(request, options));
        if (!end.again || end.problem.empty())
            return end;
        if (done >= options.attempts)
            return fail(Kind::temporary, what + ": " + end.problem);
        if (Status paused = pauses.before_retry(done, end); !paused)
            return fail(std::move(paused).error(), what);
    }
}

} // namespace

Result<std::optional<std::int64_t>> Library::size_of(const std::string& url, const Options& options) const
{
    const std::string what = format_text("cannot ask for '{}'", without_secrets(url));
    Request request;
    request.url = url;
    request.is_head = true;
    ALBS_TRY(End end, insist(request, options, what));
    if (end.head.status == 404)
        return std::optional<std::int64_t>();
    if (!end.problem.empty())
        return fail(Kind::input, what + ": " + end.problem);
    return std::optional<std::int64_t>(end.head.size);
}

Status Library::upload(const std::string& url, const std::string& path, const Options& options) const
{
    const std::string what = format_text("cannot put '{}'", without_secrets(url));
    sys::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0)
        return sys::system_error("cannot read", path);
    Request request;
    std::string refusal;
    request.url = url;
    request.file = file.get();
    request.file_size = status.st_size;
    request.refusal = &refusal;
    request.sink = [](const Head&, std::string_view) -> Status { return {}; };
    ALBS_TRY(End end, insist(request, options, what));
    if (!end.problem.empty())
        return fail(Kind::input,
                    format_text("{}: {}{}{}", what, end.problem, refusal.empty() ? "" : ": ", reason_in(refusal)));
    return {};
}

} // namespace albs::http
