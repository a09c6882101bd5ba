// SPDX-License-Identifier: GPL-3.0-or-later
// What the steps of one run share.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/records.hpp"
#include "cli/tool.hpp"
#include "gpg/verify_detached.hpp"
#include "options.hpp"
#include "platform/platform.hpp"

namespace albs::fetch {

struct Session {
    const Options& options;
    cli::Context& context;
    store::Workspace& workspace;
    platform::Platform platform;
    std::optional<gpg::Keyring> keyring;
    std::size_t jobs_per_source = 1;
};

/// What one source came to: a record and the source package it names.
struct FetchedSource {
    Source source;
    Artifact srpm;
};

} // namespace albs::fetch
