// SPDX-License-Identifier: GPL-3.0-or-later
// What is written of packages without librpm's help.
#include "base/format.hpp"
#include "rpm/compare.hpp"
#include "rpm/package.hpp"

namespace albs::rpm {
namespace {

// RPMSENSE_* of rpmds.h; they are in every package.
constexpr std::uint32_t less = 1U << 1;
constexpr std::uint32_t greater = 1U << 2;
constexpr std::uint32_t equal = 1U << 3;

} // namespace

std::string Dependency::text() const
{
    std::string out = name;
    if (version.empty())
        return out;
    std::string sense;
    sense += (flags & less) != 0 ? "<" : "";
    sense += (flags & greater) != 0 ? ">" : "";
    sense += (flags & equal) != 0 ? "=" : "";
    return format_text("{} {} {}", out, sense, version);
}

std::string verdict_name(Difference::Verdict verdict)
{
    switch (verdict) {
    case Difference::Verdict::identical: return "identical";
    case Difference::Verdict::signature: return "signature";
    case Difference::Verdict::metadata: return "metadata";
    case Difference::Verdict::payload: return "payload";
    default: return "differs";
    }
}

} // namespace albs::rpm
