// SPDX-License-Identifier: GPL-3.0-or-later
// Advisories become updateinfo.xml in the repositories that hold their packages.
#include "albs/manifest/advisory.hpp"
#include "base/digest.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>

#include "base/format.hpp"
#include "base/time.hpp"
#include "options.hpp"
#include "publish.hpp"
#include "repo/library.hpp"
#include "repo_files.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"

namespace albs::release {
namespace {

/// The advisories of each repository while they are being changed, read when first asked for.
class UpdateInfoSet {
public:
    explicit UpdateInfoSet(const Tree& tree) : tree_(tree) {}
    Result<repo::UpdateInfo*> of(const std::string& name)
    {
        if (auto found = updateinfos_.find(name); found != updateinfos_.end())
            return found->second.get();
        const Repository& repository = tree_.repositories.at(name);
        std::unique_ptr<repo::UpdateInfo> updateinfo = repo::library().make_updateinfo();
        if (const repo::MetadataFile* file = repository.repomd.find("updateinfo")) {
            ALBS_TRY(updateinfo, repo::library().read_updateinfo(repository.path + "/" + file->location));
        }
        return updateinfos_.emplace(name, std::move(updateinfo)).first->second.get();
    }

private:
    const Tree& tree_;
    std::map<std::string, std::unique_ptr<repo::UpdateInfo>> updateinfos_;
};

/// The packages of one repository by name.
using PackagesByName = std::unordered_map<std::string_view, std::vector<const repo::ListedPackage*>>;

/// Of each repository but that of source packages: those are no updates.
std::map<std::string, PackagesByName> packages_by_name(const Tree& tree)
{
    std::map<std::string, PackagesByName> all;
    for (const auto& [name, repository] : tree.repositories)
        if (name != "source")
            for (const repo::ListedPackage& package : repository.packages)
                all[name][package.info.name].push_back(&package);
    return all;
}

/// The packages that one word names in one repository; a bare name means the newest of each architecture.
std::vector<repo::ListedPackage> named_by(std::string_view word, const PackagesByName& packages)
{
    std::vector<repo::ListedPackage> exact;
    std::map<std::string, const repo::ListedPackage*> newest;
    // The word is a name, or goes on with a dash behind one.
    for (std::size_t end = 0; end < word.size();) {
        end = std::min(word.find('-', end + 1), word.size());
        auto named = packages.find(word.substr(0, end));
        if (named == packages.end())
            continue;
        for (const repo::ListedPackage* package : named->second) {
            Naming naming = names_package(word, package->info);
            if (naming == Naming::exact)
                exact.push_back(*package);
            if (naming != Naming::by_name)
                continue;
            const repo::ListedPackage*& best = newest[package->info.arch];
            if (best == nullptr || rpm::library().compare_evr(package->info, best->info) > 0)
                best = package;
        }
    }
    for (const auto& [arch, package] : newest)
        exact.push_back(*package);
    return exact;
}

using Matches = std::map<std::string, std::vector<repo::ListedPackage>>; ///< by repository

/// What an advisory is about; reasons gets the words that name nothing.
Matches match(const Advisory& advisory, const std::string& where, const std::map<std::string, PackagesByName>& packages,
              std::vector<std::string>& reasons)
{
    Matches matches;
    std::set<std::pair<std::string_view, std::string>> taken; // repositories and locations
    for (const std::string& word : advisory.packages) {
        bool any = false;
        for (const auto& [name, by_name] : packages)
            for (repo::ListedPackage& package : named_by(word, by_name)) {
                any = true;
                if (taken.emplace(name, package.location).second)
                    matches[name].push_back(std::move(package));
            }
        if (!any)
            reasons.push_back(format_text("package '{}' is not in '{}'", word, where));
    }
    for (auto& [name, list] : matches)
        std::sort(list.begin(), list.end(),
                  [](const repo::ListedPackage& a, const repo::ListedPackage& b) { return a.location < b.location; });
    return matches;
}

Result<std::vector<Advisory>> read_advisories(const std::vector<std::string>& files)
{
    std::vector<Advisory> advisories;
    std::set<std::string> ids;
    for (const std::string& file : files) {
        ALBS_TRY(std::string text, sys::read_file(file));
        auto advisory = parse_advisory(text);
        if (!advisory)
            return fail(std::move(advisory).error(), "'" + file + "'");
        if (!ids.insert(advisory->id).second)
            return fail(Kind::input, format_text("'{}': advisory '{}' was given twice", file, advisory->id));
        advisories.push_back(std::move(*advisory));
    }
    return advisories;
}

std::string collection_of(const RepoFiles& site, std::string repository)
{
    std::replace(repository.begin(), repository.end(), '/', '-');
    return site.name + "-" + repository;
}

/// One advisory in one repository, as it is and as it is to be.
struct Entry {
    std::string before; ///< the <update> element; empty: not there
    std::string after;
    const std::vector<repo::ListedPackage>* packages = nullptr;
};

/// Why an advisory cannot be entered; empty: it can. entries gets the repositories that it is or was in.
Result<std::string> find_entries(const Advisory& advisory, const Matches& matches, const Tree& tree,
                                 const RepoFiles& site, UpdateInfoSet& updateinfos,
                                 std::map<std::string, Entry>& entries)
{
    for (const auto& [name, repository] : tree.repositories) {
        Entry entry;
        ALBS_TRY(repo::UpdateInfo * updateinfo, updateinfos.of(name));
        entry.before = updateinfo->xml_of(advisory.id);
        if (auto matched = matches.find(name); matched != matches.end()) {
            entry.packages = &matched->second;
            std::unique_ptr<repo::UpdateInfo> draft = repo::library().make_updateinfo();
            draft->put(advisory, collection_of(site, name), matched->second);
            entry.after = draft->xml_of(advisory.id);
        }
        std::string updated = updateinfo->updated_of(advisory.id).value_or("");
        if (!entry.before.empty() && entry.before != entry.after && repo::update_date(advisory.updated) <= updated)
            return "it is published with other content; a correction has a later 'updated' than " + updated;
        if (!entry.before.empty() || !entry.after.empty())
            entries.emplace(name, std::move(entry));
    }
    return std::string();
}

Status enter(const Advisory& advisory, const std::map<std::string, Entry>& entries, const RepoFiles& site,
             UpdateInfoSet& updateinfos, Changes& changes)
{
    ALBS_TRY(Seconds updated, parse_time(advisory.updated));
    for (const auto& [name, entry] : entries) {
        Change& change = changes[name];
        ALBS_TRY(repo::UpdateInfo * updateinfo, updateinfos.of(name));
        if (entry.packages != nullptr) {
            for (const repo::ListedPackage& package : *entry.packages)
                change.packages.push_back({package.sha256, package.location});
            change.errata.push_back(advisory.id);
        }
        if (entry.before == entry.after)
            continue;
        if (entry.packages != nullptr)
            updateinfo->put(advisory, collection_of(site, name), *entry.packages);
        else
            updateinfo->remove(advisory.id);
        ALBS_TRY(change.updateinfo, updateinfo->xml());
        change.newest = std::max(change.newest, updated);
    }
    return {};
}

void finish(Changes& changes)
{
    for (auto& [name, change] : changes) {
        std::sort(change.errata.begin(), change.errata.end());
        auto path = [](const ReleasedPackage& a, const ReleasedPackage& b) { return a.path < b.path; };
        auto same = [](const ReleasedPackage& a, const ReleasedPackage& b) { return a.path == b.path; };
        std::sort(change.packages.begin(), change.packages.end(), path);
        change.packages.erase(std::unique(change.packages.begin(), change.packages.end(), same), change.packages.end());
    }
}

/// What the manifest says of an advisory that is in the tree now.
Erratum record_of(const Advisory& advisory, const Matches& matches)
{
    Erratum erratum{.id = {},
                    .advisory = advisory.id,
                    .sha256 = sha256(canonical_json(advisory.document)).hex(),
                    .updated = advisory.updated,
                    .document = advisory.document,
                    .packages = {}};
    for (const auto& [repository, packages] : matches)
        for (const repo::ListedPackage& package : packages)
            erratum.packages.push_back({.nevra = package.info.nevra,
                                        .artifact = package.sha256,
                                        .repository = repository,
                                        .path = package.location});
    erratum.id = advisory.id + "@" + erratum_digest(erratum).substr(0, 12);
    return erratum;
}

void report(cli::Context& context, const Advisory& advisory, const std::vector<std::string>& reasons)
{
    for (const std::string& reason : reasons)
        context.messages.warning("refused: " + reason, advisory.id);
    bool cve = std::any_of(advisory.references.begin(), advisory.references.end(),
                           [](const AdvisoryReference& one) { return one.type == "cve"; });
    if (reasons.empty() && advisory.type == "security" && !cve)
        context.messages.warning("a security advisory without a CVE: scanners will not find it", advisory.id);
}

} // namespace

Result<cli::Outcome> errata(const ErrataOptions& options, cli::Context& context, Manifest& manifest)
{
    if (context.operands.empty())
        return fail(Kind::usage, "errata wants at least one advisory");
    ALBS_TRY(std::vector<Advisory> advisories, read_advisories(context.operands));
    ALBS_TRY(Keys keys, Keys::open(options.keys.gnupghome, options.keys.key, options.keys.allow_keys));
    ALBS_TRY(repo::Generations generations, repo::Generations::open(options.to));
    std::optional<sys::FileLock> lock;
    if (!context.dry_run() && generations.current()) {
        ALBS_TRY(lock, generations.lock());
    }
    ALBS_TRY(Tree tree, read_tree(generations, keys));
    if (tree.repositories.empty())
        return fail(Kind::input, "'" + options.to + "' holds no repository", "release the packages first");
    ALBS_TRY(RepoFiles site, site_of("", "", tree, generations.directory()));
    UpdateInfoSet updateinfos(tree);
    Changes changes;
    std::vector<Erratum> published;
    cli::Verdict verdict = cli::Verdict::yes;
    const std::map<std::string, PackagesByName> packages = packages_by_name(tree);
    for (const Advisory& advisory : advisories) {
        std::vector<std::string> reasons;
        Matches matches = match(advisory, options.to, packages, reasons);
        std::map<std::string, Entry> entries;
        if (reasons.empty()) {
            ALBS_TRY(std::string reason, find_entries(advisory, matches, tree, site, updateinfos, entries));
            if (!reason.empty())
                reasons.push_back(std::move(reason));
        }
        if (reasons.empty()) {
            ALBS_CHECK(enter(advisory, entries, site, updateinfos, changes));
            published.push_back(record_of(advisory, matches));
        } else {
            verdict = cli::Verdict::no;
        }
        report(context, advisory, reasons);
    }
    finish(changes);
    if (context.dry_run()) {
        for (const auto& [name, change] : changes)
            if (!change.empty())
                context.messages.note("would renew the advisories of " + name);
        return cli::Outcome{verdict, {}};
    }
    ALBS_TRY(std::vector<Json> records, publish({{}, options.keep}, context, keys, generations, tree, changes));
    for (const Json& record : records)
        ALBS_CHECK(manifest.add_record("releases", record));
    for (const Erratum& erratum : published)
        ALBS_CHECK(manifest.add(erratum));
    return cli::Outcome{verdict, {}};
}

} // namespace albs::release
