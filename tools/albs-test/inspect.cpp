// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "inspection/subject.hpp"
#include "rpm/library.hpp"
#include "sys/parallel.hpp"

namespace albs::test {
namespace {

constexpr std::size_t max_lines = 1000;

std::string name_of(const TestedPackage& subject)
{
    return subject.package ? std::string(subject.package->info.name) : subject.label();
}

std::string log_of(const std::vector<Faults::Fault>& faults)
{
    std::string log;
    for (std::size_t i = 0; i < faults.size() && i < max_lines; ++i)
        log += format_text("{} {}: {}\n", faults[i].rule->severity == Severity::failure ? "failure" : "warning",
                           faults[i].rule->name, faults[i].text);
    if (faults.size() > max_lines)
        log += format_text("({} more)\n", faults.size() - max_lines);
    return log;
}

/// What a package is judged against. The pool is asked by one thread.
struct Inspected {
    TestedPackage* package = nullptr;
    Subject subject;
};

Result<Inspected> prepare(const InspectionRun& run, Neighbours& neighbours, TestedPackage& package)
{
    Inspected inspected{&package, {}};
    Subject& subject = inspected.subject;
    subject.neighbours = &neighbours;
    subject.is_on_machine = run.base->is_machine;
    subject.base_has = [base = run.base](const std::string& path) { return base->has_path(path); };
    subject.own = neighbours.add(package.path, *package.package);
    for (const TestedPackage* other : run.readable)
        if (other != &package)
            subject.siblings.push_back(neighbours.add(other->path, *other->package));
    if (package.has("installability") && !package.failed("installability")) {
        ALBS_TRY(std::vector<PackageFile> files, run.pool->companions(package));
        for (const PackageFile& file : files)
            if (const Neighbour* neighbour = neighbours.read(file.path))
                subject.required.push_back(neighbour);
        for (const std::string& file : run.base->files)
            if (const Neighbour* neighbour = neighbours.read(file))
                subject.required.push_back(neighbour);
        subject.knows_required = true;
    }
    if (run.has_repositories) {
        ALBS_TRY(std::optional<PackageFile> previous, run.pool->previous(package));
        subject.previous = previous ? neighbours.read(previous->path) : nullptr;
        if (subject.previous != nullptr) {
            ALBS_TRY(subject.previous_privileges, rpm::library().read_privileges(previous->path));
        }
    }
    return inspected;
}

/// "hello-1.2" of "hello-1.2-3.src.rpm".
std::string source_of(const rpm::Package& package)
{
    const std::string name = package.info.sourcerpm.value_or("");
    const std::size_t release = name.rfind('-');
    return release == name.npos ? std::string(package.info.name) : name.substr(0, release);
}

Status inspect(Inspected& inspected, const SkipRules& rules, const OtherCheckers& checkers)
{
    Subject& subject = inspected.subject;
    ALBS_TRY(subject.privileges, rpm::library().read_privileges(inspected.package->path));
    Result<Contents> contents = read_contents(inspected.package->path, source_of(subject.package()));
    // A payload with the right digest may still be none: the test install says so.
    if (!contents && contents.error().kind != Kind::input)
        return tl::unexpected(std::move(contents).error());
    if (contents)
        subject.contents = *std::move(contents);
    Faults faults;
    for (auto* each :
         {inspect_modes,         inspect_privileges,   inspect_owners,       inspect_paths,     inspect_links,
          inspect_build_paths,   inspect_hardening,    inspect_architecture, inspect_sonames,   inspect_symbols,
          inspect_debug_data,    inspect_interpreters, inspect_units,        inspect_tmpfiles,  inspect_sysusers,
          inspect_desktop_files, inspect_man_pages,    inspect_license,      inspect_changelog, inspect_dependencies})
        each(subject, faults);
    report_faults(*inspected.package, faults, rules);
    ALBS_CHECK(checkers.check(*inspected.package, rules));
    inspected.package->scripts = scripts_of(subject);
    subject.contents = {}; // others are judged by its header, and by its libraries, which they read
    return {};
}

} // namespace

std::vector<std::string> inspection_tests()
{
    std::vector<std::string> names;
    for (std::string_view name : inspection_names())
        names.emplace_back(name);
    names.insert(names.end(), {"inspect/rpmlint", "inspect/rpminspect"});
    return names;
}

void report_faults(TestedPackage& subject, const Faults& faults, const SkipRules& rules)
{
    for (std::string_view test : inspection_names()) {
        const std::string name(test);
        const std::vector<Faults::Fault> found = faults.of(test);
        const std::string skipped = faults.why_skipped(test);
        if (!faults.was_looked_at(test) && skipped.empty())
            continue;
        const std::string more = found.size() > 1 ? format_text(" (and {} more)", found.size() - 1) : std::string();
        const std::string reason = found.empty() ? std::string() : found.front().text + more;
        if (const std::optional<std::string> rule = rules.find(name_of(subject), name))
            subject.findings.push_back({name, "skip",
                                        found.empty() ? *rule : format_text("{} (overrules: {})", *rule, reason),
                                        log_of(found)});
        else if (!found.empty() && found.front().rule->severity == Severity::failure)
            subject.findings.push_back({name, "fail", reason, log_of(found)});
        else if (!found.empty())
            subject.findings.push_back({name, "pass", reason, log_of(found)});
        else if (!skipped.empty())
            subject.skip(name, skipped);
        else
            subject.pass(name);
    }
}

Status inspect_packages(const InspectionRun& run, const std::vector<TestedPackage*>& fresh)
{
    Neighbours neighbours;
    std::vector<Inspected> list;
    for (TestedPackage* package : fresh) {
        if (!package->package || package->failed("integrity"))
            continue;
        ALBS_TRY(Inspected inspected, prepare(run, neighbours, *package));
        list.push_back(std::move(inspected));
    }
    return sys::for_each_parallel(list.size(), run.jobs,
                                  [&](std::size_t i) { return inspect(list[i], *run.rules, *run.checkers); });
}

} // namespace albs::test
