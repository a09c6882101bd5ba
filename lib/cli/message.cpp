// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/message.hpp"

#include <algorithm>

#include "albs/json/value.hpp"
#include "base/format.hpp"
#include "base/length_of_time.hpp"
#include "base/time.hpp"
#include "base/visible.hpp"
#include "sys/shown_lines.hpp"

namespace albs::cli {
namespace {

// Messages quote what others wrote; control characters of theirs must not reach a terminal. Several lines of a program
// become one.
std::string printable(std::string_view text)
{
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return escape_hidden(line);
}

std::string_view code_of(Kind kind)
{
    switch (kind) {
    case Kind::usage: return "usage";
    case Kind::input: return "input";
    case Kind::trust: return "trust";
    case Kind::environment: return "environment";
    case Kind::internal: return "internal";
    case Kind::temporary: return "temporary";
    }
    return "internal";
}

} // namespace

void Messages::configure(bool quiet, bool verbose, bool json)
{
    quiet_ = quiet;
    verbose_ = verbose;
    json_ = json;
}

void Messages::line(std::string_view level, std::string_view text, std::string_view about, std::string_view hint,
                    std::string_view code)
{
    std::lock_guard guard(mutex_);
    if (json_) {
        Json message = Json::object({{"tool", tool_}, {"level", level}});
        if (!code.empty())
            message.set("code", code);
        message.set("message", text);
        message.set("package", about.empty() ? Json() : Json(about));
        if (!hint.empty())
            message.set("hint", hint);
        sys::write_above_lines(write_json(message) + "\n");
        return;
    }
    std::string prefix = tool_ + ": ";
    std::string subject = about.empty() ? "" : std::string(about) + ": ";
    std::string kind = level == "note" || level == "detail" ? "" : std::string(level) + ": ";
    std::string lines = format_text("{}{}{}{}\n", prefix, kind, printable(subject), printable(text));
    if (!hint.empty())
        lines += prefix + "hint: " + printable(hint) + "\n";
    sys::write_above_lines(lines);
}

void Messages::error(const Error& error)
{
    line("error", error.message, "", error.hint, code_of(error.kind));
}

void Messages::warning(std::string_view text, std::string_view about)
{
    line("warning", text, about);
}

void Messages::warning(const Error& error, std::string_view about)
{
    line("warning", error.message, about, error.hint, code_of(error.kind));
}

void Messages::note(std::string_view text, std::string_view about)
{
    if (!quiet_)
        line("note", text, about);
}

void Messages::detail(std::string_view text, std::string_view about)
{
    if (verbose_)
        line("detail", text, about);
}

bool Messages::draws() const
{
    return !quiet_ && !json_ && sys::stderr_takes_lines();
}

void Messages::draw()
{
    std::vector<std::string> lines;
    for (const std::string& line : shown_)
        lines.push_back(printable(line));
    if (!counted_.empty())
        lines.push_back(tool_ + ": " + printable(counted_));
    sys::show_lines(lines);
}

void Messages::show(std::vector<std::string> lines)
{
    if (!draws())
        return;
    std::lock_guard guard(mutex_);
    shown_ = std::move(lines);
    draw();
}

void Messages::progress(std::string_view what, std::int64_t done, std::int64_t total, std::string_view unit)
{
    if (!draws())
        return;
    std::lock_guard guard(mutex_);
    std::int64_t now = monotonic_ms();
    std::int64_t begun = counts_begun_.try_emplace(std::string(what), now).first->second;
    const bool is_over = total > 0 && done >= total;
    if (is_over) {
        counts_begun_.erase(counts_begun_.find(what));
        if (!counted_.starts_with(std::string(what) + ": "))
            return;
        counted_.clear();
    } else if (now - begun < 1000 || now - count_drawn_ < 100) {
        // Nothing for what takes under a second; a person cannot read more than ten lines a second.
        return;
    } else {
        counted_ = format_text("{}: {}", what, told_count(done, total, unit, now - begun));
    }
    count_drawn_ = now;
    draw();
}

void Messages::clear()
{
    std::lock_guard guard(mutex_);
    shown_.clear();
    counted_.clear();
    sys::show_lines({});
}

void Messages::finish(int status)
{
    clear();
    std::lock_guard guard(mutex_);
    if (json_)
        sys::write_above_lines(write_json(Json::object({{"tool", tool_}, {"level", "exit"}, {"status", status}})) +
                               "\n");
}

std::string told_count(std::int64_t done, std::int64_t total, std::string_view unit, std::int64_t elapsed_ms)
{
    const std::int64_t elapsed = std::max<std::int64_t>(elapsed_ms, 1);
    std::string text = std::to_string(done);
    if (total > 0)
        text += "/" + std::to_string(total);
    text += format_text("{}{}", unit.empty() ? "" : " ", unit);
    if (const std::int64_t rate = done * 1000 / elapsed; rate > 0)
        text += format_text(", {}/s", rate);
    if (total > done && done > 0)
        text += ", " + told_length((total - done) * (elapsed / 1000 + 1) / done * 1000) + " left";
    return text;
}

} // namespace albs::cli
