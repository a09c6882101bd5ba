// SPDX-License-Identifier: GPL-3.0-or-later
// The name of one build of a package, written in one way by everything that writes it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace albs {

/// NAME-[EPOCH:]VERSION-RELEASE.ARCH, as rpm's %{NEVRA}: an epoch of 0 is written if it is there.
std::string nevra_of(const std::string& name, const std::optional<std::int64_t>& epoch, const std::string& version,
                     const std::string& release, const std::string& arch);

} // namespace albs
