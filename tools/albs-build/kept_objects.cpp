// SPDX-License-Identifier: GPL-3.0-or-later
#include "kept_objects.hpp"

#include <algorithm>

#include "albs/manifest/manifest.hpp"
#include "base/format.hpp"
#include "store/workspace.hpp"
#include "sys/file.hpp"
#include "sys/first_bytes.hpp"

namespace albs::build {
namespace {

constexpr std::size_t max_manifest = std::size_t{1} << 30;
constexpr std::ptrdiff_t digits = 64;

bool is_hex(char letter)
{
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
}

/// The objects that an object names, if it is a document.
Status add_named_by(const store::Store& store, const std::string& root, const std::string& digest,
                    std::set<std::string>& digests)
{
    // Only documents are read whole and verified: the rest may be much.
    ALBS_TRY(std::string head, sys::read_first_bytes(format_text("{}/{}/{}", root, digest.substr(0, 2), digest), 1));
    if (head != "{" && head != "[")
        return {};
    ALBS_TRY(std::string text, store.read(digest));
    add_digests(text, digests);
    return {};
}

} // namespace

void add_digests(std::string_view text, std::set<std::string>& digests)
{
    for (auto at = text.begin(); at != text.end();) {
        auto end = std::find_if_not(at, text.end(), is_hex);
        if (end - at == digits)
            digests.emplace(at, end);
        at = std::find_if(end, text.end(), is_hex);
    }
}

Result<std::set<std::string>> objects_of(const std::vector<std::string>& manifests, const std::string& workspace)
{
    std::set<std::string> all;
    for (const std::string& file : manifests) {
        ALBS_TRY(std::string text, sys::read_file(file, max_manifest));
        add_digests(text, all);
        if (auto read = Manifest::parse_all(std::move(text)); !read)
            return fail(std::move(read).error(), "'" + file + "'");
    }
    const std::string root = workspace + "/store/sha256";
    if (!sys::is_directory(root))
        return all;
    ALBS_TRY(store::Store store, store::Store::open(workspace + "/store"));
    std::set<std::string> unread = all;
    while (!unread.empty()) {
        std::set<std::string> named;
        for (const std::string& digest : unread)
            if (store.has(digest))
                ALBS_CHECK(add_named_by(store, root, digest, named));
        unread.clear();
        for (const std::string& digest : named)
            if (all.insert(digest).second)
                unread.insert(digest);
    }
    return all;
}

} // namespace albs::build
