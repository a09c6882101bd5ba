// SPDX-License-Identifier: GPL-3.0-or-later
// What libcurl does for us, as sys/module.hpp explains.
#pragma once
#include "http/transfer.hpp"

namespace albs::http {

class Library {
public:
    /// The body of the answer, which the server may send in gzip; 64 MiB at most unless the options say less.
    virtual Result<std::string> get(const std::string& url, const Options& options = {}) const;
    /// POST of a body. Repeated only where the server cannot have acted on it (no connection, 429, 503).
    virtual Result<std::string> post(const std::string& url, const std::string& body, const std::string& content_type,
                                     const Options& options = {}) const;
    /// As post, for protocols whose refusals carry data (409 of a witness): only what may pass is an error.
    virtual Result<Response> exchange(const std::string& url, const std::string& body, const std::string& content_type,
                                      const Options& options = {}) const;
    /// As get, for file URLs too, unless the server says that it is what it was.
    virtual Result<Fresh> get_if_changed(const std::string& url, const Validators& known,
                                         const Options& options = {}) const;
    /// Streams the URL into path. A transfer that breaks goes on where it stopped (Range and If-Range); bytes that are
    /// in path at the start are taken as the beginning of an earlier attempt when expected.hex is known, and thrown
    /// away if the whole does not come to it. Other bytes than expected: Kind::trust with both digests; path is then
    /// removed.
    virtual Result<DownloadResult> download(const std::string& url, const std::string& path,
                                            const ExpectedContent& expected, const Options& options = {}) const;
    /// HEAD: the bytes of what is there, -1 if the server does not say how many; nothing for 404.
    virtual Result<std::optional<std::int64_t>> size_of(const std::string& url, const Options& options = {}) const;
    /// PUT of a file. Repeated as downloads are: what is put again is the same. What the server says of a refusal is in
    /// the message.
    virtual Status upload(const std::string& url, const std::string& path, const Options& options = {}) const;
};
const Library& library();

} // namespace albs::http
