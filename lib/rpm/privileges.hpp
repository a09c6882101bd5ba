// SPDX-License-Identifier: GPL-3.0-or-later
// What of a package is run, or may do more than who runs it.
#pragma once
#include <map>
#include <string>
#include <vector>

namespace albs::rpm {

struct Script {
    std::string name;                 ///< as rpm's messages have it: "%post", "%triggerin"
    std::vector<std::string> program; ///< the interpreter and its arguments: "/bin/sh", "<lua>"
    std::string text;
};

struct Privileges {
    std::vector<Script> scripts;
    std::map<std::string, std::string> capabilities; ///< of files, by path: "cap_net_raw=ep"
};

} // namespace albs::rpm
