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

namespace albs::fetch {

struct Session {
    const Options& options;
    cli::Context& context;
    store::Workspace& workspace;
    gpg::Keyring* keyring = nullptr; ///< null: none was given
    std::size_t jobs_per_source = 1;
};

/// A module template, and where it is from.
struct ModuleTemplate {
    std::string text;
    std::string name;   ///< of the repository or the file: the module's, if the template names none
    std::string branch; ///< the stream's, if the template names none
    OptionalString url; ///< this and the next three as in Module
    OptionalString ref;
    OptionalString commit;
    OptionalString commit_time;
    std::string secret_url; ///< the URL with user name and password
};

/// What one source came to: a record, and the source tree or the source package that it names.
struct FetchedSource {
    Source source;
    Artifact content;
    std::optional<Artifact> history = {};      ///< a git bundle, where the spec asks for one
    std::vector<Artifact> further = {};        ///< that its transformations name
    std::optional<ModuleTemplate> module = {}; ///< then there is no source: the repository holds a module template
};

struct FetchedModule {
    Module record;
    Artifact document;
};

/// What one request came to: a source, or a module with its components.
struct Fetched {
    std::vector<FetchedSource> sources;
    std::optional<FetchedModule> module = {};
};

} // namespace albs::fetch
