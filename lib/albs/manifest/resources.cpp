// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/resources.hpp"

#include <algorithm>

namespace albs {
namespace {

using Number = std::optional<std::int64_t>;

Number sum(const Number& first, const Number& second)
{
    return first && second ? Number(*first + *second) : Number();
}

Number greater(const Number& first, const Number& second)
{
    return first && second ? Number(std::max(*first, *second)) : Number();
}

} // namespace

Resources in_turn(const Resources& first, const Resources& second)
{
    return {.elapsed_ms = sum(first.elapsed_ms, second.elapsed_ms),
            .cpu_ms = sum(first.cpu_ms, second.cpu_ms),
            .memory_peak = greater(first.memory_peak, second.memory_peak),
            .process_peak = greater(first.process_peak, second.process_peak),
            .disk_peak = greater(first.disk_peak, second.disk_peak)};
}

} // namespace albs
