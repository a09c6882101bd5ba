// SPDX-License-Identifier: GPL-3.0-or-later
// Specs that leave release or changelog to rpmautospec: the program itself writes them, in the sandbox, on the history
// that was fetched with the source.
#pragma once
#include "run_spec.hpp"
#include "source_files.hpp"

namespace albs::build {

/// Which rpmautospec runs, and where.
struct AutospecPlace {
    SpecPlace place;     ///< with the lock of a root that has it; without one: this machine
    std::string program; ///< of this machine; empty: the root's
    std::string prefix;  ///< directory of this machine that the program needs beyond what a sandbox has; may be empty
    std::string key() const { return place.lock ? std::string(place.lock->sha256) : program; }
};

/// Whether the spec names rpmautospec's macros, or rpmautospec.conf is beside it.
Result<bool> uses_autospec(const Source& source, const SourceFiles& files, const store::Store& store);

/// The platform's package: of the root that source packages are made in, or of that with this package added; where the
/// platform has none, this machine's program. Kind::input if there is none at all: the package's failure.
Result<AutospecPlace> place_of_autospec(const BuildConfig& recipe, const SpecPlace& place,
                                        const store::Workspace& workspace);

/// What it made of the source.
struct Autospec {
    SourceFiles files;                                 ///< with another spec file
    std::optional<Transformation> transformation = {}; ///< none: it found nothing to do
    std::vector<Artifact> artifacts = {};              ///< that the transformation names, beyond the source's
    std::string refusal = {};                          ///< why it cannot be done, for people; the package's failure
    std::optional<SpecRun> failed = {};                ///< the run of the program, if it said no
};
/// time: of the files that it sees. Kind::trust if the history is not that of the source.
Result<Autospec> run_autospec(const BuildConfig& recipe, const AutospecPlace& where, const Source& source,
                              const SourceFiles& files, std::int64_t time, const SpecContext& context);

} // namespace albs::build
