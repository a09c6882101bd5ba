// SPDX-License-Identifier: GPL-3.0-or-later
// Source packages of a run: each is made once for a platform, in the base root of that platform, where its macros are.
//
// The base root is that of the packages which the platform installs everywhere. All architectures share one source
// package; what it says of them (BuildRequires, ExclusiveArch) is read for each in the base root of its own.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "cli/message.hpp"
#include "run_spec.hpp"
#include "source.hpp"

namespace albs::build {

/// What a source comes to on a platform.
struct SourceOutcome {
    std::optional<SourcePackage> package;
    SpecReading spec;                     ///< for the architecture that was asked for
    std::optional<Reason> reason = {};    ///< why there is no package: the spec, or no root
    std::vector<Artifact> artifacts = {}; ///< the log of a failure
};

class SourcePackages {
public:
    /// remembers: what an earlier run made is taken.
    SourcePackages(store::Workspace& workspace, std::string scratch, cli::Messages& messages, bool remembers = true)
        : workspace_(workspace), scratch_(std::move(scratch)), messages_(messages), remembers_(remembers)
    {
    }
    /// The same tree, time, base root and options give the same bytes, wherever and whenever: owner, host, times and
    /// target are fixed. Every file in the package is compared with the source. What was made once is remembered. Safe
    /// to call from several threads. Kind::input if manifest or store lacks the source, Kind::trust if it is another.
    Result<SourceOutcome> make(const BuildConfig& recipe, const PlannedTask& planned, const Manifest& manifest);

    /// What the spec of a source package says for an architecture in the base root; installed as for place_of_arch().
    Result<SourceOutcome> read(const BuildConfig& recipe, const std::string& arch, const SourcePackage& package,
                               const std::vector<std::string>& installed = {});

private:
    struct Work;
    Result<SourceOutcome> taken(const Work& work);
    Result<SourceOutcome> made(const Work& work);
    Result<SourceOutcome> processed(const Work& work);
    Result<SourceOutcome> made_anew(const Work& work);
    Result<SourceOutcome> made_at(const Work& work, std::int64_t time, std::vector<PinnedFile> pinned);
    Result<std::optional<std::vector<PinnedFile>>> missing_files(const Work& work, const SpecJob& job, Reason& reason,
                                                                 const std::string& missing);
    Result<SourceOutcome> kept(const Work& work, const SpecRun& run, const SpecJob& job,
                               const std::vector<PinnedFile>& pinned);
    Result<SourceOutcome> stored(const Work& work, const std::string& path, std::int64_t time,
                                 const std::vector<PinnedFile>& pinned);
    Result<SourceOutcome> made_in_mock(const Work& work, const SpecJob& job, const std::vector<PinnedFile>& pinned);
    Result<std::string> moving_part(const Work& work, const SpecJob& job, const std::string& made);
    Result<SpecInput> input_of(const Work& work, const std::string& directory, std::int64_t time,
                               const std::vector<PinnedFile>& pinned);
    std::mutex& turn(const std::string& key);
    SpecContext context() { return {workspace_, scratch_, messages_}; }

    store::Workspace& workspace_;
    std::string scratch_;
    cli::Messages& messages_;
    bool remembers_;
    std::mutex turns_mutex_;
    std::map<std::string, std::unique_ptr<std::mutex>> turns_;
};

} // namespace albs::build
