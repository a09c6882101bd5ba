// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand.hpp"

#include <algorithm>
#include <set>

#include "base/format.hpp"
#include "base/text.hpp"
#include "debrand_configuration.hpp"
#include "debrand_lists.hpp"
#include "debrand_script.hpp"
#include "debrand_tree.hpp"
#include "debrand_version.hpp"
#include "git/location.hpp"
#include "tree.hpp"

namespace albs::fetch {
namespace {

constexpr const char* kind = "debrand";
/// Of what was said of files, what still holds.
void forget_changed(Source& source, const SourceTree& before, const SourceTree& after)
{
    auto same = [&](const std::string& path) {
        const SourceFile* old_file = before.find(path);
        const SourceFile* new_file = after.find(path);
        return old_file != nullptr && new_file != nullptr && *old_file == *new_file;
    };
    std::erase_if(source.lookaside, [&](const LookasideFile& file) { return !same(file.path); });
    std::erase_if(source.upstream_signatures, [&](const UpstreamSignature& one) {
        return !same(one.path) || !same(one.signature) || (one.keyring && !same(*one.keyring));
    });
}

/// Files of changed lists, in the place of what was said of them.
void take_records(Source& source, std::vector<LookasideFile> got)
{
    for (LookasideFile& file : got) {
        std::erase_if(source.lookaside, [&](const LookasideFile& one) { return one.path == file.path; });
        source.lookaside.push_back(std::move(file));
    }
}

/// A list that is in the store.
Result<Artifact> artifact_of(const store::Store& store, const std::string& name, const std::string& sha256)
{
    ALBS_TRY(std::string list, store.read(sha256));
    return tree_artifact(name, sha256, static_cast<std::int64_t>(list.size()));
}

Result<std::string> keep_list(store::Store& store, const SourceTree& tree)
{
    const std::string text = write_source_tree(tree);
    ALBS_TRY([[maybe_unused]] SourceTree readable, read_source_tree(text));
    ALBS_TRY(sys::FileDigest digest, store.put_bytes(text));
    return digest.sha256.hex();
}

/// The configuration, with the numbers of its releases.
Result<std::optional<Configuration>> configuration_of(Session& session, const DebrandInput& input, const Source& source)
{
    const std::optional<Source>& recorded = input.request.recorded;
    std::optional<Configuration> how;
    if (!session.options.debrand.empty()) {
        ALBS_TRY(how, given_configuration(session, source.name));
    } else if (recorded) {
        ALBS_TRY(how, recorded_configuration(session, *recorded));
    }
    if (!how || !counts_releases(*how))
        return how;
    std::optional<std::vector<std::string>> suffixes;
    if (recorded) {
        ALBS_TRY(suffixes, recorded_suffixes(session, *recorded));
    }
    if (!suffixes) {
        ALBS_TRY(suffixes, count_releases(how->read, how->shown, input.tags));
        if (git::is_full_id(input.ref))
            session.context.messages.warning("its releases are counted by the tags that the mirror has: name a branch, "
                                             "and the server is asked for them",
                                             source.name);
    }
    ALBS_CHECK(take_suffixes(session.workspace.store(), *suffixes, *how));
    return how;
}

/// The actions of a configuration, one after the other.
class Debranding {
public:
    Debranding(Session& session, const DebrandInput& input, const std::string& package, Configuration how,
               const SourceTree& before)
        : session_(session), input_(input), package_(package), how_(std::move(how)),
          changed_(session.workspace.store(), package, how_.files)
    {
        changed_.tree = before;
    }

    Status act()
    {
        for (const Action& action : how_.read.actions)
            ALBS_CHECK(told_of(action, how_.shown, act(action)));
        return {};
    }
    SourceTree& tree() { return changed_.tree; }
    const std::string& shown() const { return how_.shown; }
    /// Of this machine, that the result depends on.
    std::string programs() const { return join(programs_, ", "); }

private:
    Status act(const Action& action)
    {
        if (!action.script.empty()) {
            programs_.insert(script_program);
            return run_script(session_, {action, input_.time.value_or(1), package_}, how_.files, changed_.tree);
        }
        if (action.action != "changelog_entry")
            return changed_.act(action);
        ALBS_TRY(Lines spec, changed_.spec_lines());
        if (has_auto_changelog(spec))
            return {};
        ALBS_TRY(std::string evr, changelog_evr(spec));
        return changed_.edit_spec([&](Lines& lines) { return add_changelog(lines, action, evr, input_.time); });
    }

    Result<std::string> changelog_evr(const Lines& spec)
    {
        const Parameters& parameters = how_.read.parameters;
        SpecVersion version = written_version(spec);
        const bool is_raw = parameters.has_raw_version && parameters.has_raw_release;
        if (!is_raw && is_written_plainly(spec)) {
            if (!parameters.has_raw_release)
                version.release = without_dist(version.release);
        } else if (!is_raw) {
            programs_.insert(version_program);
            ALBS_TRY(std::string path, changed_.spec_path());
            ALBS_TRY(SpecVersion expanded, expanded_version(session_, changed_.tree, path, el_version()));
            version.epoch = expanded.epoch;
            if (!parameters.has_raw_version)
                version.version = expanded.version;
            if (!parameters.has_raw_release)
                version.release = expanded.release;
        }
        return evr_of(version);
    }
    std::string el_version() const
    {
        const std::string& given = how_.read.parameters.el_version;
        return given.empty() ? el_version_of(input_.ref) : given;
    }

    Session& session_;
    const DebrandInput& input_;
    const std::string& package_;
    Configuration how_;
    DebrandedTree changed_;
    std::set<std::string> programs_;
};

} // namespace

Status debrand(Session& session, const DebrandInput& input, FetchedSource& fetched)
{
    Source& source = fetched.source;
    ALBS_TRY(std::optional<Configuration> how, configuration_of(session, input, source));
    if (!how)
        return {};
    if (!source.files)
        return fail(Kind::input, format_text("'{}' came as a source package, which is not changed", source.name),
                    "fetch its dist-git repository");
    store::Store& store = session.workspace.store();
    ALBS_TRY(std::string list, store.read(*source.files));
    ALBS_TRY(SourceTree before, read_source_tree(list));
    ALBS_TRY(std::string by, keep_list(store, how->files));
    Debranding changed(session, input, source.name, std::move(*how), before);
    ALBS_CHECK(changed.act());
    auto got = follow_lists(session, input.place, source, before, changed.tree());
    if (!got)
        return fail(std::move(got).error(), changed.shown());
    Transformation made{.kind = kind, .input = *source.files, .output = {}, .by = by, .program = {}, .buildroot = {}};
    if (std::string programs = changed.programs(); !programs.empty())
        made.program = programs;
    ALBS_TRY(made.output, keep_list(store, changed.tree()));
    ALBS_TRY(std::string after_list, store.read(made.output));
    ALBS_TRY(SourceTree after, read_source_tree(after_list));
    if (source.spec && after.find(*source.spec) == nullptr)
        return fail(Kind::input, format_text("{}: its actions leave no '{}'", changed.shown(), *source.spec));
    forget_changed(source, before, after);
    take_records(source, *std::move(got));
    source.files = made.output;
    const std::string name = source.name + "." + kind;
    ALBS_TRY(Artifact actions, artifact_of(store, name + "-actions", *made.by));
    fetched.further = {std::move(fetched.content), std::move(actions)};
    fetched.content = tree_artifact(name, made.output, static_cast<std::int64_t>(after_list.size()));
    source.transformations.push_back(std::move(made));
    return {};
}

} // namespace albs::fetch
