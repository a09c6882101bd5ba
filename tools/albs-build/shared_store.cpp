// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared_store.hpp"

#include <cstdlib>
#include <mutex>
#include <set>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "base/url.hpp"
#include "http/library.hpp"
#include "sys/fd.hpp"
#include "sys/temporary.hpp"

namespace albs::build {
namespace {

/// The first of these variables that says something.
std::string from_environment(std::initializer_list<const char*> names)
{
    for (const char* name : names)
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
            return value;
    return {};
}

struct Bucket {
    std::string name;
    std::string prefix; ///< "", or with a slash at its end
};

/// Only what needs no encoding, in which S3 and those that speak like it differ.
bool is_plain(std::string_view text)
{
    return text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/") ==
           std::string_view::npos;
}

Result<Bucket> bucket_of(const std::string& url)
{
    constexpr std::string_view scheme = "s3://";
    if (!url.starts_with(scheme))
        return fail(Kind::usage, format_text("--store: '{}' is not the URL of a bucket", without_secrets(url)),
                    "s3://BUCKET or s3://BUCKET/PREFIX");
    Bucket bucket;
    bucket.name = url.substr(scheme.size());
    if (const std::size_t slash = bucket.name.find('/'); slash != std::string::npos) {
        bucket.prefix = bucket.name.substr(slash + 1);
        bucket.name.resize(slash);
    }
    while (bucket.prefix.ends_with('/'))
        bucket.prefix.pop_back();
    if (bucket.name.empty() || !is_plain(bucket.name) || !is_plain(bucket.prefix) || bucket.prefix.starts_with('/') ||
        bucket.prefix.find("//") != std::string::npos)
        return fail(
            Kind::usage,
            format_text("--store: '{}' names no bucket, or has a prefix that is not plain", without_secrets(url)),
            "a prefix has letters, digits and -._~/ only");
    if (!bucket.prefix.empty())
        bucket.prefix += '/';
    return bucket;
}

Result<RequestKey> own_key()
{
    RequestKey key{from_environment({"AWS_ACCESS_KEY_ID"}), from_environment({"AWS_SECRET_ACCESS_KEY"}),
                   from_environment({"AWS_SESSION_TOKEN"}), from_environment({"AWS_REGION", "AWS_DEFAULT_REGION"})};
    if (key.id.empty() || key.secret.empty())
        return fail(Kind::environment, "--store: there is no key for the bucket",
                    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    if (key.region.empty())
        key.region = "us-east-1";
    return key;
}

/// Where objects of the bucket are, with a slash at the end.
Result<std::string> base_of(const Bucket& bucket, const std::string& region)
{
    std::string endpoint = from_environment({"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"});
    if (endpoint.empty())
        return format_text("https://{}.s3.{}.amazonaws.com/{}", bucket.name, region, bucket.prefix);
    const std::string scheme = url_scheme(endpoint);
    if ((scheme != "http" && scheme != "https") || endpoint.find_first_of("?#@ ") != std::string::npos)
        return fail(Kind::environment, "AWS_ENDPOINT_URL: it is not an http or https URL of a server");
    while (endpoint.ends_with('/'))
        endpoint.pop_back();
    return format_text("{}/{}/{}", endpoint, bucket.name, bucket.prefix);
}

/// Errors of servers and of the clock look alike.
Error with_hint(Error error)
{
    if (error.message.find("HTTP status 403") != std::string::npos && error.hint.empty())
        error.hint = "look at the key in AWS_ACCESS_KEY_ID, at AWS_REGION, and at the clock of this machine";
    return error;
}

} // namespace

struct SharedStore::State {
    std::string base;
    RequestKey key;
    mutable std::mutex mutex;
    mutable std::set<std::string, std::less<>> there; ///< objects that were seen in the bucket

    Result<http::Options> signed_options(const char* method, const std::string& url, const Digest& payload) const
    {
        http::Options options;
        options.redirects = false;
        ALBS_TRY(options.headers, signed_headers({method, url, {}, payload, clock_time()}, key));
        return options;
    }
    bool is_there(std::string_view sha256) const
    {
        const std::lock_guard guard(mutex);
        return there.contains(sha256);
    }
    void add(std::string_view sha256) const
    {
        const std::lock_guard guard(mutex);
        there.emplace(sha256);
    }
};

SharedStore::SharedStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
SharedStore::SharedStore(SharedStore&&) noexcept = default;
SharedStore& SharedStore::operator=(SharedStore&&) noexcept = default;
SharedStore::~SharedStore() = default;

Result<SharedStore> SharedStore::open(const std::string& url)
{
    ALBS_TRY(Bucket bucket, bucket_of(url));
    auto state = std::make_unique<State>();
    ALBS_TRY(state->key, own_key());
    ALBS_TRY(state->base, base_of(bucket, state->key.region));
    return SharedStore(std::move(state));
}

std::string SharedStore::address(std::string_view sha256) const
{
    return format_text("{}sha256/{}/{}", state_->base, sha256.substr(0, 2), sha256);
}

Status SharedStore::push(const store::Store& store, std::string_view sha256) const
{
    if (state_->is_there(sha256))
        return {};
    ALBS_TRY(Digest digest, Digest::parse(sha256));
    ALBS_TRY(std::string path, store.path(sha256));
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return sys::system_error("cannot read", path);
    const std::string url = address(sha256);
    ALBS_TRY(http::Options asking, state_->signed_options("HEAD", url, albs::sha256("")));
    auto size = http::library().size_of(url, asking);
    if (!size)
        return tl::unexpected(with_hint(std::move(size).error()));
    if (!*size || **size != status.st_size) {
        ALBS_TRY(http::Options putting, state_->signed_options("PUT", url, digest));
        if (Status put = http::library().upload(url, path, putting); !put)
            return tl::unexpected(with_hint(std::move(put).error()));
    }
    state_->add(sha256);
    return {};
}

Status SharedStore::pull(store::Workspace& workspace, std::string_view sha256) const
{
    if (workspace.store().has(sha256))
        return {};
    ALBS_CHECK(Digest::parse(sha256));
    ALBS_TRY(std::string parts, workspace.directory("shared"));
    ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("object", parts));
    const std::string copy = directory.path() + "/object";
    const std::string url = address(sha256);
    ALBS_TRY(http::Options options, state_->signed_options("GET", url, albs::sha256("")));
    auto done = http::library().download(url, copy, {Algorithm::sha256, std::string(sha256)}, options);
    if (!done)
        return tl::unexpected(with_hint(std::move(done).error()));
    ALBS_CHECK(workspace.store().adopt_file(copy, {done->sha256, done->size}));
    state_->add(sha256);
    return {};
}

} // namespace albs::build
