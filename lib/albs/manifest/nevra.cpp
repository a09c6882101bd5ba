// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/nevra.hpp"
#include "base/format.hpp"

namespace albs {

std::string nevra_of(const std::string& name, const std::optional<std::int64_t>& epoch, const std::string& version,
                     const std::string& release, const std::string& arch)
{
    return format_text("{}-{}{}-{}.{}", name, epoch ? std::to_string(*epoch) + ":" : "", version, release, arch);
}

} // namespace albs
