// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/message.hpp"

#include <algorithm>
#include <unistd.h>

#include "albs/json/value.hpp"
#include "base/format.hpp"
#include "base/time.hpp"
#include "base/visible.hpp"
#include "sys/file.hpp"
#include "sys/stdio.hpp"

namespace albs::cli {
namespace {

// nothing can be reported if stderr is closed or full.
void put(std::string_view text)
{
    (void)sys::write_all(STDERR_FILENO, text, "standard error");
}

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

void Messages::clear_progress()
{
    if (progress_shown_)
        put("\r\033[K");
    progress_shown_ = false;
}

void Messages::line(std::string_view level, std::string_view text, std::string_view about, std::string_view hint,
                    std::string_view code)
{
    std::lock_guard guard(mutex_);
    clear_progress();
    if (json_) {
        Json message = Json::object({{"tool", tool_}, {"level", level}});
        if (!code.empty())
            message.set("code", code);
        message.set("message", text);
        message.set("package", about.empty() ? Json() : Json(about));
        if (!hint.empty())
            message.set("hint", hint);
        put(write_json(message) + "\n");
        return;
    }
    std::string prefix = tool_ + ": ";
    std::string subject = about.empty() ? "" : std::string(about) + ": ";
    std::string kind = level == "note" || level == "detail" ? "" : std::string(level) + ": ";
    put(format_text("{}{}{}{}\n", prefix, kind, printable(subject), printable(text)));
    if (!hint.empty())
        put(prefix + "hint: " + printable(hint) + "\n");
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

void Messages::progress(std::string_view what, std::int64_t done, std::int64_t total, std::string_view unit)
{
    if (quiet_ || json_ || !sys::stderr_is_terminal())
        return;
    std::lock_guard guard(mutex_);
    std::int64_t now = monotonic_ms();
    if (progress_what_ != what) {
        progress_what_ = what;
        progress_started_ = now;
        progress_drawn_ = 0;
    }
    // Nothing for what takes under a second; a person cannot read more than ten lines a second.
    if (now - progress_started_ < 1000 || now - progress_drawn_ < 100)
        return;
    progress_drawn_ = now;
    std::int64_t rate = done * 1000 / std::max<std::int64_t>(now - progress_started_, 1);
    std::string text = format_text("\r\033[K{}: {}: {}", tool_, printable(what), done);
    if (total > 0)
        text += "/" + std::to_string(total);
    text += format_text("{}{}, {}/s", unit.empty() ? "" : " ", unit, rate);
    if (total > done && rate > 0)
        text += ", " + std::to_string((total - done) / rate) + " s left";
    put(text);
    progress_shown_ = true;
}

void Messages::finish(int status)
{
    std::lock_guard guard(mutex_);
    clear_progress();
    if (json_)
        put(write_json(Json::object({{"tool", tool_}, {"level", "exit"}, {"status", status}})) + "\n");
}

} // namespace albs::cli
