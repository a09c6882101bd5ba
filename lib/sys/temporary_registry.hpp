// SPDX-License-Identifier: GPL-3.0-or-later
// For the signal thread only.
#pragma once

namespace albs::sys {

/// Removes every registered temporary (trying for two seconds while something is still written there) and blocks the
/// making of new ones for good; the caller then ends the program.
void remove_registered_temporaries();

} // namespace albs::sys
