// SPDX-License-Identifier: GPL-3.0-or-later
#include "repositories/keys.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "albs/crypto/openpgp.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/url.hpp"
#include "http/library.hpp"
#include "sys/file.hpp"

namespace albs::repositories {
namespace {

constexpr std::int64_t max_key_bytes = std::int64_t{4} << 20;

std::string name_of(const std::string& url)
{
    return sys::base_name(url.substr(0, url.find_first_of("?#")));
}

/// Every key of the text is one of those that are named: one more would be trusted as well.
Status check_keys(const KeyRequest& request, const std::string& place, const std::string& text)
{
    auto certificates = openpgp::read_certificates(text);
    if (!certificates)
        return fail(
            Kind::input,
            format_text("the key '{}' of repository '{}': {}", place, request.repository, certificates.error().message),
            "gpgkey names OpenPGP public keys, as 'gpg --export' writes them");
    for (const openpgp::Certificate& one : *certificates)
        if (!request.fingerprints.empty() && std::find(request.fingerprints.begin(), request.fingerprints.end(),
                                                       one.fingerprint) == request.fingerprints.end())
            return fail(Kind::input,
                        format_text("the key '{}' of repository '{}' has the fingerprint {}, and not {}", place,
                                    request.repository, one.fingerprint, join(request.fingerprints, " or ")),
                        "if the repository has a new key, learn its fingerprint by a way that you trust and name it in "
                        "gpgkey_fingerprint");
    return {};
}

Result<std::string> read_key(const KeyRequest& request, const std::string& place)
{
    std::string path = place.starts_with("file://") ? place.substr(7) : place;
    Result<std::string> text = sys::read_file(path, max_key_bytes);
    if (!text)
        return fail(Kind::input,
                    format_text("the key of repository '{}': {}", request.repository, text.error().message),
                    "get it by a way that you trust, and name the file in gpgkey");
    ALBS_CHECK(check_keys(request, place, *text));
    return text;
}

/// The same keys from this machine, if a file of that name has them and no others.
std::optional<std::string> local_key(const KeyRequest& request, const std::string& name)
{
    for (const std::string& directory : key_directories()) {
        std::vector<std::string> places = {directory};
        if (auto below = sys::list_directory(directory))
            for (const std::string& one : *below)
                places.push_back(directory + "/" + one);
        for (const std::string& place : places) {
            Result<std::string> text = sys::read_file(place + "/" + name, max_key_bytes);
            if (text && check_keys(request, place, *text))
                return std::move(*text);
        }
    }
    return std::nullopt;
}

Result<std::string> fetch_key(const KeyRequest& request, const std::string& url, const std::string& directory,
                              bool offline)
{
    if (request.fingerprints.empty())
        return fail(
            Kind::input,
            format_text("the key of repository '{}' is '{}', and its fingerprint is not known", request.repository,
                        without_secrets(url)),
            "name it in gpgkey_fingerprint, or get the key by a way that you trust and name the file in gpgkey");
    if (std::optional<std::string> local = local_key(request, name_of(url)))
        return std::move(*local);
    std::string kept = directory + "/" + sha256(url).hex() + ".asc";
    if (Result<std::string> text = sys::read_file(kept, max_key_bytes); text && check_keys(request, kept, *text))
        return text;
    if (offline)
        return fail(Kind::temporary,
                    format_text("the key '{}' of repository '{}' is not in the workspace", without_secrets(url),
                                request.repository),
                    "run it once without --offline");
    http::Options options;
    options.size_limit = max_key_bytes;
    Result<std::string> text = http::library().get(url, options);
    if (!text) {
        if (text.error().kind == Kind::temporary)
            text.error().hint =
                format_text("run it again when the server can be reached, or put the key as '{}' into one "
                            "of the directories of ALBS_KEY_DIRS, albs(7)",
                            name_of(url));
        return fail(std::move(text).error(), format_text("the key of repository '{}'", request.repository));
    }
    ALBS_CHECK(check_keys(request, without_secrets(url), *text));
    ALBS_CHECK(sys::make_directories(directory));
    ALBS_CHECK(sys::write_file(kept, *text));
    return text;
}

} // namespace

std::vector<std::string> key_directories()
{
    const char* given = std::getenv("ALBS_KEY_DIRS");
    std::string list = given != nullptr ? given : "/etc/pki/rpm-gpg:/usr/share/distribution-gpg-keys";
    std::vector<std::string> directories;
    for (std::size_t at = 0; at <= list.size();) {
        std::size_t colon = std::min(list.find(':', at), list.size());
        if (colon > at)
            directories.push_back(list.substr(at, colon - at));
        at = colon + 1;
    }
    return directories;
}

Result<std::string> key_file(const KeyRequest& request, const std::string& directory, bool offline)
{
    std::string all;
    for (const std::string& place : request.places) {
        std::string scheme = url_scheme(place);
        bool is_remote = scheme == "http" || scheme == "https";
        if (!is_remote && !scheme.empty() && scheme != "file")
            return fail(Kind::input,
                        format_text("the key of repository '{}' is '{}', which is no http, https or file URL",
                                    request.repository, without_secrets(place)));
        ALBS_TRY(std::string text,
                 is_remote ? fetch_key(request, place, directory, offline) : read_key(request, place));
        if (request.places.size() == 1 && !is_remote)
            return scheme == "file" ? place.substr(7) : place;
        all += text + "\n";
    }
    if (all.empty())
        return std::string();
    std::string path = directory + "/" + sha256(all).hex() + ".asc";
    if (!sys::exists(path)) {
        ALBS_CHECK(sys::make_directories(directory));
        ALBS_CHECK(sys::write_file(path, all));
    }
    return path;
}

} // namespace albs::repositories
