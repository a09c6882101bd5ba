// SPDX-License-Identifier: GPL-3.0-or-later
// What mock left behind about its roots. Neither of its files has SHA-256 digests: a package is found again by its name
// and version, and known to be the same by the MD5 of header and payload, which both files have.
#include "albs/buildroot/mock_record.hpp"

#include <algorithm>
#include <cstdlib>

#include "albs/buildroot/name_members.hpp"
#include "albs/json/fields.hpp"
#include "albs/json/value.hpp"
#include "albs/manifest/nevra.hpp"

namespace albs::buildroot {
namespace {

bool is_md5(std::string_view text)
{
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

void set_nevra(MockPackage& package)
{
    package.nevra = nevra_of(package.name, package.epoch, package.version, package.release, package.arch);
}

Result<std::optional<std::int64_t>> parse_epoch(const std::string& text)
{
    if (text.empty() || text.size() > 10 || text.find_first_not_of("0123456789") != text.npos)
        return fail(Kind::input, "'" + text + "' is no epoch");
    std::int64_t number = std::strtoll(text.c_str(), nullptr, 10);
    return number == 0 ? std::optional<std::int64_t>() : number;
}

/// "NAME-[EPOCH:]VERSION-RELEASE.ARCH".
Result<MockPackage> parse_nevra(std::string_view text)
{
    MockPackage package;
    std::size_t dot = text.rfind('.');
    std::size_t release = dot == text.npos ? dot : text.rfind('-', dot);
    std::size_t version = release == text.npos || release == 0 ? text.npos : text.rfind('-', release - 1);
    if (version == text.npos || version == 0)
        return fail(Kind::input, "'" + std::string(text) + "' is no NAME-VERSION-RELEASE.ARCH");
    package.name = text.substr(0, version);
    package.version = text.substr(version + 1, release - version - 1);
    package.release = text.substr(release + 1, dot - release - 1);
    package.arch = text.substr(dot + 1);
    if (std::size_t colon = package.version.find(':'); colon != package.version.npos) {
        ALBS_TRY(package.epoch, parse_epoch(package.version.substr(0, colon)));
        package.version.erase(0, colon + 1);
    }
    set_nevra(package);
    return package;
}

Result<MockPackage> read_rpm(const Json& from)
{
    Fields fields(from);
    MockPackage package;
    read_name(fields, package);
    package.md5 = fields.string("sigmd5");
    package.url = fields.optional_string("url");
    auto epoch = fields.optional_string("epoch");
    ALBS_CHECK(fields.done());
    if (epoch) {
        ALBS_TRY(package.epoch, parse_epoch(*epoch));
    }
    if (!is_md5(*package.md5))
        return fail(Kind::input, "sigmd5 of '" + package.name + "' is no MD5");
    set_nevra(package);
    return package;
}

Result<MockRecord> read_mock_lock(const std::string& text)
{
    ALBS_TRY(Json document, read_json(text));
    Fields fields(document);
    std::string version = fields.string("version");
    ALBS_CHECK(fields.done());
    if (!version.starts_with("1.0.") && !version.starts_with("1.1."))
        return fail(Kind::input, "it is of version '" + version + "', and 1.0 and 1.1 are known");
    const Json* root = document.find("buildroot");
    if (root == nullptr || root->find("rpms") == nullptr || root->find("rpms")->elements() == nullptr)
        return fail(Kind::input, "it has no buildroot.rpms");
    MockRecord record;
    if (const Json* config = document.find("config"))
        if (const Json* arch = config->find("target_arch"); arch != nullptr && arch->string() != nullptr)
            record.arch = *arch->string();
    for (const Json& each : *root->find("rpms")->elements()) {
        auto package = read_rpm(each);
        if (!package)
            return fail(std::move(package).error(), "buildroot.rpms");
        if (package->name != "gpg-pubkey")
            record.packages.push_back(*std::move(package));
    }
    return record;
}

Result<MockRecord> read_mock_log(std::string_view text)
{
    MockRecord record;
    for (int line = 1; !text.empty(); ++line) {
        std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view rest = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        std::vector<std::string_view> words;
        while (!rest.empty()) {
            std::size_t space = std::min(rest.find(' '), rest.size());
            if (space > 0)
                words.push_back(rest.substr(0, space));
            rest.remove_prefix(std::min(space + 1, rest.size()));
        }
        if (words.empty() || words[0].starts_with("gpg-pubkey-"))
            continue;
        if (words.size() != 5 || words[4] != "installed" || !is_md5(words[3]))
            return fail(Kind::input,
                        "line " + std::to_string(line) +
                            " is not 'NEVRA BUILDTIME SIZE MD5 installed', as installed_pkgs.log of mock has");
        auto package = parse_nevra(words[0]);
        if (!package)
            return fail(std::move(package).error(), "line " + std::to_string(line));
        package->md5 = words[3];
        record.packages.push_back(*std::move(package));
    }
    return record;
}

} // namespace

Result<MockRecord> read_mock_record(const std::string& text)
{
    std::size_t first = text.find_first_not_of(" \t\r\n");
    Result<MockRecord> record = first != text.npos && text[first] == '{' ? read_mock_lock(text) : read_mock_log(text);
    if (record && record->packages.empty())
        return fail(Kind::input, "it names no packages");
    return record;
}

} // namespace albs::buildroot
