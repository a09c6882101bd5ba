// SPDX-License-Identifier: GPL-3.0-or-later
#include "check.hpp"

#include <mutex>
#include <set>

#include "base/digest.hpp"
#include "base/format.hpp"
#include "options.hpp"
#include "repo/generations.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/parallel.hpp"

namespace albs::release {
namespace {

/// The file is what primary.xml says, and signed by one of the keys.
Status check_package(const Repository& repository, const repo::ListedPackage& package, const Keys& keys)
{
    std::string path = repository.path + "/" + package.location;
    if (!sys::exists(path))
        return fail(Kind::trust, "is listed and not there");
    ALBS_TRY(sys::FileDigest digest, sys::digest_file(path));
    if (digest.size != package.size || digest.sha256.hex() != package.sha256)
        return fail(Kind::trust,
                    "was changed: its SHA-256 is " + digest.sha256.hex() + ", listed is " + package.sha256);
    ALBS_CHECK(keys.verify_package(path));
    return {};
}

struct Findings {
    std::mutex mutex;
    std::size_t bad = 0;   ///< contradicts what was signed
    std::size_t stray = 0; ///< nothing signed says anything of it
};

Status check_repository(cli::Context& context, const std::string& name, const Repository& repository, const Keys& keys,
                        Findings& findings)
{
    std::set<std::string> listed;
    for (const repo::ListedPackage& package : repository.packages)
        listed.insert(package.location);
    ALBS_CHECK(sys::for_each_parallel(repository.packages.size(), context.jobs(), [&](std::size_t i) -> Status {
        Status good = check_package(repository, repository.packages[i], keys);
        if (good || good.error().kind == Kind::environment)
            return good;
        std::lock_guard guard(findings.mutex);
        ++findings.bad;
        context.messages.warning(good.error().message, name + "/" + repository.packages[i].location);
        return {};
    }));
    ALBS_TRY(std::vector<std::string> files, sys::list_tree(repository.path));
    for (const std::string& file : files)
        if (file.ends_with(".rpm") && listed.count(file) == 0) {
            ++findings.stray;
            context.messages.warning("no metadata lists it", name + "/" + file);
        }
    return {};
}

Json describe(const Tree& tree)
{
    Json repositories = Json::array();
    for (const auto& [name, repository] : tree.repositories)
        repositories.push(Json::object({{"repository", name},
                                        {"repomd_sha256", repository.repomd_sha256},
                                        {"revision", repository.repomd.revision},
                                        {"key", repository.key},
                                        {"packages", static_cast<std::int64_t>(repository.packages.size())}}));
    return Json::object({{"schema", "albs.release-check/1"}, {"repositories", repositories}});
}

} // namespace

Result<Keys> keys_in(const std::string& tree)
{
    std::string armored;
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(tree));
    for (const std::string& name : names)
        if (name.rfind("RPM-GPG-KEY-", 0) == 0) {
            ALBS_TRY(std::string text, sys::read_file(tree + "/" + name));
            armored += text + "\n";
        }
    if (armored.empty())
        return fail(Kind::input, "'" + tree + "' holds no public key", "give one with --cert");
    return Keys::from_certificates(armored);
}

Result<cli::Outcome> check(const CheckOptions& options, cli::Context& context, Manifest&)
{
    if (context.operands.size() != 1)
        return fail(Kind::usage, "check wants one directory");
    ALBS_TRY(repo::Generations generations, repo::Generations::open(context.operands[0]));
    if (!generations.current())
        return fail(Kind::input, "'" + context.operands[0] + "' is not there");
    std::string path = generations.path(*generations.current());
    Result<Keys> keys = fail(Kind::internal, "");
    if (options.cert.empty()) {
        keys = keys_in(path);
    } else {
        ALBS_TRY(std::string armored, sys::read_file(options.cert));
        keys = Keys::from_certificates(armored);
    }
    ALBS_CHECK(keys);
    ALBS_TRY(Tree tree, read_tree(path, *keys));
    if (tree.repositories.empty())
        return fail(Kind::input, "'" + context.operands[0] + "' holds no repository");
    Findings findings;
    for (const auto& [name, repository] : tree.repositories)
        ALBS_CHECK(check_repository(context, name, repository, *keys, findings));
    if (findings.bad > 0)
        return fail(
            Kind::trust,
            format_text("'{}': {} packages are not what the signed metadata says", context.operands[0], findings.bad),
            "stop serving it; find out who changed what");
    return cli::Outcome{findings.stray == 0 ? cli::Verdict::yes : cli::Verdict::no, write_json(describe(tree)) + "\n"};
}

} // namespace albs::release
