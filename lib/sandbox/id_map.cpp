// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/id_map.hpp"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <pwd.h>
#include <sstream>
#include <unistd.h>
#include <vector>

#include "base/format.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"

namespace albs::sandbox {
namespace {

constexpr long long id_of_builds = 1000;
/// Without the last one (65535, which is "none" to some programs) a root is still complete.
constexpr long long min_ids = 65535;

struct Range {
    long long start = 0;
    long long count = 0;
    bool has(long long id) const { return id >= start && id < start + count; }
    bool has(const Range& other) const { return has(other.start) && other.count <= start + count - other.start; }
    bool meets(const Range& other) const { return start < other.start + other.count && other.start < start + count; }
};

/// The kernel takes a map in one write.
Status write_map(int process, const std::string& name, const std::string& text)
{
    std::string path = "/proc/" + std::to_string(process) + "/" + name;
    sys::Fd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file || ::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        return sys::system_error("cannot write", path);
    return {};
}

std::string line_of(long long inside, const Range& range)
{
    return format_text("{} {} {}\n", inside, range.start, range.count);
}

std::string user_name()
{
    char buffer[4096];
    struct passwd entry{};
    struct passwd* found = nullptr;
    return getpwuid_r(::geteuid(), &entry, buffer, sizeof buffer, &found) == 0 && found != nullptr ? found->pw_name
                                                                                                   : "";
}

long long number_in(const std::string& text)
{
    long long number = -1;
    (void)std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

struct Grants {
    Range own; ///< the first "USER:START:COUNT" of this user, by name or number; empty: none
    std::vector<Range> of_others;
};

Grants read_grants(const std::string& path)
{
    Grants grants;
    auto text = sys::read_file(path);
    std::istringstream lines(text.value_or(""));
    std::string name = user_name();
    for (std::string line; std::getline(lines, line);) {
        std::size_t first = line.find(':');
        std::size_t second = line.find(':', first + 1);
        if (first == line.npos || second == line.npos)
            continue;
        std::string user = line.substr(0, first);
        Range range{number_in(line.substr(first + 1)), number_in(line.substr(second + 1))};
        if (range.start < 0 || range.count <= 0)
            continue;
        if ((name.empty() || user != name) && user != std::to_string(::geteuid()))
            grants.of_others.push_back(range);
        else if (grants.own.count == 0)
            grants.own = range;
    }
    return grants;
}

struct MapLine {
    Range inside;
    Range outside;
};

Result<std::vector<MapLine>> read_map(const std::string& process, const std::string& map)
{
    ALBS_TRY(std::string text, sys::read_file("/proc/" + process + "/" + map));
    std::vector<MapLine> list;
    std::istringstream lines(text);
    long long inside = 0;
    long long outside = 0;
    for (long long count = 0; lines >> inside >> outside >> count;)
        list.push_back({{inside, count}, {outside, count}});
    return list;
}

/// There is one user here, and he is another outside: what he may do as root is what a plain user may.
bool is_alone(const std::vector<MapLine>& map)
{
    return map.size() == 1 && map[0].inside.count == 1 && map[0].outside.start != 0;
}

/// All ids that can be lent here.
Result<std::vector<Range>> ids_here(const std::string& map)
{
    ALBS_TRY(std::vector<MapLine> lines, read_map("self", map));
    std::vector<Range> list;
    for (const MapLine& line : lines)
        if (line.inside.count > 1 || line.inside.start != 0 || is_alone(lines))
            list.push_back(line.inside);
    return list;
}

/// In a container: the last of its ids, without its root unless that is all there is.
Range last_of(const std::vector<Range>& here)
{
    Range largest;
    for (const Range& range : here)
        if (range.count > largest.count)
            largest = range;
    if (largest.start == 0 && largest.count > 1)
        largest = {1, largest.count - 1};
    long long count = std::min(largest.count, ids_of_root);
    return {largest.start + largest.count - count, count};
}

/// What root lends; less than min_ids where there are not more.
Result<Range> range_of_root(const std::string& grants_file, const char* map)
{
    ALBS_TRY(std::vector<Range> here, ids_here(map));
    auto is_here = [&](const Range& range) {
        return std::any_of(here.begin(), here.end(), [&](const Range& each) { return each.has(range); });
    };
    Grants grants = read_grants(grants_file);
    if (grants.own.count > 0) {
        if (grants.own.count < min_ids || grants.own.has(0) || !is_here(grants.own))
            return fail(Kind::environment,
                        format_text("the ids of root in '{}' cannot be used: {} from {}", grants_file, grants.own.count,
                                    grants.own.start),
                        "let root have 65536 ids that nobody else has");
        return grants.own;
    }
    Range usual{first_id_of_root, ids_of_root};
    if (!is_here(usual))
        usual = last_of(here);
    else
        for (const Range& other : grants.of_others)
            if (other.meets(usual))
                return fail(Kind::environment,
                            format_text("'{}' gives ids from {} to another user", grants_file, usual.start),
                            "run 'usermod --add-subuids START-END --add-subgids START-END root' with 65536 ids that "
                            "nobody else has");
    if (usual.count == 0)
        return fail(Kind::environment, "there is no user here but the machine's root, so that a sandbox could not keep "
                                       "its programs from being it");
    return usual;
}

} // namespace

Result<IdMap> IdMap::of_caller(bool many)
{
    IdMap map;
    if (::geteuid() != 0) {
        map.users_ = line_of(0, {::geteuid(), 1});
        map.groups_ = line_of(0, {::getegid(), 1});
        map.first_ = {::geteuid(), ::getegid()};
        Range users = many ? read_grants("/etc/subuid").own : Range();
        Range groups = many ? read_grants("/etc/subgid").own : Range();
        if (users.count > 0 && groups.count > 0) {
            map.users_ += line_of(1, users);
            map.groups_ += line_of(1, groups);
        }
        return map;
    }
    ALBS_TRY(Range users, range_of_root("/etc/subuid", "uid_map"));
    ALBS_TRY(Range groups, range_of_root("/etc/subgid", "gid_map"));
    if (!many || std::min(users.count, groups.count) < min_ids)
        for (Range* range : {&users, &groups})
            *range = {range->start + std::min(id_of_builds, range->count - 1), 1};
    map.users_ = line_of(0, users);
    map.groups_ = line_of(0, groups);
    map.first_ = {static_cast<uid_t>(users.start), static_cast<gid_t>(groups.start)};
    return map;
}

Result<bool> IdMap::apply(int process) const
{
    if (::geteuid() == 0) {
        ALBS_CHECK(write_map(process, "uid_map", users_));
        ALBS_CHECK(write_map(process, "gid_map", groups_));
        return !users_.ends_with(" 1\n");
    }
    auto lend = [&](const char* program, const std::string& map) {
        sys::Command command;
        command.argv = {program, std::to_string(process)};
        std::istringstream words(map);
        for (std::string word; words >> word;)
            command.argv.push_back(word);
        auto done = sys::run(command);
        return done && done->status == 0;
    };
    bool has_more = std::count(users_.begin(), users_.end(), '\n') > 1;
    if (has_more && lend("newuidmap", users_) && lend("newgidmap", groups_))
        return true;
    ALBS_CHECK(write_map(process, "uid_map", line_of(0, {::geteuid(), 1})));
    ALBS_CHECK(write_map(process, "setgroups", "deny"));
    ALBS_CHECK(write_map(process, "gid_map", line_of(0, {::getegid(), 1})));
    return false;
}

Owner IdMap::outside(unsigned inside) const
{
    return {first_.user + inside, first_.group + inside};
}

Result<bool> has_our_root(int process)
{
    bool has_it = false;
    for (const char* map : {"uid_map", "gid_map"}) {
        ALBS_TRY(std::vector<MapLine> ours, read_map("self", map));
        ALBS_TRY(std::vector<MapLine> theirs, read_map(std::to_string(process), map));
        for (const MapLine& line : theirs)
            has_it = has_it || (line.outside.has(0) && !is_alone(ours));
    }
    return has_it;
}

} // namespace albs::sandbox
