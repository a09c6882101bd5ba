// SPDX-License-Identifier: GPL-3.0-or-later
// Spec files that leave their release or changelog to rpmautospec, which counts commits and reads their messages.
#pragma once
#include <string_view>

namespace albs::distgit {

/// What rpmautospec itself goes by (rpmautospec_core.specfile_uses_rpmautospec): the words %autorelease before
/// %changelog, or %autochangelog, in a spec that rpmautospec did not write. The spec is not evaluated.
bool uses_rpmautospec(std::string_view spec);

/// Beside the spec file: it has rpmautospec run, whatever the spec says.
constexpr std::string_view rpmautospec_configuration = "rpmautospec.conf";

} // namespace albs::distgit
