// SPDX-License-Identifier: GPL-3.0-or-later
// What a run gives to who solves roots (root/solver.hpp). For the tools that link lib/root.
#pragma once
#include "cli/tool.hpp"
#include "root/solver.hpp"

namespace albs::cli {

/// Lives no longer than the context.
inline root::RunContext root_context(Context& context)
{
    return {.workspace_path = context.workspace_path(),
            .workspace = [&context] { return context.workspace(); },
            .jobs = context.jobs(),
            .warn = [&context](const std::string& text) { context.messages.warning(text); },
            .progress = [&context](std::int64_t done, std::int64_t all) {
                context.messages.progress("fetching", done, all, "packages");
            }};
}

} // namespace albs::cli
