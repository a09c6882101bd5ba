// SPDX-License-Identifier: GPL-3.0-or-later
// How a dist-git checkout is laid out: where its spec, its sources and its lists of lookaside files are.
#pragma once
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs::distgit {

struct Layout {
    bool flat = true; ///< Fedora, CentOS Stream: all in the root. Else SPECS/ and SOURCES/ (git.centos.org, AlmaLinux)
    std::string name;    ///< of the package, which dist-git gives to the spec: "which" of which.spec
    std::string spec;    ///< path in the checkout: "SPECS/which.spec"
    std::string sources; ///< directory of source files in the checkout: "SOURCES", empty for the root
    std::vector<std::string> metadata; ///< lists of lookaside files, by path
};

/// Looks at names only; opens nothing. repository_name decides between several specs. Kind::input if there is no spec,
/// or several.
Result<Layout> find_layout(const std::string& directory, const std::string& repository_name);

/// A file that git holds only the digest of.
struct Reference {
    std::string path; ///< where it goes, relative to the checkout
    Algorithm algorithm = Algorithm::sha256;
    std::string hex;  ///< lower case
};

/// Lines "SHA512 (FILE) = HEX" (BSD) or "HEX PATH" (the algorithm is known by the length); "#" starts a comment. A path
/// goes below layout.sources unless it names that directory itself. Kind::input, with file and line, for anything else,
/// for a path that is absolute or has "..", and for one path with two digests.
Result<std::vector<Reference>> read_references(const Layout& layout, const std::string& file, std::string_view text);

/// The parts of a path below root that exist must be directories, but for the last: a symbolic link among them would
/// let a file be written elsewhere. Makes the directories. Kind::input otherwise.
Status prepare_parent(const std::string& root, const std::string& path);

} // namespace albs::distgit
