// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/buildroot/lock.hpp"

#include <set>

#include "albs/buildroot/name_members.hpp"
#include "albs/json/fields.hpp"
#include "albs/json/value.hpp"
#include "albs/manifest/nevra.hpp"

namespace albs::buildroot {
namespace {

constexpr const char* schema = "albs.buildroot/1";

Json to_json(const LockedPackage& package)
{
    return Json::object({{"name", package.name},
                         {"epoch", optional_json(package.epoch)},
                         {"version", package.version},
                         {"release", package.release},
                         {"arch", package.arch},
                         {"nevra", package.nevra},
                         {"sha256", package.sha256},
                         {"size", package.size},
                         {"header", optional_json(package.header)},
                         {"repository", optional_json(package.repository)},
                         {"path", optional_json(package.path)}});
}

Result<LockedPackage> read_package(const Json& from)
{
    Fields fields(from);
    LockedPackage package;
    read_name(fields, package);
    package.epoch = fields.optional_integer("epoch");
    package.nevra = fields.file_name("nevra");
    package.sha256 = fields.sha256("sha256");
    package.size = fields.size("size");
    package.header = fields.optional_sha256("header");
    package.repository = fields.optional_string("repository");
    if (fields.optional_string("path"))
        package.path = fields.relative_path("path");
    if (package.nevra != nevra_of(package.name, package.epoch, package.version, package.release, package.arch))
        fields.complain("nevra", "is not what the other members say");
    ALBS_CHECK(fields.done());
    return package;
}

/// What every lock begins with, whatever its packages say of themselves.
Json begin_lock(const std::string& platform)
{
    return Json::object({{"schema", schema}, {"platform", platform}});
}

} // namespace

std::string write_lock(const Lock& lock)
{
    Json repositories = Json::array();
    for (const LockedRepository& one : lock.repositories)
        repositories.push(Json::object({{"name", one.name},
                                        {"revision", one.revision},
                                        {"repomd", one.repomd},
                                        {"key", optional_json(one.key)}}));
    Json packages = Json::array();
    for (const LockedPackage& package : lock.packages)
        packages.push(to_json(package));
    Json document = begin_lock(lock.platform);
    document.set("arch", lock.arch);
    document.set("repositories", std::move(repositories));
    document.set("modules", Json::strings(lock.modules));
    // Not as null: a lock from before there were bases stays the same bytes.
    if (lock.base > 0)
        document.set("base", static_cast<std::int64_t>(lock.base));
    document.set("packages", std::move(packages));
    return write_pretty_json(document) + "\n";
}

std::string write_host_lock(const std::string& platform, const std::vector<HostPackage>& installed)
{
    Json packages = Json::array();
    for (const HostPackage& package : installed)
        packages.push(Json::object({{"name", package.name}, {"version", package.version}, {"arch", package.arch}}));
    Json document = begin_lock(platform);
    document.set("packages", std::move(packages));
    return write_pretty_json(document) + "\n";
}

Result<Lock> read_lock(const std::string& text)
{
    ALBS_TRY(Json document, read_json(text));
    if (!document.is_object())
        return fail(Kind::input, "it is no lock of a buildroot");
    Fields fields(document);
    Lock lock;
    if (fields.string("schema") != schema)
        return fail(Kind::input, "its schema is not '" + std::string(schema) + "'");
    lock.platform = fields.string("platform");
    if (document.find("arch") == nullptr)
        return fail(Kind::input, "it is the lock of a host, which names its packages without their digests");
    lock.arch = fields.file_name("arch");
    lock.modules = fields.strings("modules");
    for (const Json* each : fields.objects("repositories")) {
        Fields one(*each);
        lock.repositories.push_back(
            {one.string("name"), one.string("revision"), one.sha256("repomd"), one.optional_string("key")});
        if (Status done = one.done(); !done)
            return fail(std::move(done).error(), "repositories");
    }
    std::set<std::string> seen;
    for (const Json* each : fields.objects("packages")) {
        auto package = read_package(*each);
        if (!package)
            return fail(std::move(package).error(), "packages");
        if (!seen.insert(package->sha256).second)
            return fail(Kind::input, "it names '" + package->nevra + "' twice");
        lock.packages.push_back(*std::move(package));
    }
    if (auto base = fields.optional_integer("base")) {
        if (*base < 1 || *base > static_cast<std::int64_t>(lock.packages.size()))
            fields.complain("base", "is no number of its packages");
        lock.base = static_cast<std::size_t>(*base);
    }
    ALBS_CHECK(fields.done());
    return lock;
}

} // namespace albs::buildroot
