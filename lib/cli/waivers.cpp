// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/waivers.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"
#include "base/visible.hpp"

namespace albs::cli {

Result<Waivers> Waivers::read(const std::vector<std::string>& options, const std::vector<std::string_view>& gates)
{
    Waivers read;
    for (const std::string& option : options) {
        const std::size_t equals = option.find('=');
        const std::string what = option.substr(0, equals);
        const std::size_t colon = what.find(':');
        Waiver waiver;
        waiver.gate = what.substr(0, colon);
        waiver.nevra = colon == std::string::npos ? "" : what.substr(colon + 1);
        waiver.reason = equals == std::string::npos ? "" : std::string(trimmed(option.substr(equals + 1)));
        if (equals == std::string::npos || std::find(gates.begin(), gates.end(), waiver.gate) == gates.end())
            return fail(Kind::usage, format_text("--waive '{}': it names no gate that can be waived", option),
                        format_text("GATE=REASON or GATE:NEVRA=REASON; GATE is {}", join(gates, ", ")));
        if (waiver.reason.empty() || !is_visible(waiver.reason))
            return fail(Kind::usage,
                        format_text("--waive '{}': it gives no reason, in one line", escape_hidden(option)));
        if (colon != std::string::npos && waiver.nevra.empty())
            return fail(Kind::usage, format_text("--waive '{}': it names no package behind the colon", option));
        read.waivers_.push_back(std::move(waiver));
    }
    return read;
}

const std::string* Waivers::reason(std::string_view gate, std::string_view nevra)
{
    Waiver* found = nullptr;
    for (Waiver& one : waivers_)
        if (one.gate == gate && (one.nevra.empty() || one.nevra == nevra) &&
            (found == nullptr || found->nevra.empty() || !one.nevra.empty()))
            found = &one;
    if (found == nullptr)
        return nullptr;
    found->is_used = true;
    return &found->reason;
}

bool Waivers::names(std::string_view gate) const
{
    return std::any_of(waivers_.begin(), waivers_.end(), [&](const Waiver& one) { return one.gate == gate; });
}

void Waivers::tell_unused(Messages& messages) const
{
    for (const Waiver& one : waivers_)
        if (!one.is_used)
            messages.warning(format_text("--waive {}{}{}: there was nothing to waive", one.gate,
                                         one.nevra.empty() ? "" : ":", one.nevra));
}

} // namespace albs::cli
