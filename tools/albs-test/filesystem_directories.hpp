// SPDX-License-Identifier: GPL-3.0-or-later
// The directories that the package `filesystem` of Enterprise Linux owns: every real system has them before any package
// is installed, a host of another kind may not, and no package has to own or remove them.
#pragma once
#include <string_view>

namespace albs::test {

/// path is one of them, or a directory of translations below /usr/share/locale and /usr/share/man.
bool is_filesystem_directory(std::string_view path);

} // namespace albs::test
