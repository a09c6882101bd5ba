// SPDX-License-Identifier: GPL-3.0-or-later
#include "first_fetch.hpp"

#include "base/format.hpp"
#include "base/text.hpp"
#include "base/url.hpp"
#include "http/library.hpp"
#include "spec_memory.hpp"
#include "sys/file.hpp"
#include "sys/file_lock.hpp"
#include "sys/hash_file.hpp"

namespace albs::build {
namespace {

constexpr const char* memory = "pins";
constexpr long wait_ms = 3600000; ///< for another task that downloads the same

/// "Source12: URL" → URL; empty for another line.
std::string value_of_source(std::string_view line)
{
    std::size_t colon = line.find(':');
    if (colon == line.npos)
        return "";
    std::string tag = lower_case(line.substr(0, colon));
    while (!tag.empty() && (tag.back() == ' ' || tag.back() == '\t' || (tag.back() >= '0' && tag.back() <= '9')))
        tag.pop_back();
    if (tag != "source" && tag != "patch")
        return "";
    std::vector<std::string> words = split_words(line.substr(colon + 1));
    return words.empty() ? "" : words.front();
}

http::Options options_of()
{
    http::Options options;
    options.user_agent = "albs-build/" ALBS_VERSION;
    return options;
}

/// Into the store.
Result<sys::FileDigest> download(const std::string& url, const http::ExpectedContent& expected,
                                 store::Workspace& workspace)
{
    ALBS_TRY(std::string directory, workspace.directory("lookaside"));
    const std::string part = directory + "/" + sha256(url).hex() + ".first";
    ALBS_TRY(sys::FileLock lock, sys::FileLock::exclusive(part + ".lock", wait_ms));
    ALBS_TRY(http::DownloadResult got, http::library().download(url, part, expected, options_of()));
    sys::FileDigest digest{got.sha256, got.size};
    ALBS_CHECK(workspace.store().adopt_file(part, digest));
    return digest;
}

std::optional<PinnedFile> recall(const NamedUrl& wanted, const store::Workspace& workspace)
{
    std::optional<Json> json = recall_json(workspace, memory, wanted.url);
    if (!json)
        return std::nullopt;
    auto pinned = RecordType<PinnedFile>::read(*json);
    if (!pinned || pinned->name != wanted.name || !workspace.store().path(pinned->sha256))
        return std::nullopt;
    return *std::move(pinned);
}

} // namespace

std::vector<NamedUrl> urls_in(std::string_view expanded)
{
    std::vector<NamedUrl> named;
    for (const std::string& line : split_lines(expanded)) {
        std::string url = value_of_source(line);
        std::string scheme = url_scheme(url);
        std::string name = url.substr(url.rfind('/') + 1); // as rpm takes it
        if ((scheme == "http" || scheme == "https" || scheme == "file") && !name.empty())
            named.push_back({name, url});
    }
    return named;
}

Result<PinnedFile> fetch_first(const NamedUrl& wanted, store::Workspace& workspace, cli::Messages& messages,
                               const std::string& about)
{
    if (std::optional<PinnedFile> known = recall(wanted, workspace))
        return *std::move(known);
    // "URL#/NAME" names the file; a server never sees it.
    ALBS_TRY(sys::FileDigest digest, download(wanted.url.substr(0, wanted.url.find('#')), {}, workspace));
    ALBS_TRY(store::Store::Object object, workspace.store().path(digest.sha256.hex(), Algorithm::sha512));
    PinnedFile pinned{wanted.name, without_userinfo(wanted.url), digest.sha256.hex(), object.digest, digest.size};
    ALBS_CHECK(workspace.remember(memory, wanted.url, write_json(RecordType<PinnedFile>::write(pinned))));
    messages.warning(format_text("took '{}' from {}, which nobody vouches for; this line in the list of lookaside "
                                 "files pins it: SHA512 ({}) = {}",
                                 pinned.name, pinned.url, pinned.name, pinned.sha512),
                     about);
    return pinned;
}

Status fetch_again(const PinnedFile& pinned, store::Workspace& workspace)
{
    if (workspace.store().has(pinned.sha256))
        return {};
    return download(pinned.url.substr(0, pinned.url.find('#')), {Algorithm::sha256, pinned.sha256}, workspace)
        .map([](const sys::FileDigest&) {});
}

} // namespace albs::build
