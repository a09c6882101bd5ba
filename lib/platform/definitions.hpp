// SPDX-License-Identifier: GPL-3.0-or-later
// The YAML texts of share/platforms/, compiled in.
#pragma once

namespace albs::platform {

struct Own {
    const char* name;
    const char* text; ///< as platforms.yaml of ALBS: a list of this one platform
};

extern const Own own_platforms[];     ///< the last has no name
extern const char* const own_flavors; ///< as platform_flavors.yaml of ALBS: a list of additions

} // namespace albs::platform
