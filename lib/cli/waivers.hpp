// SPDX-License-Identifier: GPL-3.0-or-later
// --waive GATE[:NEVRA]=REASON: what a gate refuses goes through all the same, for one package or for all, and the
// reason is recorded.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cli/message.hpp"

namespace albs::cli {

class Waivers {
public:
    /// gates: those that can be waived. Kind::usage for another one, and where there is no reason.
    static Result<Waivers> read(const std::vector<std::string>& options, const std::vector<std::string_view>& gates);

    /// Why that gate does not count for the package; null if it does. One for the package itself comes before one for
    /// all, and of two for the same the last. It has then been of use.
    const std::string* reason(std::string_view gate, std::string_view nevra);
    /// There is one for that gate, whatever the package.
    bool names(std::string_view gate) const;
    /// Warns of those that were of no use: a name that was misspelt looks like that.
    void tell_unused(Messages& messages) const;

private:
    struct Waiver {
        std::string gate;
        std::string nevra; ///< empty: any
        std::string reason;
        bool is_used = false;
    };
    std::vector<Waiver> waivers_;
};

} // namespace albs::cli
