// SPDX-License-Identifier: GPL-3.0-or-later
// What a source package needs to be built as it was asked for: --with, --without and --define change BuildRequires.
#pragma once
#include <string>
#include <vector>

#include "cli/message.hpp"
#include "recipe.hpp"
#include "source.hpp"

namespace albs::build {

/// BuildRequires of the source package, without those and with those that the options bring ("gcc >= 12"). The spec is
/// read for it by this machine's rpm in the sandbox, once without and once with the options; only the difference
/// counts, since the package's own list came from where macros are better known. A spec that cannot be read like that
/// is a warning, and its list is that of the package.
Result<std::vector<std::string>> needs_of(const Recipe& recipe, const std::string& arch, const SourcePackage& source,
                                          const store::Workspace& workspace, cli::Messages& messages);

} // namespace albs::build
