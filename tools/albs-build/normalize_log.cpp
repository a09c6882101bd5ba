// SPDX-License-Identifier: GPL-3.0-or-later
#include "normalize_log.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "sys/file.hpp"

namespace albs::build {
namespace {

struct Pattern {
    std::string_view before;
    std::size_t random;
};
/// mkstemp's of rpm and of gcc.
constexpr Pattern temporary_names[] = {{"/rpm-tmp.", 6}, {"/tmp/cc", 6}};
/// Packages are written, and debug information is extracted, by several threads.
constexpr std::string_view unordered_lines[] = {"Wrote: ", "extracting debug info from "};

void hide_names(std::string& text, const Pattern& pattern)
{
    for (std::size_t at = text.find(pattern.before); at != std::string::npos; at = text.find(pattern.before, at)) {
        at += pattern.before.size();
        std::size_t end = std::min(at + pattern.random, text.size());
        for (std::size_t i = at; i < end && std::isalnum(static_cast<unsigned char>(text[i])) != 0; ++i)
            text[i] = 'X';
    }
}

/// Sorts each run of lines that start with the prefix.
void sort_runs(std::string& text, std::string_view prefix)
{
    std::size_t at = 0;
    while (at < text.size()) {
        std::vector<std::string> run;
        std::size_t end = at;
        while (end < text.size() && std::string_view(text).substr(end, prefix.size()) == prefix) {
            std::size_t next = std::min(text.find('\n', end), text.size() - 1) + 1;
            run.push_back(text.substr(end, next - end));
            end = next;
        }
        // A last line without its newline cannot change places.
        if (run.size() > 1 && run.back().back() == '\n') {
            std::sort(run.begin(), run.end());
            std::size_t to = at;
            for (const std::string& line : run) {
                text.replace(to, line.size(), line);
                to += line.size();
            }
        }
        at = run.empty() ? std::min(text.find('\n', at), text.size() - 1) + 1 : end;
    }
}

} // namespace

std::string settled(std::string text)
{
    for (const Pattern& pattern : temporary_names)
        hide_names(text, pattern);
    for (std::string_view prefix : unordered_lines)
        sort_runs(text, prefix);
    return text;
}

Status settle_log(const std::string& path)
{
    ALBS_TRY(std::string text, sys::read_file(path, std::size_t{2} << 30));
    return sys::write_cache(path, settled(std::move(text)));
}

} // namespace albs::build
