// SPDX-License-Identifier: GPL-3.0-or-later
// bench-root WORKSPACE LOCK COMMAND...: runs a command in the root of a lock, as a build would be, and says on stderr
// what the root took and what the command took from there, in milliseconds.
#include <chrono>
#include <cstdio>

#include "root/cache.hpp"
#include "sandbox/sandbox.hpp"
#include "sandbox/view.hpp"
#include "store/workspace.hpp"
#include "sys/file.hpp"

using namespace albs;

namespace {

Status run(const std::string& workspace_path, const std::string& lock_path, std::vector<std::string> command)
{
    using Clock = std::chrono::steady_clock;
    auto milliseconds = [](Clock::duration time) {
        return std::chrono::duration<double, std::milli>(time).count();
    };
    Clock::time_point start = Clock::now();
    ALBS_TRY(store::Workspace workspace, store::Workspace::open(workspace_path));
    ALBS_TRY(std::string lock, sys::read_file(lock_path));
    ALBS_TRY(root::Cache cache, root::Cache::open(workspace));
    ALBS_TRY(root::Root root, cache.root(lock));
    Clock::time_point there = Clock::now();
    ALBS_TRY(sandbox::View view, sandbox::View::over(root.layers));
    sandbox::Job job;
    job.argv = std::move(command);
    job.view = &view;
    job.directory = "/";
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    if (ended.finished.status != 0)
        return fail(Kind::environment, "the command failed: " + ended.finished.err);
    (void)std::fprintf(stderr, "root %.1f command %.1f\n", milliseconds(there - start),
                       milliseconds(Clock::now() - there));
    return {};
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 4)
        return 2;
    Status done = run(argv[1], argv[2], {argv + 3, argv + argc});
    if (!done)
        (void)std::fprintf(stderr, "bench-root: %s\n", done.error().message.c_str());
    return done ? 0 : 1;
}
