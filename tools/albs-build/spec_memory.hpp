// SPDX-License-Identifier: GPL-3.0-or-later
// Which source package was made of which source, and what its spec said for an architecture: a cache of the workspace.
#pragma once
#include "run_spec.hpp"
#include "source.hpp"

namespace albs::build {

/// An object that was remembered under the key; nothing if there is none, or it is none.
std::optional<Json> recall_json(const store::Workspace& workspace, const std::string& memory, const std::string& key);

/// Names all that the bytes depend on: source, time, macros, options, base root, target, and which rpmautospec made the
/// spec (empty: none).
std::string package_key(const BuildConfig& recipe, const SpecPlace& place, const PlannedTask& planned,
                        const std::string& autospec);
/// None if the store has it no more, or if it was changed there; its lock is left open.
std::optional<SourcePackage> recall_package(const store::Workspace& workspace, const std::string& key);
Status remember_package(const store::Workspace& workspace, const std::string& key, const SourcePackage& package);

std::string reading_key(const BuildConfig& recipe, const SpecPlace& place, const std::string& arch,
                        const SourcePackage& package);
std::optional<SpecReading> recall_reading(const store::Workspace& workspace, const std::string& key);
Status remember_reading(const store::Workspace& workspace, const std::string& key, const SpecReading& spec);

} // namespace albs::build
