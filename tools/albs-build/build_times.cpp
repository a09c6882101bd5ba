// SPDX-License-Identifier: GPL-3.0-or-later
#include "build_times.hpp"

#include <charconv>

namespace albs::build {
namespace {

constexpr const char* memory = "times";

} // namespace

std::string time_key(const std::string& source_name, const std::string& platform, const std::string& arch)
{
    return source_name + "\n" + platform + "\n" + arch;
}

std::optional<std::int64_t> remembered_time(const store::Workspace& workspace, const std::string& key)
{
    std::optional<std::string> text = workspace.recall(memory, key);
    std::int64_t milliseconds = 0;
    const std::string_view digits = text ? std::string_view(*text) : std::string_view();
    if (std::from_chars(digits.data(), digits.data() + digits.size(), milliseconds).ec != std::errc() ||
        milliseconds < 0)
        return std::nullopt;
    return milliseconds;
}

void remember_time(const store::Workspace& workspace, const std::string& key, const Task& task)
{
    // Without it somebody who waits knows less; nothing else depends on it.
    if (task.status == "ok" && task.resources && task.resources->elapsed_ms)
        (void)workspace.remember(memory, key, std::to_string(*task.resources->elapsed_ms));
}

} // namespace albs::build
