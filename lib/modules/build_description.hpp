// SPDX-License-Identifier: GPL-3.0-or-later
// What a module template says of the build of its stream, and the document of a stream that was built.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "modules/identity.hpp"
#include "modules/streams.hpp"
#include "modules/template.hpp"

namespace albs::modules {

/// One way to build the stream: a block of dependencies, or a configuration of modulemd-packager v3.
struct Configuration {
    std::string context; ///< its own; empty: it is to be computed
    std::vector<Stream::Need> at_build;
    std::vector<Stream::Need> at_run;
    std::vector<std::string> definitions = {}; ///< "NAME BODY", of buildopts.rpms.macros
    std::vector<std::string> arches = {};      ///< that the stream is built for; empty: all
};

struct BuildDescription {
    std::uint64_t version = 0;                 ///< 0: it is to be computed
    std::vector<Component> components;         ///< in an order in which they can be built
    std::vector<Configuration> configurations; ///< at least one
    /// Streams by module that an earlier build was made with (xmd.mbs.buildrequires): they count before all others.
    std::map<std::string, std::string> recorded;
    std::vector<std::string> filter;         ///< names of packages that are no part of the stream
    std::vector<std::string> buildroot;      ///< packages of that profile
    std::vector<std::string> srpm_buildroot; ///< packages of that profile
};

/// A stream that was built, for one architecture.
struct BuiltStream {
    Identity identity;
    std::string arch;
    std::size_t configuration = 0; ///< which one
    std::map<std::string, std::string> at_build;
    std::map<std::string, std::vector<std::string>> at_run;
    std::map<std::string, std::string> commits;             ///< of components, by key
    std::map<std::string, std::vector<std::string>> arches; ///< of components, by key
    std::vector<std::string> buildonly;                     ///< names of packages: they become a part of the filter
    std::vector<std::string> licenses;
    std::vector<std::string> artifacts;         ///< "NAME-EPOCH:VERSION-RELEASE.ARCH"
    std::vector<std::string> left_out;          ///< the same, of what the filter leaves out
    std::vector<std::string> licenses_left_out; ///< of these
};

} // namespace albs::modules
