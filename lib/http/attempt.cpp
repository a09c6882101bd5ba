// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/attempt.hpp"

#include <algorithm>
#include <cstdlib>
#include <curl/curl.h>
#include <memory>
#include <unistd.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/url.hpp"
#include "sys/readable.hpp"

namespace albs::http {
namespace {

struct Easy {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct List {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// What libcurl's callbacks get.
struct Exchange {
    const Request& request;
    const Options& options;
    CURL* handle;
    End end;
    std::int64_t told = 0; ///< when progress was said last
};

bool starts_with_word(std::string_view line, std::string_view word)
{
    return line.size() > word.size() && std::equal(word.begin(), word.end(), line.begin(), [](char a, char b) {
               return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
           });
}

std::string value_of(std::string_view line)
{
    return std::string(trimmed(line.substr(line.find(':') + 1)));
}

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* user)
{
    auto& exchange = *static_cast<Exchange*>(user);
    std::string_view line(bytes, size * count);
    if (line.starts_with("HTTP/"))
        exchange.end.head = {}; // of a redirect or a 100 before
    if (starts_with_word(line, "etag:"))
        exchange.end.head.etag = value_of(line);
    if (starts_with_word(line, "last-modified:"))
        exchange.end.head.last_modified = value_of(line);
    return line.size();
}

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* user)
{
    auto& exchange = *static_cast<Exchange*>(user);
    (void)curl_easy_getinfo(exchange.handle, CURLINFO_RESPONSE_CODE, &exchange.end.head.status);
    if (exchange.end.head.status >= 300) {
        // The text of an error page is of no use, but for protocols in which a refusal says what to do.
        if (std::string* refusal = exchange.request.refusal; refusal != nullptr && refusal->size() < 65536)
            refusal->append(bytes, size * count);
        return size * count;
    }
    exchange.end.sink_status = exchange.request.sink(exchange.end.head, {bytes, size * count});
    return exchange.end.sink_status ? size * count : 0;
}

/// PUT: what is sent, from where the last piece ended.
std::size_t on_send(char* bytes, std::size_t size, std::size_t count, void* user)
{
    const ssize_t got = ::read(static_cast<Exchange*>(user)->request.file, bytes, size * count);
    return got < 0 ? CURL_READFUNC_ABORT : static_cast<std::size_t>(got);
}

/// A redirect, or another way to say who we are: all of it once more.
int on_seek(void* user, curl_off_t offset, int origin)
{
    return ::lseek(static_cast<Exchange*>(user)->request.file, offset, origin) < 0 ? CURL_SEEKFUNC_FAIL
                                                                                   : CURL_SEEKFUNC_OK;
}

int on_progress(void* user, curl_off_t total, curl_off_t done, curl_off_t, curl_off_t)
{
    auto& exchange = *static_cast<Exchange*>(user);
    std::int64_t now = monotonic_ms();
    if (exchange.options.progress && done > 0 && now - exchange.told > 100) {
        exchange.told = now;
        exchange.options.progress(exchange.request.from + done, total > 0 ? exchange.request.from + total : 0);
    }
    return 0;
}

void set_protocols(CURL* handle, const Request& request, bool redirects)
{
    // Digests vouch for downloads, but not for what a ledger says: no way down from https.
    bool secure = url_scheme(request.url) == "https";
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, request.files ? "http,https,file" : "http,https");
    curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
#else
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS,
                     long{CURLPROTO_HTTP | CURLPROTO_HTTPS} | (request.files ? long{CURLPROTO_FILE} : 0L));
    curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS,
                     secure ? long{CURLPROTO_HTTPS} : long{CURLPROTO_HTTP | CURLPROTO_HTTPS});
#endif
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, redirects ? 1L : 0L);
    curl_easy_setopt(handle, CURLOPT_MAXREDIRS, 10L);
}

std::unique_ptr<curl_slist, List> headers_of(const Request& request, const Options& options)
{
    curl_slist* list = nullptr;
    for (const auto* lines : {&options.headers, &request.headers})
        for (const std::string& line : *lines)
            list = curl_slist_append(list, line.c_str());
    if (request.from > 0 && !request.validator.empty())
        list = curl_slist_append(list, ("If-Range: " + request.validator).c_str());
    if (request.body != nullptr || request.file >= 0)
        list = curl_slist_append(list, "Expect:");
    return std::unique_ptr<curl_slist, List>(list);
}

/// Where people say which authorities they trust, as OpenSSL and git know it; libcurl itself looks nowhere but in its
/// own default.
void set_authorities(CURL* handle)
{
    for (auto [name, option] : {std::pair{"SSL_CERT_FILE", CURLOPT_CAINFO}, std::pair{"SSL_CERT_DIR", CURLOPT_CAPATH}})
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
            curl_easy_setopt(handle, option, value);
}

void set_access(CURL* handle, const Access& access)
{
    set_authorities(handle);
    auto set = [&](CURLoption option, const std::string& value) {
        if (!value.empty())
            curl_easy_setopt(handle, option, value.c_str());
    };
    if (!access.verify) {
        curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    set(CURLOPT_CAINFO, access.authorities);
    set(CURLOPT_SSLCERT, access.client_certificate);
    set(CURLOPT_SSLKEY, access.client_key);
    if (!access.user.empty()) {
        curl_easy_setopt(handle, CURLOPT_HTTPAUTH, CURLAUTH_BASIC | CURLAUTH_DIGEST);
        set(CURLOPT_USERNAME, access.user);
        set(CURLOPT_PASSWORD, access.password);
    }
    if (access.proxy)
        curl_easy_setopt(handle, CURLOPT_PROXY, access.proxy->c_str());
    set(CURLOPT_PROXYUSERNAME, access.proxy_user);
    set(CURLOPT_PROXYPASSWORD, access.proxy_password);
}

/// GET, where it is nothing else.
void set_method(Exchange& exchange)
{
    CURL* handle = exchange.handle;
    const Request& request = exchange.request;
    if (request.body != nullptr) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body->size()));
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body->c_str());
    }
    if (request.is_head)
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    if (request.file >= 0) {
        curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.file_size));
        curl_easy_setopt(handle, CURLOPT_READFUNCTION, &on_send);
        curl_easy_setopt(handle, CURLOPT_READDATA, &exchange);
        curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, &on_seek);
        curl_easy_setopt(handle, CURLOPT_SEEKDATA, &exchange);
    }
}

void set_options(Exchange& exchange, curl_slist* headers, char* problem)
{
    CURL* handle = exchange.handle;
    const Request& request = exchange.request;
    const Options& options = exchange.options;
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    set_protocols(handle, request, options.redirects);
    set_access(handle, options.access);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, options.user_agent.c_str());
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, problem);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, options.connect_timeout_ms);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, options.stall_seconds);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, options.timeout_ms);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &on_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(handle, CURLOPT_BUFFERSIZE, 256L * 1024);
    if (request.decoded)
        curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &on_progress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &exchange);
    // CURLOPT_RESUME_FROM would make a failure of an answer with the whole file, which is a good one.
    if (request.from > 0)
        curl_easy_setopt(handle, CURLOPT_RANGE, (std::to_string(request.from) + "-").c_str());
    set_method(exchange);
}

bool may_pass(long status)
{
    return status == 408 || status == 425 || status == 429 || status >= 500;
}

bool may_pass(CURLcode code)
{
    switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_TOO_MANY_REDIRECTS:
    case CURLE_FILE_COULDNT_READ_FILE:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_BAD_DOWNLOAD_RESUME:
    case CURLE_LOGIN_DENIED: return false;
    default: return true;
    }
}

void conclude(End& end, CURL* handle, CURLcode code, const char* problem)
{
    (void)curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &end.head.status);
    curl_off_t size = -1;
    if (curl_easy_getinfo(handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &size) == CURLE_OK)
        end.head.size = size;
    curl_off_t wait = 0;
    if (curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0)
        end.head.retry_after = wait;
    curl_off_t request_bytes = 0;
    (void)curl_easy_getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &request_bytes);
    end.connected = request_bytes > 0;
    if (!end.sink_status)
        return;
    if (code != CURLE_OK) {
        end.problem = *problem != '\0' ? problem : curl_easy_strerror(code);
        end.again = may_pass(code);
    } else if (end.head.status >= 300) { // a redirect without a target is no answer either
        end.problem = "HTTP status " + std::to_string(end.head.status);
        end.again = may_pass(end.head.status);
    }
}

/// libcurl reads them with each connection, and would wait for a pipe.
Status check_files(const Access& access)
{
    for (const std::string* path : {&access.authorities, &access.client_certificate, &access.client_key})
        if (!path->empty())
            ALBS_CHECK(sys::check_regular(*path));
    return {};
}

} // namespace

Result<End> attempt(const Request& request, const Options& options)
{
    ALBS_CHECK(check_files(options.access));
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    // One for each thread: it keeps its connections, which the next request to the same server uses.
    thread_local const std::unique_ptr<CURL, Easy> handle(started == CURLE_OK ? curl_easy_init() : nullptr);
    if (!handle)
        return fail(Kind::internal, "libcurl cannot be initialized");
    curl_easy_reset(handle.get());
    Exchange exchange{request, options, handle.get(), {}, 0};
    char problem[CURL_ERROR_SIZE] = "";
    auto headers = headers_of(request, options);
    set_options(exchange, headers.get(), problem);
    CURLcode code = curl_easy_perform(handle.get());
    conclude(exchange.end, handle.get(), code, problem);
    return std::move(exchange.end);
}

} // namespace albs::http
