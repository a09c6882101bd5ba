// SPDX-License-Identifier: GPL-3.0-or-later
#include "moving_parts.hpp"

#include <algorithm>
#include <sys/stat.h>

#include "base/format.hpp"
#include "run_spec.hpp"
#include "store/lay_out_tree.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

constexpr const char* clock_directory = ".albs-clock";
/// A Saturday in 2001, which no version names.
constexpr const char* other_date = "#!/bin/sh\nexec /usr/bin/date -d @981173106 \"$@\"\n";
constexpr const char* other_lua =
    "%{lua: local date, time = os.date, os.time; os.time = function(when) return when and time(when) or 981173106 end; "
    "os.date = function(format, when) return date(format, when or 981173106) end}\n";

bool has_one_of(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.find(word) != text.npos; });
}

} // namespace

bool may_move(std::string_view spec)
{
    return has_one_of(spec, {"%(", "lua"}) &&
           has_one_of(spec, {"date", "time", "RANDOM", "random", "uuid", "mktemp", "shuf"});
}

Result<std::vector<std::string>> other_clock(const std::string& tree, const std::string& spec)
{
    const std::string directory = tree + "/" + clock_directory;
    ALBS_CHECK(store::make_directory(directory));
    ALBS_CHECK(sys::write_cache(directory + "/date", other_date, 0755));
    ALBS_TRY(std::string text, sys::read_file(tree + "/" + spec));
    ALBS_CHECK(sys::write_cache(tree + "/" + spec, other_lua + text));
    return std::vector<std::string>{format_text("PATH={}/{}:/usr/bin:/usr/sbin", tree_inside, clock_directory)};
}

std::string moved(const RpmInfo& first, const RpmInfo& second)
{
    if (first.nevra == second.nevra)
        return "";
    return format_text("the spec names another package each time that it is read ({}, then {}): it holds the time or "
                       "chance",
                       first.nevra, second.nevra);
}

} // namespace albs::build
