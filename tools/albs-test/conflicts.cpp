// SPDX-License-Identifier: GPL-3.0-or-later
// Which packages of one build put different files at one place. rpm decides, since it knows what may be shared.
#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "lifecycle.hpp"
#include "root.hpp"

namespace albs::test {
namespace {

/// "	file /usr/bin/x conflicts between attempted installs of a-1-1.noarch and b-1-1.noarch": the paths. Of three
/// packages rpm names only two, so who has which file is looked up in the headers.
std::set<std::string> conflicts_in(const std::string& log)
{
    std::set<std::string> paths;
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        std::size_t file = line.find("file /");
        std::size_t end = line.find(" conflicts between attempted installs of ");
        if (file != line.npos && end != line.npos && file < end)
            paths.insert(line.substr(file + 5, end - file - 5));
    }
    return paths;
}

struct Claim {
    TestedPackage* subject;
    const rpm::File* file;
};

std::map<std::string, std::vector<Claim>> claims_to(const std::set<std::string>& paths,
                                                    const std::vector<TestedPackage*>& subjects)
{
    std::map<std::string, std::vector<Claim>> claims;
    for (TestedPackage* subject : subjects)
        for (const rpm::File& file : subject->package->files)
            if (paths.contains(file.path))
                claims[file.path].push_back({subject, &file});
    return claims;
}

bool are_the_same(const rpm::File& a, const rpm::File& b)
{
    return a.digest == b.digest && a.mode == b.mode && a.link_to == b.link_to && a.user == b.user && a.group == b.group;
}

/// Packages that say so may not be installed together, so their files never meet.
bool exclude_each_other(const rpm::Package& a, const rpm::Package& b)
{
    auto names = [](const std::vector<rpm::Dependency>& list, const rpm::Package& other) {
        return std::any_of(list.begin(), list.end(), [&](const rpm::Dependency& each) {
            return each.name == other.info.name ||
                   std::any_of(other.provides.begin(), other.provides.end(),
                               [&](const rpm::Dependency& provide) { return provide.name == each.name; });
        });
    };
    return names(a.conflicts, b) || names(b.conflicts, a) || names(a.obsoletes, b) || names(b.obsoletes, a);
}

} // namespace

Status check_conflicts(const BaseRoot& base, const std::vector<TestedPackage*>& subjects, std::int64_t timeout_s)
{
    std::vector<PackageFile> files;
    for (const TestedPackage* subject : subjects)
        files.push_back({subject->path, subject->file_name()});
    std::string log;
    if (subjects.size() > 1) {
        ALBS_TRY(Root root, Root::make(base, {}, timeout_s));
        ALBS_TRY(Step step, root.rpm({"-U", "--test", "--nodeps"}, files));
        log = step.log;
    }
    std::map<const TestedPackage*, std::vector<std::string>> reasons;
    for (const auto& [path, claims] : claims_to(conflicts_in(log), subjects))
        for (const Claim& a : claims)
            for (const Claim& b : claims)
                if (!are_the_same(*a.file, *b.file) && !exclude_each_other(*a.subject->package, *b.subject->package))
                    reasons[a.subject].push_back("'" + path + "' is another file in " + b.subject->label());
    for (TestedPackage* subject : subjects) {
        const std::vector<std::string>& list = reasons[subject];
        if (list.empty()) {
            subject->pass("conflicts");
            continue;
        }
        std::string more = list.size() > 1 ? " (and " + std::to_string(list.size() - 1) + " more)" : std::string();
        subject->fail("conflicts", list.front() + more, log);
    }
    return {};
}

} // namespace albs::test
