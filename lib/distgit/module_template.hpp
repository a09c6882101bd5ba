// SPDX-License-Identifier: GPL-3.0-or-later
// Where a dist-git of modules keeps the template.
#pragma once
#include <optional>
#include <string>

namespace albs::distgit {

/// Path of the module template of a checkout without specs: SOURCES/modulemd.src.txt (git.centos.org, AlmaLinux), that
/// in the root, or NAME.yaml (Fedora, CentOS Stream), where NAME is that of the repository. Looks at names only.
std::optional<std::string> find_template(const std::string& directory, const std::string& repository_name);

} // namespace albs::distgit
