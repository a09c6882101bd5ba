// SPDX-License-Identifier: GPL-3.0-or-later
#include "autospec.hpp"

#include <climits>
#include <cstdlib>
#include <sys/stat.h>

#include "albs/buildroot/lock.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "distgit/autospec.hpp"
#include "git/checkout.hpp"
#include "git/library.hpp"
#include "store/lay_out_tree.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/process.hpp"

namespace albs::build {
namespace {

constexpr const char* program_name = "rpmautospec";
constexpr std::size_t max_spec = std::size_t{64} << 20;
constexpr const char* output_name = "rpmautospec.out.spec";

/// libgit2 refuses repositories of other users, and this one is ours.
constexpr const char* git_configuration = "[safe]\n\tdirectory = *\n";

/// What is left to other users than the one that made it; the umask does not count.
Status open_to_all(const std::string& path)
{
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0)
        return sys::system_error("cannot read", path);
    if (S_ISLNK(status.st_mode))
        return {};
    const bool is_directory = S_ISDIR(status.st_mode);
    if (::chmod(path.c_str(), is_directory ? 0755 : 0644) != 0)
        return sys::system_error("cannot set the mode of", path);
    if (!is_directory)
        return {};
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(path));
    for (const std::string& name : names)
        ALBS_CHECK(open_to_all(path + "/" + name));
    return {};
}

/// "almalinux-9" has the package in what this lock lists.
Result<bool> has_program(const Artifact& lock, const store::Workspace& workspace)
{
    ALBS_TRY(std::string text, workspace.store().read(lock.sha256));
    ALBS_TRY(buildroot::Lock read, buildroot::read_lock(text));
    for (const buildroot::LockedPackage& package : read.packages)
        if (package.name == program_name)
            return true;
    return false;
}

/// Another source may do without, and has to be built.
tl::unexpected<Error> no_program(const BuildConfig& recipe, const std::string& why)
{
    std::string advice = "install it on this machine: the package rpmautospec of Fedora and EPEL, or 'pip install "
                         "rpmautospec' in a virtual environment whose bin directory is in PATH";
    if (recipe.uses_roots())
        advice += "; or give the platform a repository that has the package";
    return fail(Kind::input,
                format_text("the spec leaves its release or changelog to rpmautospec, and {}: {}", why, advice));
}

/// The directory that a program outside of /usr/bin needs: a virtual environment, or /usr/local.
Result<AutospecPlace> machine_place(const BuildConfig& recipe, const SpecPlace& place)
{
    auto found = sys::find_program(program_name);
    if (!found)
        return no_program(recipe, "there is no program 'rpmautospec'");
    char resolved[PATH_MAX];
    AutospecPlace machine{{place.arch, {}}, *found, ""};
    if (::realpath(found->c_str(), resolved) != nullptr)
        machine.program = resolved;
    const std::string directory = sys::directory_name(machine.program);
    if (directory == "/usr/bin" || directory == "/bin")
        return machine;
    machine.prefix = sys::directory_name(directory);
    if (machine.prefix != "/usr/local" && !sys::exists(machine.prefix + "/pyvenv.cfg"))
        return no_program(recipe,
                          format_text("'{}' is neither in /usr/bin nor in /usr/local/bin nor in a virtual environment "
                                      "of Python, so the sandbox cannot be given it",
                                      machine.program));
    return machine;
}

/// The checkout that the program sees. Of a git source it is the commit's own, since lookaside files would be changes.
Result<std::string> lay_out(const Source& source, const SourceFiles& files, const std::string& directory,
                            std::int64_t time, const store::Store& store)
{
    ALBS_TRY(std::string bundle, store.path(*source.history));
    ALBS_TRY(std::string commit, git::library().restore(bundle, directory));
    if (source.commit && commit != *source.commit)
        return fail(Kind::trust, format_text("the history of source '{}' is that of commit {}", source.id, commit));
    if (source.commit) {
        ALBS_TRY(std::unique_ptr<git::Repository> repository, git::library().open(directory + "/.git"));
        ALBS_CHECK(git::check_out(*repository, commit, directory, time));
        ALBS_TRY(sys::FileDigest digest, sys::digest_file(directory + "/" + *source.spec));
        if (digest.sha256.hex() != files.tree.find(*source.spec)->sha256)
            return fail(Kind::trust, format_text("the history of source '{}' has another spec file", source.id));
    } else {
        ALBS_CHECK(store::lay_out_tree(store, files.tree, directory, time));
    }
    ALBS_CHECK(open_to_all(directory + "/.git"));
    return commit;
}

/// "rpmautospec 0.8.5", as the spec that it wrote says.
std::string version_in(std::string_view spec)
{
    constexpr std::string_view mark = "(rpmautospec version ";
    std::size_t at = spec.find(mark);
    if (at == spec.npos)
        return program_name;
    std::string_view version = spec.substr(at + mark.size(), 64);
    version = version.substr(0, version.find_first_of(")\n"));
    return as_utf8(format_text("{} {}", program_name, version));
}

/// The spec that it wrote; hostile code had the directory, too. Nothing: it wrote none.
Result<std::optional<std::string>> written_spec(const SpecRun& run)
{
    const std::string path = sys::directory_name(run.place.top()) + "/" + output_name;
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_nlink != 1)
        return std::optional<std::string>();
    ALBS_TRY(std::string text, sys::read_file(path, max_spec));
    return std::optional<std::string>(std::move(text));
}

/// The tree with that spec, in the store.
Status take(Autospec& made, const Source& source, std::string_view spec, const store::Workspace& workspace)
{
    store::Store store = workspace.store();
    ALBS_TRY(sys::FileDigest digest, store.put_bytes(spec));
    const std::string hex = digest.sha256.hex();
    for (SourceFile& file : made.files.tree.files)
        if (file.path == *source.spec) {
            file.sha256 = hex;
            file.size = digest.size;
        }
    made.files.digests[sys::base_name(*source.spec)] = hex;
    ALBS_TRY(sys::FileDigest tree, store.put_bytes(write_source_tree(made.files.tree)));
    made.transformation = Transformation{
        .kind = program_name,
        .input = *source.files,
        .output = tree.sha256.hex(),
        .by = source.history,
        .program = version_in(spec),
        .buildroot = {},
    };
    made.artifacts.push_back({.sha256 = tree.sha256.hex(),
                              .size = tree.size,
                              .name = source.name + ".rpmautospec.source-tree.json",
                              .kind = "source-tree",
                              .rpm = {},
                              .unsigned_sha256 = {}});
    return {};
}

sandbox::Job job_of(const AutospecPlace& where, const Source& source, const std::string& tree)
{
    sandbox::Job job;
    job.argv = {where.program.empty() ? program_name : where.program, "process-distgit",
                std::string(tree_inside) + "/" + *source.spec, std::string("/builddir/") + output_name};
    job.mounts.push_back({tree, tree_inside, false});
    if (!where.prefix.empty())
        job.mounts.push_back({where.prefix, where.prefix, false});
    return job;
}

} // namespace

Result<bool> uses_autospec(const Source& source, const SourceFiles& files, const store::Store& store)
{
    if (!source.files || !source.spec)
        return false;
    const std::size_t slash = source.spec->rfind('/');
    const std::string folder = slash == std::string::npos ? "" : source.spec->substr(0, slash + 1);
    if (files.tree.find(folder + std::string(distgit::rpmautospec_configuration)) != nullptr)
        return true;
    const SourceFile* spec = files.tree.find(*source.spec);
    if (spec == nullptr || spec->mode == SourceFile::link)
        return false;
    ALBS_TRY(std::string text, store.read(spec->sha256));
    return distgit::uses_rpmautospec(text);
}

Result<AutospecPlace> place_of_autospec(const BuildConfig& recipe, const SpecPlace& place,
                                        const store::Workspace& workspace)
{
    if (!recipe.uses_roots())
        return machine_place(recipe, place);
    if (!recipe.autospec_lock.empty()) {
        ALBS_TRY(Artifact lock,
                 stored_lock(workspace, recipe.autospec_lock, recipe.platform.name() + "-" + place.arch));
        return AutospecPlace{{place.arch, std::move(lock)}, "", ""};
    }
    ALBS_TRY(bool has, has_program(*place.lock, workspace));
    if (has)
        return AutospecPlace{place, "", ""};
    if (recipe.lock.empty()) {
        auto lock = lock_of_root(recipe, place.arch, {program_name}, workspace);
        if (lock)
            return AutospecPlace{{place.arch, *std::move(lock)}, "", ""};
        if (lock.error().kind != Kind::input)
            return tl::unexpected(std::move(lock).error());
    }
    return machine_place(recipe, place);
}

Result<Autospec> run_autospec(const BuildConfig& recipe, const AutospecPlace& where, const Source& source,
                              const SourceFiles& files, std::int64_t time, const SpecContext& context)
{
    Autospec made{files};
    if (!source.history)
        made.refusal = "the spec leaves its release or changelog to rpmautospec, which counts commits, and the source "
                       "has no history: fetch it from its git repository";
    else if (!source.transformations.empty())
        made.refusal = "the spec leaves its release or changelog to rpmautospec, which counts commits, and its "
                       "debranding is none: replace %autorelease and %autochangelog in its configuration";
    else if (source.layout != "flat")
        made.refusal = format_text("rpmautospec reads the history of a spec file in the root of its repository, and "
                                   "this one is '{}'",
                                   source.spec.value_or(""));
    if (!made.refusal.empty())
        return made;
    ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("history", context.scratch));
    const std::string tree = directory.path() + "/tree";
    ALBS_CHECK(store::make_directory(tree));
    ALBS_CHECK(lay_out(source, files, tree, time, context.workspace.store()));
    ALBS_TRY(SpecRun run, run_in_place(recipe, where.place, job_of(where, source, tree),
                                       {{std::string(".gitconfig"), git_configuration}}, context));
    if (!run.succeeded()) {
        made.refusal = "rpmautospec: ";
        made.failed.emplace(std::move(run));
        return made;
    }
    ALBS_TRY(std::optional<std::string> spec, written_spec(run));
    if (!spec)
        return made;
    ALBS_CHECK(take(made, source, *spec, context.workspace));
    if (where.place.lock) {
        made.transformation->buildroot = where.place.lock->sha256;
        made.artifacts.push_back(*where.place.lock);
    }
    return made;
}

} // namespace albs::build
