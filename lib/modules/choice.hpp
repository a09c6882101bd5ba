// SPDX-License-Identifier: GPL-3.0-or-later
// With which streams of other modules a stream is built.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "modules/build_description.hpp"

namespace albs::modules {

struct BuildChoice {
    std::size_t configuration = 0;
    std::string context;
    std::map<std::string, std::string> at_build;            ///< by module, and of "platform"
    std::map<std::string, std::vector<std::string>> at_run; ///< the same
};

/// The one configuration that is for the platform and goes with what is asked for; in it, of each module the stream
/// that is asked for, else the only one that it names, else the default one. platform: its stream, "el9"; asked:
/// streams by module; document: what the repositories have. Kind::input if that is none or not one only, or if no
/// repository has the stream: the message goes after "module 'NAME:STREAM': ".
Result<BuildChoice> choose_build(const BuildDescription& description, const std::string& platform,
                                 const std::map<std::string, std::string>& asked, const Document& document);

} // namespace albs::modules
