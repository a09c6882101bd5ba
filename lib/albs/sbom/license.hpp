// SPDX-License-Identifier: GPL-3.0-or-later
// Licence tags of packages as SPDX licence expressions (SPDX 2.3 annex D).
#pragma once
#include <string>
#include <string_view>

namespace albs {

/// What a License tag means.
struct License {
    std::string raw; ///< as the package says it
    /// An SPDX expression, spelled canonically; empty when the tag is empty. Names that SPDX does not know are
    /// LicenseRef-… in it. LicenseRef-… and DocumentRef-…:LicenseRef-… of the tag are kept.
    std::string expression;
    /// How the expression came about: the tag is one; it was translated from the older names of Fedora and EL
    /// ("GPLv2+ and MIT"); or the whole tag became one LicenseRef.
    enum class Origin { declared, translated, reference } origin = Origin::reference;
};

/// Never fails: a tag that is no expression and cannot be translated becomes one LicenseRef.
License read_license(std::string_view tag);

/// "LicenseRef-" and the name with every run of other characters than letters, digits, '.' and '-' as one '-'.
std::string license_reference(std::string_view name);

} // namespace albs
