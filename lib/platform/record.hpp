// SPDX-License-Identifier: GPL-3.0-or-later
// albs.platform/1, albs-platforms(5): what a platform was when something was built for it.
#pragma once
#include <string>
#include <vector>

#include "platform/platform.hpp"

namespace albs::platform {

/// The definition after flavors, and the macros and rpmrc that the builds get by it on this machine; what tasks record
/// as their options (--with, --linked…) is not in it. The same platform gives the same bytes.
std::string platform_record(const Platform& platform);
/// The file for --platforms that is in a record: its definition in the schema of platforms. Kind::input if it has none.
Result<std::string> platforms_file(const std::string& record);
/// What differs between two records, a line for each member of the definition and each macro ("macro %dist: '.el9',
/// then '.el10'"). Empty if nothing does. Kind::input for what is no record.
Result<std::vector<std::string>> platform_differences(const std::string& first, const std::string& second);

} // namespace albs::platform
