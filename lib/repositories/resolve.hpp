// SPDX-License-Identifier: GPL-3.0-or-later
// From words to packages: all repositories in one pool, module streams chosen, one solution.
#pragma once
#include <string>
#include <vector>

#include "modules/streams.hpp"
#include "repositories/sync.hpp"
#include "solve/pool.hpp"

namespace albs::repositories {

struct RootQuery {
    std::string arch;                    ///< of the root
    std::vector<std::string> words = {}; ///< solve::Request
    std::vector<std::string> needs = {};
    std::vector<std::string> base = {}; ///< words of which all such roots have what they ask for
    bool weak = false;
    bool best = true;
    std::vector<std::string> enable = {};  ///< module streams: "NAME:STREAM", "NAME" for its default
    std::vector<std::string> disable = {}; ///< modules without any stream
    std::string platform_id = {}; ///< "platform:el9"; empty: what modules need of the platform is not looked at
};

struct RootSolution {
    std::vector<solve::Description> packages; ///< in installation order, those of the base first
    /// How many of them are the base: what its words alone come to. 0: that has packages which the root has not.
    std::size_t base = 0;
    std::vector<std::string> modules;         ///< active ones, "NAME:STREAM:VERSION:CONTEXT", sorted
    std::vector<std::string> problems;        ///< empty if there is a solution
    std::vector<std::string> warnings;
};

/// A package that is no part of the repositories yet.
struct FuturePackage {
    solve::VirtualPackage says; ///< as its spec has it
    std::string file;           ///< where it is built: then its own header counts; empty: not yet
};

/// Kind::input for metadata that cannot be parsed or a module stream that does not exist. future: packages that are
/// taken into account, before all others of their names; their repository is future_repository.
Result<RootSolution> resolve(const std::vector<SyncedRepository>& repositories, const RootQuery& question,
                             const Settings& settings, const std::vector<FuturePackage>& future = {});

/// No repository can have this name: it has blanks.
constexpr const char* future_repository = "yet to be built";

/// Of what was or is to be built for such roots: its packages come before all others of their names.
int future_priority(const std::vector<SyncedRepository>& repositories);

/// Every package that can be installed there, hidden or not.
Result<std::vector<solve::Description>> list_packages(const std::vector<SyncedRepository>& repositories,
                                                      const std::string& arch, const Settings& settings);

struct StreamChoice {
    solve::ModuleArtifacts artifacts;
    std::vector<std::string> active; ///< "NAME:STREAM:VERSION:CONTEXT", sorted
    std::vector<std::string> warnings;
};
/// The streams that are enabled, and the default ones of other modules as far as they go together.
Result<StreamChoice> choose_streams(const modules::Document& document, const RootQuery& question);

} // namespace albs::repositories
