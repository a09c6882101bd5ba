// SPDX-License-Identifier: GPL-3.0-or-later
// A module stream that is to be built as a whole: its document, and which source each of its components is.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

struct ModuleComponent {
    std::string name;                    ///< as the document names it
    std::string source;                  ///< plain id of the source
    std::int64_t buildorder = 0;         ///< lower ones are built first, equal ones in any order
    std::vector<std::string> buildafter; ///< names of components that are built before it; then there is no buildorder
};

struct Module {
    static constexpr std::string_view table = "modules";
    std::string id; ///< "NAME:STREAM@" and 12 digits of module_digest()
    std::string name;
    std::string stream;
    OptionalString url;                      ///< of the repository that the document is from; null: from a file
    OptionalString ref;                      ///< what was asked for
    OptionalString commit;                   ///< what it was pinned to
    OptionalString commit_time = {};         ///< RFC 3339, committer's
    std::string document;                    ///< artifact: the template (modulemd) as its author wrote it
    std::vector<ModuleComponent> components; ///< in the order in which they are built
    OptionalText follows = {};               ///< id of the attempt before
};

/// SHA-256 of the canonical form of document and components: one content, one id.
std::string module_digest(const Module& module);

} // namespace albs
