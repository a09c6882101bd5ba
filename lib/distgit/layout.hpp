// SPDX-License-Identifier: GPL-3.0-or-later
// How a dist-git checkout is laid out: where its spec, its sources and its lists of lookaside files are.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs::distgit {

struct Layout {
    bool flat = true; ///< Fedora, CentOS Stream: all in the root. Else SPECS/ and SOURCES/ (git.centos.org, AlmaLinux)
    std::string name; ///< of the package, which dist-git gives to the spec: "which" of which.spec
    std::string spec; ///< path in the checkout: "SPECS/which.spec"
    std::string sources;               ///< directory of source files in the checkout: "SOURCES", empty for the root
    std::vector<std::string> metadata; ///< lists of lookaside files, by path
};

/// Looks at names only; opens nothing. A directory that is called like a list is none. repository_name decides between
/// several specs. Kind::input if there is no spec, or several.
Result<Layout> find_layout(const std::string& directory, const std::string& repository_name);

/// What a list says of a file.
struct ListedDigest {
    Algorithm algorithm = Algorithm::sha256;
    std::string hex;   ///< lower case
    std::string where; ///< "'sources', line 3"
};

/// A file that git holds only digests of. All of them count, whichever list has them.
struct Reference {
    std::string path;                  ///< where it goes, relative to the checkout
    std::vector<ListedDigest> digests; ///< at least one, one for each algorithm; the strongest first
};

/// The files of all lists of a checkout, in the order in which they are first named.
class References {
public:
    /// Kind::trust when the file has another digest of that algorithm already.
    Status add(const std::string& path, ListedDigest digest);
    const std::vector<Reference>& files() const { return files_; }

private:
    std::vector<Reference> files_;
    std::unordered_map<std::string, std::size_t> places_; ///< in files_, by path
};

/// Lines "SHA512 (FILE) = HEX" (BSD) or "HEX PATH" (the algorithm is known by the length); "#" starts a comment. A path
/// goes below layout.sources unless it names that directory itself. Adds to what other lists say. Kind::input, with
/// file and line, for anything else and for a path that is absolute or has ".."; Kind::trust for a file with two
/// digests of one algorithm.
Status read_references(const Layout& layout, const std::string& file, std::string_view text, References& references);

/// The parts of a path below root that exist must be directories, but for the last: a symbolic link among them would
/// let a file be written elsewhere. Makes the directories. Kind::input otherwise.
Status prepare_parent(const std::string& root, const std::string& path);

} // namespace albs::distgit
