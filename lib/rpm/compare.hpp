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
        metadata,  ///< all but what rpm writes of the build's host and time is the same
        payload,   ///< the same files; the header says other things of them
        differs,   ///< other files
    };
    Verdict verdict = Verdict::identical;
    bool only_of_build = true;     ///< all tags that differ say who built it, when, where and with what
    std::vector<std::string> tags; ///< of the main header that differ, by name, in the order of their numbers
    OptionalString file;           ///< first packaged file that differs, is missing or is new
    OptionalString what;           ///< "contents", "mode", "missing in the second"… of that file
};

/// "identical", "signature", "metadata", "payload", "differs".
std::string verdict_name(Difference::Verdict verdict);

} // namespace albs::rpm
