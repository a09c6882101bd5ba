// SPDX-License-Identifier: GPL-3.0-or-later
// The options of a task as words: those that rpmbuild gets, and all that the manifest records, so that the same can be
// built again.
#pragma once
#include <string>
#include <vector>

#include "options.hpp"

namespace albs::build {

/// --with, --without and --define.
std::vector<std::string> words_of_rpmbuild(const RecipeOptions& options);
/// Those, and before them what else of the options says what is built: flavors, linked repositories, module streams,
/// excludes, rpm's target, Secure Boot. As they stand on a command line.
std::vector<std::string> task_options(const RecipeOptions& options);
/// The other way, over what the options have already. Kind::input for a word that is not one of these.
Status read_words(const std::vector<std::string>& words, RecipeOptions& options);

} // namespace albs::build
