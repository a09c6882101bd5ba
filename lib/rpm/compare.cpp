// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/compare.hpp"

#include <algorithm>
#include <map>
#include <rpm/header.h>
#include <rpm/rpmtag.h>
#include <rpm/rpmtd.h>

#include "base/digest.hpp"
#include "rpm/handles.hpp"
#include "rpm/library.hpp"
#include "rpm/package.hpp"
#include "rpm/region.hpp"
#include "sys/hash_file.hpp"

namespace albs::rpm {
namespace {

/// What rpm writes of the host and the time of a build, or makes from these.
constexpr rpmTagVal of_host_and_time[] = {RPMTAG_BUILDTIME,        RPMTAG_BUILDHOST,   RPMTAG_COOKIE,
                                          RPMTAG_PAYLOADDIGEST,    RPMTAG_FILEMTIMES,  RPMTAG_SOURCEPKGID,
                                          RPMTAG_PAYLOADDIGESTALT, RPMTAG_FILEDEVICES, RPMTAG_FILEINODES};
/// With what it was built, and for whom.
constexpr rpmTagVal of_means[] = {RPMTAG_RPMVERSION,     RPMTAG_VENDOR,   RPMTAG_PACKAGER,     RPMTAG_DISTRIBUTION,
                                  RPMTAG_PLATFORM,       RPMTAG_OPTFLAGS, RPMTAG_PAYLOADFLAGS, RPMTAG_PAYLOADCOMPRESSOR,
                                  RPMTAG_HEADERIMMUTABLE};

template <std::size_t count> bool contains(const rpmTagVal (&tags)[count], rpmTagVal tag)
{
    return std::find(std::begin(tags), std::end(tags), tag) != std::end(tags);
}

/// Every tag of a header with its value as text.
std::map<rpmTagVal, std::string> values(Header header)
{
    std::map<rpmTagVal, std::string> all;
    HeaderIterator iterator = headerInitIterator(header);
    for (rpmTagVal tag = headerNextTag(iterator); tag != RPMTAG_NOT_FOUND; tag = headerNextTag(iterator)) {
        if (tag != RPMTAG_HEADERIMMUTABLE)
            all.emplace(tag, tag_values(header, tag));
    }
    headerFreeIterator(iterator);
    return all;
}

void compare_tags(Difference& difference, Header first, Header second)
{
    std::map<rpmTagVal, std::string> a = values(first);
    std::map<rpmTagVal, std::string> b = values(second);
    std::map<rpmTagVal, bool> tags;
    for (const auto& [tag, value] : a)
        tags[tag] = true;
    for (const auto& [tag, value] : b)
        tags[tag] = true;
    for (const auto& [tag, there] : tags) {
        auto in_a = a.find(tag);
        auto in_b = b.find(tag);
        if (in_a != a.end() && in_b != b.end() && in_a->second == in_b->second)
            continue;
        const char* name = rpmTagGetName(tag);
        difference.tags.emplace_back(name);
        if (contains(of_host_and_time, tag))
            continue;
        difference.verdict = Difference::Verdict::payload;
        difference.only_of_build = difference.only_of_build && contains(of_means, tag);
    }
}

void compare_files(Difference& difference, const Package& first, const Package& second)
{
    auto tell = [&](const File& file, const char* what) {
        difference.file = file.path;
        difference.what = what;
        difference.verdict = Difference::Verdict::differs;
    };
    std::map<std::string, const File*> others;
    for (const File& file : second.files)
        others[file.path] = &file;
    for (const File& file : first.files) {
        auto found = others.find(file.path);
        if (found == others.end())
            return tell(file, "missing in the second");
        const File& other = *found->second;
        if (file.digest != other.digest || file.size != other.size)
            return tell(file, "contents");
        if (file.mode != other.mode)
            return tell(file, "mode");
        if (file.user != other.user || file.group != other.group)
            return tell(file, "owner");
        if (file.link_to != other.link_to)
            return tell(file, "target of the link");
        if (file.flags != other.flags)
            return tell(file, "flags");
        others.erase(found);
    }
    if (!others.empty())
        tell(*others.begin()->second, "missing in the first");
}

} // namespace

Result<Difference> Library::compare(const std::string& first, const std::string& second) const
{
    Difference difference;
    ALBS_TRY(sys::FileDigest a, sys::digest_file(first));
    ALBS_TRY(sys::FileDigest b, sys::digest_file(second));
    if (a.sha256 == b.sha256)
        return difference;
    ALBS_TRY(OpenPackage opened_a, open_package(first));
    ALBS_TRY(OpenPackage opened_b, open_package(second));
    ALBS_TRY(HeaderHandle header_a, main_header(opened_a));
    ALBS_TRY(HeaderHandle header_b, main_header(opened_b));
    ALBS_TRY(Package package_a, read_package(first));
    ALBS_TRY(Package package_b, read_package(second));
    difference.verdict = Difference::Verdict::metadata;
    compare_tags(difference, header_a.get(), header_b.get());
    compare_files(difference, package_a, package_b);
    // The header holds the payload's digest: nothing differs there, nothing differs in the payload.
    if (difference.tags.empty() && !difference.file)
        difference.verdict = Difference::Verdict::signature;
    return difference;
}

} // namespace albs::rpm
