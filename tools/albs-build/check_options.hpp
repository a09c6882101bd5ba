// SPDX-License-Identifier: GPL-3.0-or-later
// Options that cannot be, by themselves or together, are refused before anything is done.
#pragma once
#include "options.hpp"
#include "recipe.hpp"

namespace albs::build {

/// The words of --with, --without, --module-enable, --exclude and --define, and whether they contradict each other.
/// Kind::usage.
Status check(const RecipeOptions& options);
/// The same, and what does not go together with the lock of a root. Kind::usage.
Status check(const BuildOptions& options);
/// Options that would be passed over since a lock says what the root has. fetches: packages of it are looked for, so
/// that options of repositories do something. Kind::usage.
Status check_nothing_to_solve(const RecipeOptions& options, const std::string& chosen_by, bool fetches);
/// What the backend of a build would pass over. Kind::usage.
Status check_backend(const Recipe& recipe, const root::RequestOptions& options, bool is_for_runner);

} // namespace albs::build
