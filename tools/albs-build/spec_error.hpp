// SPDX-License-Identifier: GPL-3.0-or-later
// What rpmbuild's words about a spec come to, in one line.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace albs::build {

struct SpecError {
    std::string message;     ///< "line 12: Unknown tag: Foo"; paths of the sandbox become names of the tree
    std::string missing;     ///< the file that the spec names and that is not there; empty: it is something else
    std::int64_t offset = 0; ///< byte in the log
};

/// The first error of the log.
SpecError spec_error(std::string_view log);

} // namespace albs::build
