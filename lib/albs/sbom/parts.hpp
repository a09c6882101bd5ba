// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of describe(), each about one kind of facts.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "albs/manifest/record_index.hpp"
#include "albs/sbom/graph.hpp"
#include "albs/statement/logged_entry.hpp"

namespace albs::sbom {

/// What a manifest says, by the SHA-256 (or id) that it is about.
class Facts {
public:
    explicit Facts(const Manifest& manifest);
    const Manifest& manifest() const { return manifest_; }
    const RecordIndex& records() const { return records_; } ///< signatures and tests
    const LoggedEntries& entries() const { return entries_; }
    /// {"REPOSITORY", "PATH"} of the newest release of each repository.
    std::vector<std::pair<std::string, std::string>> releases(const std::string& artifact) const;
    /// The task that made a file or its unsigned form; for a source package one that was built from it. Null: none.
    const Task* task(const Artifact& artifact) const;
    /// The source package that a package was built from; empty: none that is known.
    std::string built_from(const Artifact& artifact) const;
    /// The source whose source package this is, or that the task was about. Null: none.
    const Source* source(const Artifact& artifact) const;

private:
    const Manifest& manifest_;
    RecordIndex records_;
    LoggedEntries entries_;
    std::unordered_map<std::string, std::vector<std::pair<std::string, std::string>>> releases_;
    std::unordered_map<std::string, const Task*> tasks_;
    std::unordered_map<std::string, const Source*> sources_; ///< by source package
};

/// "KIND:NAME:" and 16 digits of a SHA-256, the way all refs are made.
std::string make_ref(std::string_view kind, std::string_view name, std::string_view sha256);

/// One package with all that its header and the manifest say, but for relations to others.
Component package_component(const Package& package, const Facts& facts, const Options& options);
/// The sources and patches of a source package, with the digests and addresses that the manifest has for them.
void add_sources(Component& component, const Package& package, const Source* source);
/// Commits and addresses that a package comes from.
void add_origin(Component& component, const Source& source);
/// depends_on and unresolved of every component; headers stand beside the components.
void resolve_dependencies(std::vector<Component>& components, const std::vector<const Header*>& headers,
                          const Options& options);
/// runs and tools of the graph. refs: component of a file, by SHA-256 (signed and unsigned).
void add_runs(Graph& graph, const Facts& facts, const Locks& locks, const Options& options,
              const std::unordered_map<std::string, std::string>& refs);

} // namespace albs::sbom
