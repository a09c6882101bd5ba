// SPDX-License-Identifier: GPL-3.0-or-later
#include "tap.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <sstream>

#include "base/text.hpp"

namespace albs::test {
namespace {

struct Reading {
    bool versioned = false;
    bool numbered = false; ///< "ok 1", "not ok": nothing but TAP says that
    long planned = -1;
    long seen = 0;
    long skipped = 0;
    std::string bail_out;
    std::string skip_all;
    std::string first_failure;
};

/// What follows '#', with its first word in lower case: "skip no network".
std::string directive(const std::string& line)
{
    std::size_t hash = line.find('#');
    if (hash == line.npos)
        return "";
    std::size_t word = line.find_first_not_of(" \t", hash + 1);
    return word == line.npos ? "" : lower_case(line.substr(word, 4)) + line.substr(std::min(word + 4, line.size()));
}

void read_plan(Reading& reading, const std::string& line)
{
    long last = -1;
    const char* end = line.data() + line.size();
    auto [rest, error] = std::from_chars(line.data() + 3, end, last);
    if (error != std::errc() || last < 0)
        return;
    reading.planned = last;
    std::string said = directive(line);
    if (last == 0 && said.starts_with("skip"))
        reading.skip_all = said.size() > 5 ? said.substr(5) : "skipped by itself";
}

void read_test(Reading& reading, const std::string& line)
{
    ++reading.seen;
    reading.numbered = reading.numbered || line.starts_with("not ok") ||
                       (line.size() > 3 && std::isdigit(static_cast<unsigned char>(line[3])) != 0);
    std::string said = directive(line);
    if (said.starts_with("skip"))
        ++reading.skipped;
    else if (line.starts_with("not ok") && !said.starts_with("todo") && reading.first_failure.empty())
        reading.first_failure = line.substr(0, line.find('#'));
}

Reading read(const std::string& output)
{
    Reading reading;
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("TAP version "))
            reading.versioned = true;
        else if (line.starts_with("1.."))
            read_plan(reading, line);
        else if (line.starts_with("Bail out!"))
            reading.bail_out = line;
        else if (line == "ok" || line == "not ok" || line.starts_with("ok ") || line.starts_with("not ok "))
            read_test(reading, line);
    }
    return reading;
}

} // namespace

TapVerdict judge_tap(const std::string& output)
{
    Reading reading = read(output);
    if (!reading.versioned && !reading.numbered && reading.planned < 0 && reading.bail_out.empty())
        return {};
    if (!reading.bail_out.empty())
        return {true, "fail", reading.bail_out};
    if (!reading.first_failure.empty())
        return {true, "fail", reading.first_failure};
    if (reading.planned < 0)
        return {true, "fail", "there is no plan: it may have ended too early"};
    if (!reading.skip_all.empty() && reading.seen == 0)
        return {true, "skip", reading.skip_all};
    if (reading.planned == 0)
        return {true, "fail", "no test was done"};
    if (reading.seen != reading.planned)
        return {true, "fail",
                std::to_string(reading.planned) + " tests were planned, " + std::to_string(reading.seen) +
                    " were done"};
    if (reading.skipped == reading.seen)
        return {true, "skip", "all of its tests were skipped"};
    return {true, "pass", ""};
}

} // namespace albs::test
