// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec_failure.hpp"

#include "normalize_log.hpp"
#include "spec_error.hpp"
#include "sys/file.hpp"

namespace albs::build {

Reason spec_reason(std::string kind, std::string message)
{
    return {"srpm", std::move(kind), std::move(message), {}, {}};
}

Result<SourceOutcome> spec_failure(const SpecRun& run, const std::string& source, store::Workspace& workspace)
{
    SourceOutcome outcome;
    ALBS_CHECK(settle_log(run.log_file()));
    ALBS_TRY(std::string text, sys::read_file(run.log_file(), std::size_t{1} << 26));
    ALBS_TRY(Artifact log, workspace.store().add_artifact(run.log_file(), source + ".srpm.log", "log"));
    const sys::ProcessResult& finished = run.ended.finished;
    Reason reason = spec_reason("spec", "not exactly one file came of it");
    reason.offset = static_cast<std::int64_t>(text.size());
    if (finished.timed_out)
        reason = spec_reason("timeout", "reading the spec takes too long");
    else if (finished.output_exceeded)
        reason = spec_reason("spec", "reading the spec prints too much");
    else if (!run.ended.limit_met.empty())
        reason = spec_reason("limit", "reading the spec wanted " + run.ended.limit_met);
    else if (finished.status != 0) {
        SpecError error = spec_error(text);
        reason = spec_reason("spec", error.message);
        reason.offset = error.offset;
    }
    reason.log = log.sha256;
    outcome.reason = std::move(reason);
    outcome.artifacts.push_back(std::move(log));
    return outcome;
}

} // namespace albs::build
