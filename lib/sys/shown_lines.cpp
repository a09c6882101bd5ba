// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/shown_lines.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/stdio.hpp"

namespace albs::sys {
namespace {

struct Shown {
    std::timed_mutex mutex;
    std::vector<std::string> lines; ///< as they were cut
    bool is_over = false;
};

Shown& shown()
{
    static auto* only = new Shown; // never destroyed: the signal thread outlives main's statics
    return *only;
}

struct Size {
    std::size_t rows = 24;
    std::size_t columns = 80;
};

Size size_of_terminal()
{
    Size size;
    struct winsize told {};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &told) == 0 && told.ws_row > 0 && told.ws_col > 0)
        size = {told.ws_row, told.ws_col};
    return size;
}

void put(std::string_view text)
{
    (void)write_bytes(STDERR_FILENO, text);
}

/// Where more than ASCII is, a character may take two columns.
std::size_t columns_of(std::string_view character)
{
    return character.size() == 1 ? 1 : 2;
}

/// As much of it as surely fits; a line that fills the terminal to its edge may wrap.
std::string cut(std::string_view line, std::size_t columns)
{
    std::size_t used = 0;
    std::size_t end = 0;
    while (end < line.size()) {
        const std::size_t length = std::max<std::size_t>(1, utf8_length(line.substr(end)));
        used += columns_of(line.substr(end, length));
        if (used >= columns)
            break;
        end += length;
    }
    return std::string(line.substr(0, end));
}

/// To the first of the lines. Where the terminal became narrower since, they take more rows.
std::string back_to_first(const std::vector<std::string>& lines, const Size& size)
{
    std::size_t rows = 0;
    for (const std::string& line : lines)
        rows += 1 + (line.empty() ? 0 : (line.size() - 1) / size.columns);
    rows = std::min(rows, size.rows - 1);
    return rows == 0 ? "" : "\r\033[" + std::to_string(rows) + "A";
}

std::string drawn(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text += line + "\033[K\n";
    return text;
}

} // namespace

bool stderr_takes_lines()
{
    static const bool takes = [] {
        const char* terminal = std::getenv("TERM");
        return stderr_is_terminal() && terminal != nullptr && *terminal != '\0' && std::string_view(terminal) != "dumb";
    }();
    return takes;
}

std::size_t room_for_lines()
{
    return std::max<std::size_t>(size_of_terminal().rows, 3) - 2;
}

void show_lines(const std::vector<std::string>& lines)
{
    std::lock_guard guard(shown().mutex);
    if (shown().is_over || (lines.empty() && shown().lines.empty()))
        return;
    const Size size = size_of_terminal();
    std::string text = back_to_first(shown().lines, size);
    const std::size_t room = room_for_lines();
    shown().lines.clear();
    for (std::size_t i = lines.size() > room ? lines.size() - room : 0; i < lines.size(); ++i)
        shown().lines.push_back(cut(lines[i], size.columns));
    put(text + drawn(shown().lines) + "\033[J");
}

void write_above_lines(std::string_view text)
{
    std::lock_guard guard(shown().mutex);
    if (shown().lines.empty() || shown().is_over) {
        put(text);
        return;
    }
    put(back_to_first(shown().lines, size_of_terminal()) + "\033[J" + std::string(text) + drawn(shown().lines));
}

void remove_lines_for_good()
{
    // A terminal that was stopped takes nothing, and would hold up who writes.
    std::unique_lock guard(shown().mutex, std::chrono::milliseconds(500));
    if (!guard.owns_lock())
        return;
    shown().is_over = true;
    if (!shown().lines.empty())
        put(back_to_first(shown().lines, size_of_terminal()) + "\033[J");
    shown().lines.clear();
}

} // namespace albs::sys
