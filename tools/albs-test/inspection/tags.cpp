// SPDX-License-Identifier: GPL-3.0-or-later
// Licence and changelog.
#include <algorithm>
#include <cctype>

#include "albs/sbom/license.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "fedora_licenses.hpp"
#include "subject.hpp"

namespace albs::test {
namespace {

/// Of "(GPL-2.0-only OR LicenseRef-x)" the second.
std::vector<std::string> references_of(const std::string& expression)
{
    std::string plain = expression;
    std::replace_if(plain.begin(), plain.end(), [](char c) { return c == '(' || c == ')'; }, ' ');
    std::vector<std::string> list;
    for (std::string& word : split_words(plain))
        if (word.starts_with("LicenseRef-"))
            list.push_back(std::move(word));
    return list;
}

} // namespace

void inspect_license(const Subject& subject, Faults& faults)
{
    faults.look_at("license");
    const std::string tag = subject.package().license;
    const License license = read_license(tag);
    for (const std::string& reference : references_of(license.expression))
        if (tag.find(reference) == tag.npos && !is_fedora_license(reference)) {
            faults.add("unknown-license", format_text("'{}' is no licence of the lists", tag));
            return;
        }
}

namespace {

/// "1.2-3.el9" of "A Name <a@example.org> - 1:1.2-3.el9"; empty: the entry names none.
std::string version_in(const std::string& author)
{
    const std::size_t end = author.rfind('>');
    std::string_view rest = trimmed(end == author.npos ? std::string_view() : std::string_view(author).substr(end + 1));
    while (!rest.empty() && (rest.front() == '-' || rest.front() == ' ' || rest.front() == '('))
        rest.remove_prefix(1);
    if (rest.ends_with(')'))
        rest.remove_suffix(1);
    if (const std::size_t colon = rest.find(':'); colon != rest.npos)
        rest.remove_prefix(colon + 1);
    const bool is_version = !rest.empty() && std::isdigit(static_cast<unsigned char>(rest.front())) != 0 &&
                            rest.find(' ') == rest.npos;
    return is_version ? std::string(rest) : std::string();
}

/// Of the source package: subpackages may have versions of their own.
std::pair<std::string, std::string> source_version(const rpm::Package& package)
{
    const std::string name = package.info.sourcerpm.value_or("");
    const std::string_view stem = std::string_view(name).substr(0, name.rfind(".src.rpm"));
    const std::size_t release = stem.rfind('-');
    const std::size_t version = release == stem.npos || release == 0 ? stem.npos : stem.rfind('-', release - 1);
    if (version == stem.npos)
        return {package.info.version, package.info.release};
    return {std::string(stem.substr(version + 1, release - version - 1)), std::string(stem.substr(release + 1))};
}

/// The release without what a distribution appends: "3" of "3.el9_4.1".
std::string_view own_release(std::string_view release)
{
    for (std::size_t at = release.find('.'); at != release.npos; at = release.find('.', at + 1))
        if (at + 1 < release.size() && std::isalpha(static_cast<unsigned char>(release[at + 1])) != 0)
            return release.substr(0, at);
    return release;
}

bool is_same(const std::string& named, const std::string& version, const std::string& release)
{
    const std::size_t dash = named.rfind('-');
    if (named.substr(0, dash) != version)
        return dash != named.npos && named == version;
    return dash == named.npos || own_release(std::string_view(named).substr(dash + 1)) == own_release(release);
}

} // namespace

void inspect_changelog(const Subject& subject, Faults& faults)
{
    const std::vector<rpm::Changelog>& entries = subject.package().changelog;
    if (entries.empty())
        return;
    faults.look_at("changelog");
    const auto [version, release] = source_version(subject.package());
    const std::string named = version_in(entries.front().author);
    const RpmInfo& info = subject.package().info;
    if (!named.empty() && !is_same(named, version, release) && !is_same(named, info.version, info.release))
        faults.add("changelog-version",
                   format_text("the newest entry names {}, the package is {}-{}", named, version, release));
    for (std::size_t i = 1; i < entries.size(); ++i)
        if (entries[i - 1].time < entries[i].time) {
            faults.add("changelog-order",
                       format_text("the entry '{}' stands above a younger one", entries[i - 1].author));
            break;
        }
    // Entries have the time of noon.
    constexpr std::int64_t day = 86400;
    const std::int64_t built = subject.package().build_time;
    if (built > 0 && entries.front().time > built + day)
        faults.add("changelog-future", format_text("the newest entry is of {}, the package of {}",
                                                   format_time(entries.front().time), format_time(built)));
}

} // namespace albs::test
