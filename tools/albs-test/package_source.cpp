// SPDX-License-Identifier: GPL-3.0-or-later
#include "package_source.hpp"

#include "base/digest.hpp"
#include "base/format.hpp"
#include "http/library.hpp"
#include "solve/library.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::test {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by)
{
    for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += by.size())
        text.replace(at, what.size(), by);
    return text;
}

} // namespace

Result<PackageSource> PackageSource::make(const std::string& url, const std::string& cache)
{
    PackageSource source;
    source.url_ = url;
    while (source.url_.size() > 1 && source.url_.ends_with('/'))
        source.url_.pop_back();
    source.cache_ = cache;
    bool known = source.is_remote() || url.starts_with("file:///") || url.find("://") == url.npos;
    if (url.empty() || !known)
        return fail(Kind::usage, "--repo '" + url + "' is no http, https or file URL and no directory");
    if (url.find("://") == url.npos) {
        ALBS_TRY(source.place_, sys::absolute_path(source.url_));
    } else {
        source.place_ = url.starts_with("file://") ? source.url_.substr(7) : source.url_;
    }
    return source;
}

bool PackageSource::is_remote() const
{
    return url_.starts_with("http://") || url_.starts_with("https://");
}

std::string PackageSource::url_for(const std::string& arch) const
{
    return replaced(replaced(place_, "$basearch", arch), "$arch", arch);
}

std::string PackageSource::tree(const std::string& arch) const
{
    std::string url = url_for(arch);
    return is_remote() ? cache_ + "/" + sha256(url).hex() : url;
}

Status PackageSource::open(const std::string& arch)
{
    opened_ = arch;
    if (!is_remote())
        return {};
    std::string url = url_for(arch);
    std::string here = tree(arch);
    ALBS_CHECK(sys::make_directories(here + "/repodata"));
    std::string index = here + "/repodata/repomd.xml";
    ALBS_TRY(std::string text, http::library().get(url + "/repodata/repomd.xml"));
    ALBS_CHECK(sys::write_file(index, text));
    ALBS_TRY(std::vector<solve::Pool::NamedFile> files, solve::library().read_repomd(index));
    for (const solve::Pool::NamedFile& file : files) {
        bool needed = file.type == "primary" || file.type == "filelists";
        // Names that lead elsewhere are refused by the pool, which has the words for it.
        if (!needed || file.sha256.empty() || !file.path.starts_with("repodata/") ||
            file.path.find("..") != file.path.npos)
            continue;
        std::string path = here + "/" + file.path;
        if (auto has = sys::digest_file(path); has && has->sha256.hex() == file.sha256)
            continue;
        ALBS_CHECK(http::library().download(url + "/" + file.path, path, {.hex = file.sha256}));
    }
    return {};
}

Result<std::string> PackageSource::state(const std::string& arch) const
{
    ALBS_TRY(sys::FileDigest digest, sys::digest_file(tree(arch) + "/repodata/repomd.xml"));
    return digest.sha256.hex();
}

Result<std::string> PackageSource::package(const std::string& location, const std::optional<std::string>& sha256) const
{
    if (!sha256 || location.find("..") != location.npos)
        return fail(Kind::input, format_text("repository '{}' has no SHA-256 of '{}'", url_, location));
    std::string path =
        is_remote() ? format_text("{}/{}.rpm", cache_, *sha256) : format_text("{}/{}", tree(opened_), location);
    auto has = sys::digest_file(path);
    if (has && has->sha256.hex() == *sha256)
        return path;
    if (!is_remote() && !has)
        return tl::unexpected<Error>(std::move(has).error());
    if (!is_remote())
        return fail(Kind::trust, format_text("'{}' is not what its repository says: SHA-256 is {}, not {}", path,
                                             has->sha256.hex(), *sha256));
    ALBS_CHECK(http::library().download(url_for(opened_) + "/" + location, path, {.hex = *sha256}));
    return path;
}

} // namespace albs::test
