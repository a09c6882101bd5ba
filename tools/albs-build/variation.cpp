// SPDX-License-Identifier: GPL-3.0-or-later
#include "variation.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "base/text.hpp"
#include "sandbox/sandbox.hpp"

namespace albs::build {
namespace {

constexpr std::array words{"time", "host", "path", "locale", "order", "jobs", "umask"};
constexpr const char* other_host = "varied.example.org";
constexpr const char* other_top = "elsewhere/a-longer-path/build";

void set(sandbox::Job& job, const std::string& name, const std::string& value)
{
    std::erase_if(job.environment, [&](const std::string& one) { return one.starts_with(name + "="); });
    job.environment.push_back(name + "=" + value);
}

/// Another number than the build would have.
std::string other_jobs(const sandbox::Job& job)
{
    const bool is_one =
        std::find(job.environment.begin(), job.environment.end(), "RPM_BUILD_NCPUS=1") != job.environment.end();
    return is_one ? "3" : "1";
}

} // namespace

Result<Variation> read_variation(const std::string& list)
{
    Variation varied;
    for (std::string_view rest = list; !rest.empty();) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        const std::string word(rest.substr(0, end));
        if (word == "all")
            varied.insert(words.begin(), words.end());
        else if (std::find(words.begin(), words.end(), word) != words.end())
            varied.insert(word);
        else
            return fail(Kind::usage, format_text("--vary: '{}' is nothing that can be varied", word),
                        "it takes time, host, path, locale, order, jobs, umask, or all, with commas between");
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return varied;
}

std::string varied_top(const Variation& varied)
{
    return varied.contains("path") ? other_top : "build";
}

void vary(const Variation& varied, sandbox::Job& job)
{
    if (varied.contains("time"))
        set(job, "TZ", "XYZ-12:34"); // its clock goes on in any case
    if (varied.contains("host"))
        job.host_name = other_host;
    if (varied.contains("locale"))
        for (const char* name : {"LANG", "LC_ALL"})
            set(job, name, "C");
    if (varied.contains("jobs"))
        set(job, "RPM_BUILD_NCPUS", other_jobs(job));
    if (varied.contains("path"))
        job.argv.insert(job.argv.begin() + 1, {"--define", format_text("_topdir /builddir/{}", other_top)});
    if (varied.contains("umask"))
        job.argv.insert(job.argv.begin(), {"sh", "-c", "umask 0027 && exec \"$@\"", "sh"});
}

Result<Variation> find_causes(Variation varied, const std::function<Result<bool>(const Variation&)>& differs)
{
    const Variation all = varied;
    for (const std::string& word : all) {
        Variation without = varied;
        without.erase(word);
        if (without.empty())
            break;
        ALBS_TRY(bool is_other, differs(without));
        if (is_other)
            varied = std::move(without);
    }
    return varied;
}

} // namespace albs::build
