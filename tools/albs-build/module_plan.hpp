// SPDX-License-Identifier: GPL-3.0-or-later
// What a module stream becomes on a platform: its version, context and dist, and how each of its components is built.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "modules/choice.hpp"
#include "plan.hpp"
#include "root/solver.hpp"

namespace albs::build {

struct ComponentPlan {
    std::string key;                                ///< what the template calls it
    std::string source;                             ///< plain id
    std::vector<std::string> after;                 ///< plain ids of all sources of the module that are built before it
    std::vector<std::string> arches;                ///< that it is built for; empty: all
    std::vector<std::string> multilib;              ///< whose streams have its 32-bit packages, too
    bool buildonly = false;                         ///< its packages are no part of the stream
    std::vector<std::string> installed;             ///< packages that its root has beside what the spec needs
    std::vector<std::string> installed_for_package; ///< the same, of the root that its source package is made in
    /// Its source package is made when all of lower stages are built, since that root has packages of them.
    std::size_t stage = 0;
};

/// A module on a platform.
struct ModulePlan {
    Module record;
    std::string text; ///< of its template
    modules::BuildDescription description;
    modules::BuildChoice choice;
    modules::Identity identity;
    std::string dist;
    std::vector<std::string> enable; ///< "NAME:STREAM", for the roots of its components
    std::vector<ComponentPlan> components;
    BuildOptions options;                      ///< of its components: those of the run, and the module's
    std::shared_ptr<const BuildConfig> recipe; ///< what these come to
};

/// A component, and the module that it is of.
struct ModulePlace {
    const ModulePlan* module = nullptr; ///< null: of none
    const ComponentPlan* component = nullptr;
};

class ModulePlans {
public:
    /// The modules of the manifest of which one of these tasks builds a component. Kind::input for what cannot be built
    /// as a module on the platform, or stands in a repository already; Kind::usage where there are no roots to build it
    /// in.
    static Result<ModulePlans> read(const Manifest& manifest, const std::vector<PlannedTask>& tasks,
                                    const BuildConfig& recipe, const BuildOptions& options, store::Workspace& workspace,
                                    root::Solver& solver);
    const std::vector<ModulePlan>& all() const { return all_; }
    ModulePlace find(std::string_view source) const;
    /// 0 for what is no component.
    std::size_t stage_of(const PlannedTask& task) const;

private:
    std::vector<ModulePlan> all_;
    std::map<std::string, std::pair<std::size_t, std::size_t>, std::less<>> by_source_; ///< numbers in all_, and in it
};

/// What is built before each component, and with which packages in its root. Components and their sources are in the
/// order of the template.
std::vector<ComponentPlan> plan_components(const modules::BuildDescription& description,
                                           const modules::Configuration& configuration,
                                           const std::vector<ModuleComponent>& sources);

} // namespace albs::build
