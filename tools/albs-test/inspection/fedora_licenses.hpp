// SPDX-License-Identifier: GPL-3.0-or-later
// The short names of licences that Fedora used before SPDX's, and EL 9 still does.
#pragma once
#include <string>
#include <string_view>

namespace albs::test {

/// Whether license_reference() (albs/sbom/license.hpp) of a short name of the list is this.
bool is_fedora_license(std::string_view reference);

} // namespace albs::test
