// SPDX-License-Identifier: GPL-3.0-or-later
// find(1) and ldd(1) are asked inside the root: only there do absolute links and library paths mean what they will.
#include "linkage.hpp"

#include <algorithm>
#include <sstream>
#include <sys/stat.h>

namespace albs::test {
namespace {

constexpr std::uint32_t ghost = 1U << 6; ///< RPMFILE_GHOST

bool is_debug_data(const std::string& path)
{
    return path.starts_with("/usr/lib/debug/") || path.starts_with("/usr/lib/.build-id/") ||
           path.starts_with("/usr/src/debug/");
}

bool may_be_linked(const rpm::File& file)
{
    return S_ISREG(file.mode) && ((file.mode & 0111U) != 0 || file.path.find(".so") != file.path.npos);
}

/// A command line has room for about two megabytes; a path is 4 KiB at most.
std::vector<std::vector<std::string>> in_batches(const std::vector<std::string>& paths)
{
    std::vector<std::vector<std::string>> batches;
    for (std::size_t i = 0; i < paths.size(); i += 200)
        batches.emplace_back(paths.begin() + static_cast<std::ptrdiff_t>(i),
                             paths.begin() + static_cast<std::ptrdiff_t>(std::min(i + 200, paths.size())));
    return batches;
}

Result<std::vector<std::string>> dangling(Root& root, const std::vector<std::string>& links)
{
    std::vector<std::string> found;
    for (const std::vector<std::string>& batch : in_batches(links)) {
        std::vector<std::string> argv = {"find", "-P"};
        argv.insert(argv.end(), batch.begin(), batch.end());
        for (const char* word : {"-maxdepth", "0", "-xtype", "l", "-printf", "the link '%p' to '%l' leads nowhere\\n"})
            argv.emplace_back(word);
        ALBS_TRY(Step step, root.command(argv, {}));
        std::istringstream lines(step.log);
        for (std::string line; std::getline(lines, line);)
            if (line.starts_with("the link "))
                found.push_back(line);
    }
    return found;
}

/// ldd's answer is "PATH:" and below it "	libx.so.1 => not found"; for one file alone there is no "PATH:".
Result<std::vector<std::string>> unlinked(Root& root, const std::vector<std::string>& programs)
{
    std::vector<std::string> found;
    for (const std::vector<std::string>& batch : in_batches(programs)) {
        std::vector<std::string> argv = {"ldd"};
        argv.insert(argv.end(), batch.begin(), batch.end());
        ALBS_TRY(Step step, root.command(argv, {}));
        std::istringstream lines(step.log);
        std::string path = batch.front();
        for (std::string line; std::getline(lines, line);) {
            std::size_t arrow = line.find(" => not found");
            if (line.starts_with('/') && line.ends_with(':'))
                path = line.substr(0, line.size() - 1);
            else if (arrow != line.npos && line.starts_with('\t'))
                found.push_back("'" + path + "' does not find its library " + line.substr(1, arrow - 1));
        }
    }
    return found;
}

} // namespace

Status check_linkage(Root& root, TestedPackage& subject)
{
    std::vector<std::string> links;
    std::vector<std::string> programs;
    for (const rpm::File& file : subject.package->files) {
        if ((file.flags & ghost) != 0 || is_debug_data(file.path))
            continue;
        if (S_ISLNK(file.mode))
            links.push_back(file.path);
        else if (may_be_linked(file))
            programs.push_back(file.path);
    }
    ALBS_TRY(std::vector<std::string> faults, dangling(root, links));
    ALBS_TRY(std::vector<std::string> lost, unlinked(root, programs));
    faults.insert(faults.end(), lost.begin(), lost.end());
    if (faults.empty()) {
        subject.pass("linkage");
        return {};
    }
    std::string log;
    for (const std::string& fault : faults)
        log += fault + "\n";
    std::string more = faults.size() > 1 ? " (and " + std::to_string(faults.size() - 1) + " more)" : std::string();
    subject.fail("linkage", faults.front() + more, log);
    return {};
}

} // namespace albs::test
