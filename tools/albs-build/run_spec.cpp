// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_spec.hpp"

#include <sys/stat.h>

#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"

namespace albs::build {
namespace {

constexpr std::int64_t reading_timeout_ms = 600000;
constexpr std::int64_t max_log_of_reading = std::int64_t{16} << 20;

std::string inside(const std::string& path)
{
    return path.empty() ? tree_inside : std::string(tree_inside) + "/" + path;
}

/// The words that are the same for all that rpm does with a spec.
std::vector<std::string> common_words(const BuildConfig& recipe, const SpecJob& work)
{
    std::vector<std::string> words{"--target", work.target + "-linux"};
    for (const std::string& macro :
         // Who runs this, and with which umask, is nobody's business.
         {std::string("_srcdefattr (-,root,root)"), std::string("_buildhost localhost"),
          std::string("use_source_date_epoch_as_buildtime 1"), std::string("_source_filedigest_algorithm 8"),
          std::string(work.is_kept ? "_source_payload w9.gzdio" : "_source_payload w0.ufdio")})
        words.insert(words.end(), {"--define", macro});
    if (!work.input.tree.empty())
        words.insert(words.end(), {"--define", "_sourcedir " + inside(work.input.sources)});
    words.insert(words.end(), recipe.words.begin(), recipe.words.end());
    return words;
}

void limit(sandbox::Job& job, const BuildConfig& recipe)
{
    job.limits.timeout_ms = reading_timeout_ms;
    job.limits.log_bytes = max_log_of_reading;
    job.limits.processes = recipe.limits.processes;
    job.limits.memory_bytes = recipe.limits.memory_bytes;
    job.limits.memory_of_each = recipe.limits.memory_of_each;
}

sandbox::Job job_of(const BuildConfig& recipe, const SpecJob& work, const Workplace& place)
{
    const bool has_tree = !work.input.tree.empty();
    sandbox::Job job;
    job.argv = {"rpmbuild", has_tree ? "-bs" : "-rs", "--nodeps"};
    for (std::string& word : common_words(recipe, work))
        job.argv.push_back(std::move(word));
    job.argv.push_back(has_tree ? inside(work.input.spec) : package_inside);
    job.environment = work.environment;
    job.environment.push_back("SOURCE_DATE_EPOCH=" + std::to_string(work.time));
    place.furnish(job);
    if (has_tree)
        job.mounts.push_back({work.input.tree, tree_inside, false});
    else
        job.mounts.push_back({work.input.package, package_inside, false});
    limit(job, recipe);
    return job;
}

struct OpenPlace {
    sys::TemporaryDirectory directory;
    std::optional<root::Root> root;
    Workplace place;
};

Result<OpenPlace> open_place(const BuildConfig& recipe, const SpecPlace& place, const SpecContext& context)
{
    ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("spec", context.scratch));
    ALBS_TRY(std::optional<root::Root> root, root_of(recipe, place.lock, context));
    ALBS_TRY(Workplace made, root ? Workplace::in_root(recipe, place.arch, *root, directory.path(), {tree_inside})
                                  : Workplace::on_host(recipe, directory.path(), {tree_inside}));
    return OpenPlace{std::move(directory), std::move(root), std::move(made)};
}

} // namespace

Result<std::optional<root::Root>> root_of(const BuildConfig& recipe, const std::optional<Artifact>& lock,
                                          const SpecContext& context)
{
    std::optional<root::Root> root;
    if (!recipe.uses_roots() || !lock)
        return root;
    ALBS_TRY(std::string text, context.workspace.store().read(lock->sha256));
    ALBS_TRY(root::Cache cache, root::Cache::open(context.workspace));
    ALBS_TRY(root, cache.root(text));
    if (!root->refused.empty())
        context.messages.note("the root is no layer over that of the platform: " + root->refused,
                              recipe.platform.name());
    if (root->is_new)
        context.messages.detail("made the root " + std::string(lock->sha256.view().substr(0, 12)) +
                                    (root->base.empty() ? "" : " over " + root->base.substr(0, 12)),
                                recipe.platform.name());
    return root;
}

namespace {

Result<SpecRun> run_job(OpenPlace open, sandbox::Job job)
{
    job.log_file = open.directory.path() + "/log";
    ALBS_CHECK(sys::write_cache(job.log_file, ""));
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    return SpecRun{std::move(open.directory), std::move(open.place), std::move(ended)};
}

} // namespace

Result<SpecRun> run_spec(const BuildConfig& recipe, const SpecPlace& place, const SpecJob& work,
                         const SpecContext& context)
{
    if (!recipe.uses_roots() || !place.lock)
        ALBS_CHECK(sys::find_program("rpmbuild"));
    ALBS_TRY(OpenPlace open, open_place(recipe, place, context));
    sandbox::Job job = job_of(recipe, work, open.place);
    return run_job(std::move(open), std::move(job));
}

Result<SpecRun> run_in_place(const BuildConfig& recipe, const SpecPlace& place, sandbox::Job job,
                             const std::vector<std::pair<std::string, std::string>>& home, const SpecContext& context)
{
    ALBS_TRY(OpenPlace open, open_place(recipe, place, context));
    for (const auto& [name, text] : home)
        ALBS_CHECK(sys::write_cache(sys::directory_name(open.place.top()) + "/" + name, text));
    std::vector<sandbox::Mount> own;
    own.swap(job.mounts);
    open.place.furnish(job);
    job.mounts.insert(job.mounts.end(), own.begin(), own.end());
    limit(job, recipe);
    return run_job(std::move(open), std::move(job));
}

Result<std::string> expanded_spec(const BuildConfig& recipe, const SpecPlace& place, const SpecJob& work,
                                  const SpecContext& context)
{
    ALBS_TRY(OpenPlace open, open_place(recipe, place, context));
    sandbox::Job job = job_of(recipe, work, open.place);
    job.argv = {"rpmspec", "-P"};
    for (std::string& word : common_words(recipe, work))
        job.argv.push_back(std::move(word));
    job.argv.push_back(inside(work.input.spec));
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    return std::move(ended.finished.out);
}

std::string package_of(const SpecRun& run)
{
    const std::string directory = run.place.top() + "/SRPMS";
    struct stat status {};
    for (const std::string& one : {run.place.top(), directory})
        if (::lstat(one.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
            return "";
    auto names = sys::list_directory(directory);
    if (!names || names->size() != 1)
        return "";
    std::string path = directory + "/" + names->front();
    bool is_file = ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink == 1;
    return is_file ? path : "";
}

} // namespace albs::build
