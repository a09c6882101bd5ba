// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/fd.hpp"

#include <cstring>

namespace albs::sys {

tl::unexpected<Error> system_error(std::string_view problem, std::string_view subject, int number)
{
    std::string message(problem);
    message.append(" '").append(subject).append("': ").append(std::strerror(number));
    std::string hint;
    if (number == ENOSPC || number == EDQUOT)
        hint = "free some space and run the command again: what is done is not done twice";
    return fail(Kind::environment, std::move(message), std::move(hint));
}

} // namespace albs::sys
