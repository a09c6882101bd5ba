// SPDX-License-Identifier: GPL-3.0-or-later
// The SPDX licence list.
#pragma once
#include <string_view>

namespace albs {

/// The name as the list spells it ("GPL-3.0-or-later"), whatever the case asked in; empty when it is not in the list.
std::string_view spdx_license_id(std::string_view name);
/// The same for exceptions ("Classpath-exception-2.0").
std::string_view spdx_exception_id(std::string_view name);

} // namespace albs
