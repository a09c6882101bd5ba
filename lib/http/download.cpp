// SPDX-License-Identifier: GPL-3.0-or-later
// Large answers: into a file, hashed on the way, continued where they broke.
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>

#include "base/bytes.hpp"
#include "base/format.hpp"
#include "base/url.hpp"
#include "http/attempt.hpp"
#include "http/library.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::http {
namespace {

/// The file being written and the digests of what is in it.
class Target {
public:
    static Result<Target> open(const std::string& path, const ExpectedContent& expected)
    {
        sys::Fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!file)
            return sys::system_error("cannot create", path);
        Target target(path, std::move(file), expected.algorithm);
        ALBS_CHECK(expected.hex.empty() ? target.restart() : target.take_what_is_there());
        return target;
    }

    Status restart()
    {
        sha256_ = Hasher();
        other_ = Hasher(algorithm_);
        size_ = 0;
        if (::ftruncate(file_.get(), 0) != 0 || ::lseek(file_.get(), 0, SEEK_SET) != 0)
            return sys::system_error("cannot write", path_);
        return {};
    }

    Status append(std::string_view piece)
    {
        ALBS_CHECK(sys::write_all(file_.get(), piece, path_));
        hash(piece);
        return {};
    }

    std::int64_t size() const { return size_; }

    /// The digests so far; nothing may be appended after it.
    DownloadResult finish()
    {
        DownloadResult done;
        done.sha256 = sha256_.finish();
        done.hex = algorithm_ == Algorithm::sha256 ? done.sha256.hex() : other_.finish_hex();
        done.size = size_;
        return done;
    }

private:
    Target(std::string path, sys::Fd file, Algorithm algorithm)
        : path_(std::move(path)), file_(std::move(file)), algorithm_(algorithm), other_(algorithm)
    {
    }

    void hash(std::string_view piece)
    {
        sha256_.update(piece);
        if (algorithm_ != Algorithm::sha256)
            other_.update(piece);
        size_ += static_cast<std::int64_t>(piece.size());
    }

    Status take_what_is_there()
    {
        return sys::read_pieces(file_.get(), path_, [&](std::string_view piece) -> Status {
            hash(piece);
            return {};
        });
    }

    std::string path_;
    sys::Fd file_;
    Algorithm algorithm_;
    Hasher sha256_;
    Hasher other_;
    std::int64_t size_ = 0;
};

class Download {
public:
    Download(const std::string& url, Target& target, const Options& options)
        : target_(target), options_(options), pauses_(options)
    {
        request_.url = url;
        request_.files = true;
        request_.sink = [this](const Head& head, std::string_view piece) { return take(head, piece); };
        what_ = "cannot download '" + without_secrets(url) + "'";
    }

    /// The file is put together from several answers.
    bool pieced() const { return pieced_; }

    Status run()
    {
        for (int done = 1;; ++done) {
            std::int64_t before = target_.size();
            request_.from = before;
            begun_ = false;
            ALBS_TRY(End end, attempt(request_, options_));
            if (!end.sink_status)
                return fail(std::move(end.sink_status).error(), what_);
            if (end.problem.empty())
                return {};
            if (end.head.status == 416 && before > 0) {
                ALBS_CHECK(target_.restart()); // what is there is no beginning of it
                continue;
            }
            // file URLs and some servers refuse an offset behind the end in their own ways.
            if (!end.again && before > 0 && end.head.status == 0) {
                ALBS_CHECK(target_.restart());
                continue;
            }
            if (begun_) // an error page has a validator of its own, or none
                request_.validator = validator_of(end.head);
            // A transfer that moves on is alive, however often it breaks.
            if (target_.size() > before)
                done = 1;
            if (!end.again || done >= options_.attempts)
                return fail(end.again ? Kind::temporary : Kind::input, what_ + ": " + end.problem);
            if (Status paused = pauses_.before_retry(done, end); !paused)
                return fail(std::move(paused).error(), what_);
        }
    }

private:
    Status take(const Head& head, std::string_view piece)
    {
        if (!begun_ && request_.from > 0 && head.status == 200)
            ALBS_CHECK(target_.restart()); // the whole again: no ranges here, or another file by now
        if (!begun_)
            pieced_ = target_.size() > 0;
        begun_ = true;
        if (target_.size() + static_cast<std::int64_t>(piece.size()) > options_.size_limit)
            return fail(Kind::input, "it is larger than " + std::to_string(options_.size_limit) + " bytes");
        return target_.append(piece);
    }

    /// Weak ones promise nothing about bytes.
    static std::string validator_of(const Head& head)
    {
        return !head.etag.empty() && !head.etag.starts_with("W/") ? head.etag : head.last_modified;
    }

    Target& target_;
    const Options& options_;
    Pauses pauses_;
    Request request_;
    std::string what_;
    bool begun_ = false;
    bool pieced_ = false;
};

} // namespace

Result<DownloadResult> Library::download(const std::string& url, const std::string& path,
                                         const ExpectedContent& expected, const Options& options) const
{
    std::string scheme = url_scheme(url);
    if (scheme != "http" && scheme != "https" && scheme != "file")
        return fail(Kind::input, "cannot download '" + without_secrets(url) + "': not an http, https or file URL");
    for (bool second = false;; second = true) {
        ALBS_TRY(Target target, Target::open(path, second ? ExpectedContent{expected.algorithm, {}} : expected));
        Download attempts(url, target, options);
        ALBS_CHECK(attempts.run());
        DownloadResult done = target.finish();
        if (expected.hex.empty() || done.hex == expected.hex)
            return done;
        if (attempts.pieced() && !second)
            continue; // the beginning may have been another file's: all of it once more
        (void)::unlink(path.c_str());
        std::string name(algorithm_name(expected.algorithm));
        return fail(Kind::trust, format_text("'{}' is not what its digest says: wanted {} {}, got {}",
                                             without_secrets(url), name, expected.hex, done.hex));
    }
}

} // namespace albs::http
