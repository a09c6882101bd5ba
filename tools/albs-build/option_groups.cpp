// SPDX-License-Identifier: GPL-3.0-or-later
#include "option_groups.hpp"

namespace albs::build {

std::vector<cli::Option> definition_options(std::vector<std::string>& platforms, std::vector<std::string>& flavors)
{
    return {{.names = "--platforms",
             .value = "FILE",
             .help = "platforms and flavors beyond our own, in the schema of ALBS; repeatable",
             .target = &platforms,
             .local = true},
            {"--flavor", "NAME", "change the platform by this flavor; repeatable, in this order", &flavors}};
}

cli::Option timeout_option(std::string& timeout)
{
    return {"--timeout", "TIME", "end a build after so long: 90s, 30m, 12h, 2d", &timeout};
}

} // namespace albs::build
