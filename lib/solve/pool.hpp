// SPDX-License-Identifier: GPL-3.0-or-later
// Dependency questions about RPM packages: can this set be installed, and if not, why; does everything that these
// packages require exist. libsolv answers, as it does for dnf.
//
//     ALBS_TRY(solve::Pool pool, solve::Pool::make("x86_64"));
//     ALBS_CHECK(pool.add_tree("base", "/srv/repo/x86_64/os"));
//     ALBS_TRY(solve::PackageId hello, pool.add_package("build", "hello-2.12-1.x86_64.rpm"));
//     solve::Solution solution = pool.solve({.install = {hello}});   // solution.problems says why not
//     for (const solve::Missing& missing : pool.closure(pool.packages("base"))) …
//
// One pool belongs to one thread at a time.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "albs/result.hpp"

namespace albs::solve {

using PackageId = int; ///< of one pool

/// The files of a repository's metadata (rpm-md), plain or compressed by gzip, xz, bzip2 or zstd as their names say.
struct Metadata {
    std::string primary;
    std::string filelists; ///< empty: only the paths that primary names are known
};

/// A package that exists nowhere: what a machine offers, say.
struct VirtualPackage {
    std::string name;
    std::string version = "0-0"; ///< [EPOCH:]VERSION-RELEASE
    std::string arch = "noarch";
    std::vector<std::string> provides = {}; ///< "NAME", "NAME = VERSION" or a path
    std::vector<std::string> needs = {};    ///< as rpm writes them, rich ones too: "(a or b)"
};

struct Request {
    std::vector<PackageId> install = {};
    bool weak = false; ///< install Recommends too
};

struct Solution {
    std::vector<PackageId> install;    ///< all that comes in, what was asked for included, in installation order
    std::vector<PackageId> remove;     ///< installed packages that go or are replaced
    std::vector<std::string> problems; ///< empty if there is a solution: "nothing provides X needed by Y-1-1.x86_64"
};

/// A requirement that no package of the pool provides.
struct Missing {
    PackageId package = 0;
    std::string requirement; ///< as rpm prints it: "libz.so.1(ZLIB_1.3)(64bit)", "hello = 2.12-1"
};

class Pool {
public:
    /// arch is rpm's name of the machine's architecture. What cannot run there can be in the pool but not be installed.
    static Result<Pool> make(const std::string& arch);
    Pool(Pool&&) noexcept = default;
    Pool& operator=(Pool&&) noexcept = default;
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;
    ~Pool() = default;

    /// A tree with repodata/repomd.xml below directory; the checksums of the files that it names are checked.
    /// Kind::input for what is no repository or cannot be parsed, Kind::trust for a checksum that does not match.
    Status add_tree(const std::string& repository, const std::string& directory);
    /// What repomd.xml names, relative to the tree: "repodata/…-primary.xml.gz". For those who fetch the files first.
    struct NamedFile {
        std::string type; ///< "primary", "filelists", "modules"…
        std::string path;
        std::string sha256; ///< empty when the checksum is of another kind
    };
    static Result<std::vector<NamedFile>> read_repomd(const std::string& path);
    Status add_metadata(const std::string& repository, const Metadata& files);
    /// Reads the header of a package file; dependencies and file list become known. Nothing is verified.
    Result<PackageId> add_package(const std::string& repository, const std::string& rpm);
    PackageId add_virtual(const std::string& repository, const VirtualPackage& package);
    /// The rpm database below root ("/"): the packages of this machine. Kind::environment if it cannot be read.
    Status add_database(const std::string& repository, const std::string& root);
    /// The packages of this repository are taken as installed; they are not removed to make room.
    void set_installed(const std::string& repository);

    std::vector<PackageId> packages(const std::string& repository) const; ///< empty for an unknown one
    std::string nevra(PackageId package) const;   ///< NAME-[EPOCH:]VERSION-RELEASE.ARCH, an epoch of 0 left out
    std::string name(PackageId package) const;
    std::string repository(PackageId package) const;
    /// Path below its tree, or the path given to add_package; empty for others.
    std::string location(PackageId package) const;
    /// Lower-case hex from the metadata, if there is one.
    std::optional<std::string> sha256(PackageId package) const;
    /// The newest package of the same name and architecture that is older, in any repository but the installed one.
    std::optional<PackageId> previous(PackageId package) const;
    /// Who provides "NAME", "NAME >= VERSION" or a path.
    std::vector<PackageId> providers(const std::string& capability);

    /// Every requirement of these packages that nothing in the pool provides ("repoclosure"). Conflicts are not looked
    /// at: solve() says whether a package can be installed.
    std::vector<Missing> closure(const std::vector<PackageId>& of);
    Solution solve(const Request& request);

private:
    struct State;
    explicit Pool(std::shared_ptr<State> state);
    std::shared_ptr<State> state_; ///< not shared: a deleter that goes with it, out of the module
};

} // namespace albs::solve
