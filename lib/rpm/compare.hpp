// SPDX-License-Identifier: GPL-3.0-or-later
// Two package files that should be the same: how they differ, from the outside in.
#pragma once
#include <string>
#include <vector>

#include "albs/manifest/records.hpp"
#include "base/result.hpp"

namespace albs::rpm {

struct Difference {
    enum class Verdict {
        identical, ///< to the byte
        signature, ///< the same header and payload; what lies before them differs
        metadata,  ///< the same files and dependencies; who built it when and where differs
        differs,   ///< other contents
    };
    Verdict verdict = Verdict::identical;
    std::vector<std::string> tags; ///< of the main header that differ, by name, in the order of their numbers
    OptionalString file;           ///< first packaged file that differs, is missing or is new
    OptionalString what;           ///< "contents", "mode", "missing in the second"… of that file
};

/// "identical", "signature", "metadata", "differs".
std::string verdict_name(Difference::Verdict verdict);

} // namespace albs::rpm
