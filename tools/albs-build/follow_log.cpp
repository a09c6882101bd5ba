// SPDX-License-Identifier: GPL-3.0-or-later
#include "follow_log.hpp"

#include <chrono>
#include <thread>

#include "base/format.hpp"
#include "base/text.hpp"
#include "running_log.hpp"
#include "sys/stdio.hpp"

namespace albs::build {
namespace {

constexpr std::size_t most_at_once = std::size_t{1} << 20;
constexpr std::chrono::milliseconds between_looks(200);

template <class List> std::string names_of(const List& logs)
{
    std::vector<std::string> names;
    for (const FoundLog& log : logs)
        names.push_back(log.id);
    return join_quoted(names);
}

/// The one that is meant.
Result<FoundLog> chosen_log(std::vector<FoundLog> logs, const std::string& word, const std::string& workspace)
{
    if (logs.empty())
        return fail(Kind::usage, format_text("no task runs in the workspace '{}'", workspace),
                    "the log of one that has ended: albs-build log TASK < MANIFEST");
    const std::string running = names_of(logs);
    if (!word.empty())
        std::erase_if(logs, [&](const FoundLog& log) { return !is_task_named(log.id, word); });
    if (logs.empty())
        return fail(Kind::usage, format_text("no task '{}' runs", word), format_text("these run: {}", running));
    if (logs.size() > 1)
        return fail(Kind::usage, format_text("{} tasks run: {}", logs.size(), names_of(logs)),
                    "name one of them, or read its file in WORKSPACE/builds");
    return std::move(logs.front());
}

} // namespace

bool is_task_named(std::string_view id, std::string_view word)
{
    return id.starts_with(word) && (id.size() == word.size() || id[word.size()] == '@' || id[word.size()] == '/');
}

Result<cli::Outcome> follow_log(cli::Context& context)
{
    if (context.operands.size() > 1)
        return fail(Kind::usage, "--tail follows one task");
    if (context.common.output != "-")
        return fail(Kind::usage, "--tail writes to standard output, while the log grows", "leave out -o");
    ALBS_TRY(std::vector<FoundLog> logs, running_logs(context.workspace_path() + "/builds"));
    ALBS_TRY(FoundLog log, chosen_log(std::move(logs), context.operands.empty() ? "" : context.operands.front(),
                                      context.workspace_path()));
    cli::Outcome outcome{.verdict = cli::Verdict::yes, .document = ""};
    if (context.dry_run())
        return outcome;
    for (;;) {
        const bool is_last = !log.file.is_locked(); // asked first: nothing is written after that
        std::string text = "-";
        while (!text.empty()) {
            ALBS_TRY(text, log.file.more(most_at_once));
            if (log.file.begins_again())
                context.messages.note("it begins anew, with more packages in its root", log.id);
            ALBS_CHECK(sys::stream_standard_output(text));
        }
        if (is_last)
            return outcome;
        std::this_thread::sleep_for(between_looks);
    }
}

} // namespace albs::build
