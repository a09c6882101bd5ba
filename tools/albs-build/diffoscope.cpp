// SPDX-License-Identifier: GPL-3.0-or-later
#include "diffoscope.hpp"

#include "base/format.hpp"
#include "sandbox/sandbox.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

namespace albs::build {
namespace {

constexpr const char* program = "/usr/bin/diffoscope";
constexpr std::int64_t max_seconds = 600;
constexpr std::int64_t max_text = std::int64_t{4} << 20;
constexpr std::int64_t max_memory = std::int64_t{4} << 30;

} // namespace

bool has_diffoscope()
{
    return sys::exists(program);
}

Result<std::optional<std::string>> ask_diffoscope(const std::string& recorded, const std::string& rebuilt,
                                                  const std::string& name, const BuildContext& context)
{
    const store::Store& store = context.workspace.store();
    ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("diffoscope", context.scratch));
    sandbox::Job job;
    // It cuts its text by itself, and says so; the limits of the job are for when it does not.
    job.argv = {program, "--no-progress", "--max-text-report-size", std::to_string(max_text), "--text", "-"};
    for (const auto& [place, digest] : {std::pair("recorded", recorded), std::pair("rebuilt", rebuilt)}) {
        ALBS_TRY(std::string file, store.path(digest));
        const std::string inside = format_text("/builddir/{}/{}", place, name);
        job.mounts.push_back({std::move(file), inside, false});
        job.argv.push_back(inside);
    }
    job.log_file = directory.path() + "/text";
    job.limits.timeout_ms = max_seconds * 1000;
    job.limits.log_bytes = 2 * max_text;
    job.limits.memory_bytes = max_memory;
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    ALBS_TRY(std::string text, sys::read_file(job.log_file, static_cast<std::size_t>(4 * max_text)));
    if (ended.finished.timed_out)
        text += format_text("\ndiffoscope was ended after {} s\n", max_seconds);
    else if (!ended.limit_met.empty() || ended.finished.output_exceeded)
        text += format_text("\ndiffoscope was ended: {}\n",
                            ended.limit_met.empty() ? "its text was too long" : "it wanted " + ended.limit_met);
    if (text.empty())
        return std::optional<std::string>();
    ALBS_TRY(sys::FileDigest digest, context.workspace.store().put_bytes(text));
    return std::optional<std::string>(digest.sha256.hex());
}

} // namespace albs::build
