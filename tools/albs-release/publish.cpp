// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish.hpp"

#include <algorithm>
#include <filesystem>

#include "base/format.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "repo/library.hpp"
#include "repo_files.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::release {
namespace {

/// One run of publish().
struct Work {
    cli::Context& context;
    const Keys& keys;
    const Tree& tree;
    Changes& changes;
    RepoFiles site;
    std::string staged; ///< directory of the new generation
    Revisions reverted = {};
};

struct NewRevision {
    std::string repomd_sha256;
    std::int64_t revision = 0;
};

Status link_file(const std::string& from, const std::string& to)
{
    ALBS_CHECK(sys::make_directories(sys::directory_name(to)));
    return sys::link_or_copy(from, to);
}

/// Everything of the generation before but metadata that is made anew and the files at the top that are.
Status link_old_files(const Work& work)
{
    if (work.tree.path.empty())
        return {};
    auto is_remade = [&](const std::string& path) {
        return std::any_of(work.changes.begin(), work.changes.end(), [&](const auto& one) {
            return !one.second.empty() && path.rfind(one.first + "/repodata/", 0) == 0;
        });
    };
    std::set<std::string> replaced;
    for (const auto& [name, change] : work.changes)
        if (!change.replace.empty())
            for (const repo::ListedPackage& package : work.tree.repositories.at(name).packages)
                if (change.replace.contains(package.sha256))
                    replaced.insert(format_text("{}/{}", name, package.location));
    ALBS_TRY(std::vector<std::string> files, sys::list_tree(work.tree.path));
    for (const std::string& file : files)
        if (!is_site_file(file) && !is_remade(file) && !replaced.contains(file))
            ALBS_CHECK(link_file(work.tree.path + "/" + file, work.staged + "/" + file));
    return {};
}

/// Koji's and Pulp's trees hold links to packages that lie elsewhere. What is taken over is the package, if it is the
/// one that the signed metadata lists.
Status replace_links(const Work& work)
{
    for (const auto& [name, repository] : work.tree.repositories)
        for (const repo::ListedPackage& package : repository.packages) {
            const std::string place = format_text("{}/{}", name, package.location);
            std::error_code code;
            auto change = work.changes.find(name);
            if (!std::filesystem::is_symlink(work.tree.path + "/" + place, code) ||
                (change != work.changes.end() && change->second.replace.contains(package.sha256)))
                continue;
            ALBS_TRY(sys::FileDigest found, sys::digest_file(work.tree.path + "/" + place));
            if (found.sha256.hex() != package.sha256)
                return fail(Kind::trust, format_text("'{}' leads to another file than the metadata lists", place),
                            "put the package there, or take it out of the metadata and sign that anew");
            ALBS_CHECK(link_file(work.tree.path + "/" + place, work.staged + "/" + place));
        }
    return {};
}

/// SOURCE_DATE_EPOCH, else the time of the newest thing in it; always later than the revisions before, since mirrors
/// take it as an order and records as a name.
Result<std::int64_t> revision_of(const Repository* before, const Change& change, std::int64_t reverted)
{
    ALBS_TRY(std::optional<Seconds> fixed, given_source_date_epoch());
    std::int64_t revision = change.newest;
    for (const Addition& addition : change.add)
        revision = std::max(revision, addition.build_time);
    if (fixed)
        revision = *fixed;
    if (before != nullptr)
        revision = std::max(revision, before->repomd.revision + 1);
    return std::max(revision, reverted + 1);
}

/// Advisories name the files by their digests.
std::string with_replaced_digests(std::string xml, const Change& change)
{
    for (const auto& [old, replacement] : change.replace)
        for (std::size_t at = 0; (at = xml.find(old, at)) != std::string::npos; at += replacement.size())
            xml.replace(at, old.size(), replacement);
    return xml;
}

/// The metadata of other kinds, the advisories, and the packages' locations of the repository as it will be.
Result<repo::Contents> contents_of(const Change& change, const Repository* before)
{
    repo::Contents contents;
    for (const Addition& addition : change.add)
        contents.packages.push_back(addition.location);
    contents.notarizations = change.notarizations.value_or("");
    if (change.updateinfo) {
        contents.updateinfo = *change.updateinfo;
    } else if (const repo::MetadataFile* file = before != nullptr ? before->repomd.find("updateinfo") : nullptr) {
        ALBS_TRY(std::unique_ptr<repo::UpdateInfo> advisories,
                 repo::library().read_updateinfo(before->path + "/" + file->location));
        ALBS_TRY(std::string xml, advisories->xml());
        contents.updateinfo = with_replaced_digests(std::move(xml), change);
    }
    if (before != nullptr) {
        for (const repo::ListedPackage& package : before->packages)
            if (!change.replace.contains(package.sha256))
                contents.packages.push_back(package.location);
        for (const repo::MetadataFile& file : before->repomd.files)
            if (!repo::is_made_anew(file.type) && !(change.notarizations && file.type == repo::notarizations_type))
                contents.carried.emplace_back(file.type, before->path + "/" + file.location);
    }
    return contents;
}

/// Every package file is what the tree's metadata or the manifest said it is, as the bytes lie in the new generation.
Status check_packages(const repo::NewMetadata& written, const Change& change, const Repository* before)
{
    std::map<std::string, std::string> expected;
    for (const Addition& addition : change.add)
        expected[addition.location] = addition.sha256;
    if (before != nullptr)
        for (const repo::ListedPackage& package : before->packages)
            if (!change.replace.contains(package.sha256))
                expected[package.location] = package.sha256;
    for (const repo::ListedPackage& package : written.packages)
        if (expected[package.location] != package.sha256)
            return fail(Kind::trust,
                        format_text("'{}' was changed: its SHA-256 is {}, not {}", package.location, package.sha256,
                                    expected[package.location]),
                        "nothing was published; find out who changed the package");
    return {};
}

Result<NewRevision> make_repository(const Work& work, const std::string& name, const Change& change)
{
    auto found = work.tree.repositories.find(name);
    const Repository* before = found == work.tree.repositories.end() ? nullptr : &found->second;
    std::string path = work.staged + "/" + name;
    for (const Addition& addition : change.add)
        ALBS_CHECK(link_file(addition.file, path + "/" + addition.location));
    ALBS_TRY(repo::Contents contents, contents_of(change, before));
    ALBS_TRY(contents.revision,
             revision_of(before, change, work.reverted.count(name) != 0 ? work.reverted.at(name) : -1));
    ALBS_TRY(repo::NewMetadata written, repo::library().write_metadata(path, contents, work.context.jobs()));
    ALBS_CHECK(check_packages(written, change, before));
    std::string repomd = path + "/repodata/repomd.xml";
    ALBS_TRY(std::string bytes, sys::read_file(repomd));
    ALBS_TRY(std::string signature, work.keys.sign(bytes, work.context.started));
    ALBS_CHECK(sys::write_file(repomd + ".asc", signature));
    // A reader who fetched the old repomd.xml finds the files that it names for one generation more.
    if (before != nullptr)
        for (const repo::MetadataFile& file : before->repomd.files)
            if (!sys::exists(path + "/" + file.location))
                ALBS_CHECK(link_file(before->path + "/" + file.location, path + "/" + file.location));
    return NewRevision{written.repomd_sha256, contents.revision};
}

Json record_of(const Work& work, const std::string& name, const Change& change, const NewRevision& made)
{
    auto found = work.tree.repositories.find(name);
    Release record{.id = format_text("{}/{}/{}", work.site.name, name, made.revision),
                   .repository = name,
                   .repomd_sha256 = made.repomd_sha256,
                   .key = work.keys.key(),
                   .published = format_time(work.context.started),
                   .packages = change.packages,
                   .previous = {},
                   .waived = {}};
    std::sort(record.packages.begin(), record.packages.end(),
              [](const ReleasedPackage& a, const ReleasedPackage& b) { return a.path < b.path; });
    if (found != work.tree.repositories.end())
        record.previous = found->second.repomd_sha256;
    if (!change.waivers.empty())
        record.waived = join(change.waived_for, "; ");
    Json json = to_json(record);
    json.set("waivers", Json::strings(change.waivers));
    json.set("errata", Json::strings(change.errata));
    return json;
}

/// What an earlier run said of these packages; null when the tree has them from elsewhere.
const Json* record_before(const Tree& tree, const std::string& name, const Change& change)
{
    if (!tree.history)
        return nullptr;
    std::set<std::string> packages;
    for (const ReleasedPackage& package : change.packages)
        packages.insert(package.artifact);
    return tree.history->find(name, packages, {change.errata.begin(), change.errata.end()});
}

bool says_the_same(const Tree& tree, const RepoFiles& site)
{
    return tree.history && tree.history->name == site.name && tree.history->baseurl == site.baseurl;
}

Status write_history(const Work& work, const repo::Generations& generations, const std::vector<Json>& records)
{
    History history;
    if (work.tree.history)
        history = *work.tree.history;
    history.name = work.site.name;
    history.baseurl = work.site.baseurl;
    history.replaces = generations.current();
    for (const Json& record : records)
        if (std::find(history.releases.begin(), history.releases.end(), record) == history.releases.end())
            history.releases.push_back(record);
    std::string text = history.text();
    ALBS_TRY(std::string signature, work.keys.sign(text, work.context.started));
    ALBS_CHECK(sys::write_file(work.staged + "/release.json", text));
    return sys::write_file(work.staged + "/release.json.asc", signature);
}

/// The generations to keep: the chain of those that the served one replaced.
Status prune(repo::Generations& generations, std::int64_t keep)
{
    std::set<std::int64_t> chain;
    std::optional<std::int64_t> at = generations.current();
    while (at && static_cast<std::int64_t>(chain.size()) < keep && chain.insert(*at).second) {
        auto text = sys::read_file(generations.path(*at) + "/release.json");
        auto history = text.and_then([](const std::string& document) { return History::parse(document); });
        at = history ? history->replaces : std::nullopt;
    }
    return generations.prune(chain);
}

Result<std::vector<Json>> attempt(const PublishOptions& options, cli::Context& context, const Keys& keys,
                                  repo::Generations& generations, const Tree& tree, Changes& changes)
{
    ALBS_TRY(RepoFiles site, site_of(options.site.name, options.site.baseurl, tree, generations.directory()));
    bool nothing_new = std::all_of(changes.begin(), changes.end(), [](const auto& one) { return one.second.empty(); });
    bool same_site = says_the_same(tree, site) || changes.empty();
    Work work{context, keys, tree, changes, site, {}};
    std::vector<Json> records;
    if (!nothing_new || !same_site) {
        ALBS_TRY(work.reverted, read_revisions(generations.beside("reverted")));
        ALBS_TRY(work.staged, generations.stage());
        ALBS_CHECK(link_old_files(work));
        ALBS_CHECK(replace_links(work));
    }
    std::set<std::string> names;
    for (const auto& [name, repository] : tree.repositories)
        names.insert(name);
    for (const auto& [name, change] : changes) {
        names.insert(name);
        const Json* said = change.empty() ? record_before(tree, name, change) : nullptr;
        NewRevision made;
        if (!change.empty()) {
            ALBS_TRY(made, make_repository(work, name, change));
        } else if (auto found = tree.repositories.find(name); found != tree.repositories.end()) {
            made = {found->second.repomd_sha256, found->second.repomd.revision};
        }
        records.push_back(said != nullptr ? *said : record_of(work, name, change, made));
    }
    if (work.staged.empty())
        return records;
    ALBS_CHECK(write_site(work.staged, site, keys, names));
    ALBS_CHECK(write_history(work, generations, records));
    // Read back what was written before anyone is served it.
    ALBS_TRY(Tree written, read_tree(work.staged, keys));
    if (written.repositories.size() != names.size() || !written.history)
        return fail(Kind::internal, "the new tree does not hold what was written to it");
    ALBS_CHECK(generations.commit());
    ALBS_CHECK(prune(generations, std::max<std::int64_t>(options.keep, 1)));
    return records;
}

} // namespace

Result<std::vector<Json>> publish(const PublishOptions& options, cli::Context& context, const Keys& keys,
                                  repo::Generations& generations, const Tree& tree, Changes changes)
{
    Result<std::vector<Json>> records = attempt(options, context, keys, generations, tree, changes);
    if (!records)
        generations.discard();
    return records;
}

} // namespace albs::release
