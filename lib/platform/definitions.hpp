// SPDX-License-Identifier: GPL-3.0-or-later
// The YAML texts of share/platforms/, compiled in.
#pragma once

namespace albs::platform {

extern const char* const own_platforms; ///< platforms.yaml of ALBS: a list of platforms
extern const char* const own_flavors;   ///< platform_flavors.yaml of ALBS: a list of additions

} // namespace albs::platform
