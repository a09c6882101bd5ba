// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs.hpp"

#include <algorithm>

namespace albs::build {

std::int64_t Jobs::processors(std::size_t at_once) const
{
    return slots.is_counted()
               ? 1
               : static_cast<std::int64_t>(std::max<std::size_t>(1, most / std::max<std::size_t>(1, at_once)));
}

Jobs jobs_of(cli::Context& context)
{
    Jobs jobs{context.jobs(), {}};
    const bool is_given = context.common.jobs > 0;
    auto slots = sys::JobSlots::of_make();
    if (slots) {
        jobs.slots = *slots;
        if (!is_given && slots->most() > 0)
            jobs.most = slots->most();
    } else if (!is_given)
        context.messages.warning(slots.error(), "");
    return jobs;
}

} // namespace albs::build
