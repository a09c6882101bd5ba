// SPDX-License-Identifier: GPL-3.0-or-later
#include "packages_made.hpp"

#include "albs/json/fields.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "spec_memory.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

constexpr const char* memory = "made";

/// A line each; what else rpmspec and the spec print has no such beginning.
constexpr const char* query = "@package\t%{NAME}\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\n"
                              "[@provides\t%{PROVIDENAME} %{PROVIDEFLAGS:depflags} %{PROVIDEVERSION}\n]"
                              "[@requires\t%{REQUIRENAME} %{REQUIREFLAGS:depflags} %{REQUIREVERSION}\n]";

/// $1: the source package. Its spec may read its other files.
constexpr const char* script = "rpm -i \"$1\" && shift && exec rpmspec -q --builtrpms \"$@\"";

sandbox::Job job_of(const BuildConfig& recipe, const std::string& arch, const SourcePackage& package)
{
    sandbox::Job job;
    job.argv = {"sh",
                "-c",
                format_text("{} {}/SPECS/*.spec", script, platform::top_directory),
                "sh",
                package_inside,
                "--target",
                arch + "-linux",
                "--queryformat",
                query};
    job.argv.insert(job.argv.end(), recipe.words.begin(), recipe.words.end());
    job.environment = {"SOURCE_DATE_EPOCH=" + std::to_string(package.time)};
    job.mounts.push_back({package.path, package_inside, false});
    return job;
}

std::optional<std::vector<solve::VirtualPackage>> recall_made(const store::Workspace& workspace, const std::string& key)
{
    std::optional<Json> json = recall_json(workspace, memory, key);
    if (!json)
        return std::nullopt;
    std::vector<solve::VirtualPackage> made;
    Fields fields(*json);
    for (const Json* one : fields.objects("packages")) {
        Fields package(*one);
        solve::VirtualPackage& known = made.emplace_back();
        known.name = package.string("name");
        known.version = package.string("version");
        known.provides = package.strings("provides");
        known.needs = package.strings("requires");
        if (!package.done())
            return std::nullopt;
    }
    if (!fields.done())
        return std::nullopt;
    return made;
}

Status remember_made(const store::Workspace& workspace, const std::string& key,
                     const std::vector<solve::VirtualPackage>& made)
{
    Json packages = Json::array();
    for (const solve::VirtualPackage& one : made)
        packages.push(Json::object({{"name", one.name},
                                    {"version", one.version},
                                    {"provides", Json::strings(one.provides)},
                                    {"requires", Json::strings(one.needs)}}));
    return workspace.remember(memory, key, write_json(Json::object({{"packages", std::move(packages)}})));
}

} // namespace

std::vector<solve::VirtualPackage> read_packages_made(std::string_view output)
{
    std::vector<solve::VirtualPackage> made;
    auto take = [](std::string_view& line, std::string_view word) {
        bool is_it = line.starts_with(word);
        line.remove_prefix(is_it ? word.size() : 0);
        return is_it;
    };
    for (std::string_view line : split_lines(output)) {
        if (take(line, "@package\t")) {
            std::size_t tab = line.find('\t');
            if (tab == line.npos)
                continue;
            solve::VirtualPackage& package = made.emplace_back();
            package.name = line.substr(0, tab);
            package.version = line.substr(tab + 1);
            continue;
        }
        bool is_provided = take(line, "@provides\t");
        if ((!is_provided && !take(line, "@requires\t")) || made.empty())
            continue;
        while (line.ends_with(' '))
            line.remove_suffix(1);
        if (line.empty() || line.starts_with("(none)") || line.starts_with("rpmlib("))
            continue;
        (is_provided ? made.back().provides : made.back().needs).emplace_back(line);
    }
    return made;
}

Result<std::vector<solve::VirtualPackage>> packages_made(const BuildConfig& recipe, const SpecPlace& place,
                                                         const std::string& arch, const SourcePackage& package,
                                                         const SpecContext& context)
{
    const std::string key = reading_key(recipe, place, arch, package);
    if (std::optional<std::vector<solve::VirtualPackage>> known = recall_made(context.workspace, key))
        return *std::move(known);
    ALBS_TRY(SpecRun run, run_in_place(recipe, place, job_of(recipe, arch, package), {}, context));
    ALBS_TRY(std::string output, sys::read_file(run.log_file(), std::size_t{1} << 26));
    std::vector<solve::VirtualPackage> made;
    if (!run.succeeded()) { // it may go better the next time
        context.messages.warning("rpmspec cannot tell which packages the spec makes, so what needs them is built last",
                                 package.artifact.name);
        return made;
    }
    made = read_packages_made(output);
    ALBS_CHECK(remember_made(context.workspace, key, made));
    return made;
}

} // namespace albs::build
