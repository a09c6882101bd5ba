// SPDX-License-Identifier: GPL-3.0-or-later
// Dependency questions about RPM packages: can this set be installed, and if not, why; does everything that these
// packages require exist. libsolv answers, as it does for dnf.
//
//     ALBS_TRY(std::unique_ptr<solve::Pool> pool, solve::library().make_pool("x86_64"));
//     ALBS_CHECK(pool->add_tree("base", "/srv/repo/x86_64/os"));
//     ALBS_TRY(solve::PackageId hello, pool->add_package("build", "hello-2.12-1.x86_64.rpm"));
//     solve::Solution solution = pool->solve({.install = {hello}});   // solution.problems says why not
//     for (const solve::Missing& missing : pool->closure(pool->packages("base"))) …
//
// One pool belongs to one thread at a time.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::solve {

using PackageId = int; ///< of one pool

/// The files of a repository's metadata (rpm-md), plain or compressed by gzip, xz, bzip2 or zstd as their names say.
struct Metadata {
    std::string primary;
    std::string filelists = {}; ///< empty: only the paths that primary names are known
    bool partial = false; ///< there are file lists, which were not given: Solution::needs_filelists may ask for them
};

/// What metadata says about a package, enough to fetch it.
struct Description {
    std::string name;
    std::optional<std::int64_t> epoch; ///< null for 0, as most packages have none
    std::string version;
    std::string release;
    std::string arch;
    std::string nevra;              ///< NAME-[EPOCH:]VERSION-RELEASE.ARCH
    std::string checksum_algorithm; ///< "sha256"; empty if there is no checksum
    std::string checksum;           ///< lower-case hex, of the file
    std::int64_t size = 0;          ///< of the file, bytes
    std::int64_t installed_size = 0;
    std::string location; ///< below the repository
    std::string base;     ///< another place to find it (xml:base); empty: the repository itself
    std::string source;   ///< file name of its source package; empty: not known
    std::string repository;
};

/// A package that exists nowhere: what a machine offers, say.
struct VirtualPackage {
    std::string name;
    std::string version = "0-0"; ///< [EPOCH:]VERSION-RELEASE
    std::string arch = "noarch";
    std::vector<std::string> provides = {}; ///< "NAME", "NAME = VERSION" or a path
    std::vector<std::string> needs = {};    ///< as rpm writes them, rich ones too: "(a or b)"
    std::vector<std::string> conflicts = {};
};

struct Request {
    std::vector<PackageId> install = {};
    std::vector<PackageId> update = {}; ///< installed ones, as `dnf upgrade` does: what cannot be stays, see best
    /// As `dnf install` takes them: "bash", "bash.x86_64", "bash-5.1-1.el9", "perl-*", "/usr/bin/cc", "cmake >= 3",
    /// "@build" (a group: mandatory, default and conditional packages), "@^server" (an environment: its groups).
    std::vector<std::string> words = {};
    /// As BuildRequires has them: capabilities, never names first; rich ones too: "(a or b)".
    std::vector<std::string> needs = {};
    std::vector<std::string> optional_needs = {}; ///< as needs, but what cannot be had is left out
    bool weak = false;                    ///< install Recommends too
    bool best = false;                    ///< the newest of what was asked for, or a problem: dnf's best=1
};

struct Solution {
    std::vector<PackageId> install;    ///< all that comes in, what was asked for included, in installation order
    std::vector<PackageId> remove;     ///< installed packages that go or are replaced
    std::vector<std::string> problems; ///< empty if there is a solution: "nothing provides X needed by Y-1-1.x86_64"
    std::vector<std::string> warnings; ///< members of groups that no repository has
    /// A path is asked for that primary does not list (Metadata::partial): solve again with file lists.
    bool needs_filelists = false;
};

/// Artifacts of module streams, as modulemd writes them: "NAME-EPOCH:VERSION-RELEASE.ARCH".
struct ModuleArtifacts {
    std::vector<std::string> active;   ///< of the streams that are enabled
    std::vector<std::string> inactive; ///< of all others
};

/// A requirement that no package of the pool provides.
struct Missing {
    PackageId package = 0;
    std::string requirement; ///< as rpm prints it: "libz.so.1(ZLIB_1.3)(64bit)", "hello = 2.12-1"
};

/// A package that needs others.
struct Dependant {
    PackageId package = 0;
    PackageId provider = 0; ///< the first that provides it
    std::string requirement;
};

class Pool {
public:
    struct State;
    explicit Pool(std::unique_ptr<State> state);
    virtual ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// What repomd.xml names, relative to the tree: "repodata/…-primary.xml.gz".
    struct NamedFile {
        std::string type; ///< "primary", "filelists", "modules"…
        std::string path;
        std::string sha256;         ///< empty when the checksum is of another kind
        std::string algorithm = {}; ///< of the checksum: "sha256", "sha512"…
        std::string checksum = {};  ///< lower-case hex; empty if there is none
        std::int64_t size = 0;      ///< bytes; 0: unknown
    };
    struct Index {
        std::string revision; ///< as createrepo_c writes it: seconds since 1970; may be empty
        std::vector<NamedFile> files;
    };

    /// A tree with repodata/repomd.xml below directory; the checksums of the files that it names are checked.
    /// Kind::input for what is no repository or cannot be parsed, Kind::trust for a checksum that does not match.
    virtual Status add_tree(const std::string& repository, const std::string& directory);
    virtual Status add_metadata(const std::string& repository, const Metadata& files);
    /// comps.xml: the groups that "@name" asks for.
    virtual Status add_groups(const std::string& repository, const std::string& comps);
    /// updateinfo.xml: advisories, as packages named "patch:ID" of a repository "NAME/advisories".
    virtual Status add_advisories(const std::string& repository, const std::string& updateinfo);
    /// What is known of a repository in libsolv's own format, which loads many times faster. Written at once or not at
    /// all.
    virtual Status write_cache(const std::string& repository, const std::string& path) const;
    /// Kind::input if the file is none; nothing is added then.
    virtual Status add_cache(const std::string& repository, const std::string& path, bool partial);

    /// dnf's priority: a package of a lower number hides all others of its name. 99 unless told.
    virtual void set_priority(const std::string& repository, int priority);
    /// Hides the packages of a repository ("": of all) that match: shell patterns of NAME, NAME.ARCH or any longer form
    /// of it. These look at what was added before.
    virtual void exclude(const std::string& repository, const std::vector<std::string>& patterns);
    /// The same for those that do not match: dnf's includepkgs.
    virtual void include(const std::string& repository, const std::vector<std::string>& patterns);
    /// What is no artifact of an active stream is hidden if it belongs to another stream, or is named or provides as
    /// one of an active one; but never in the repositories of hotfixes.
    virtual void filter_modules(const ModuleArtifacts& artifacts, const std::vector<std::string>& hotfixes);
    /// Reads the header of a package file; dependencies and file list become known. Nothing is verified.
    virtual Result<PackageId> add_package(const std::string& repository, const std::string& rpm);
    virtual PackageId add_virtual(const std::string& repository, const VirtualPackage& package);
    /// The rpm database below root ("/"): the packages of this machine. Kind::environment if it cannot be read.
    virtual Status add_database(const std::string& repository, const std::string& root);
    /// The packages of this repository are taken as installed; they are not removed to make room.
    virtual void set_installed(const std::string& repository);

    virtual std::vector<PackageId> packages(const std::string& repository) const; ///< empty for an unknown one
    virtual std::string nevra(PackageId package) const; ///< NAME-[EPOCH:]VERSION-RELEASE.ARCH, an epoch of 0 left out
    virtual std::string name(PackageId package) const;
    virtual Description describe(PackageId package) const;
    virtual std::string repository(PackageId package) const;
    /// Path below its tree, or the path given to add_package; empty for others.
    virtual std::string location(PackageId package) const;
    /// Lower-case hex from the metadata, if there is one.
    virtual std::optional<std::string> sha256(PackageId package) const;
    /// The newest package of the same name and architecture that is older, in any repository but the installed one.
    virtual std::optional<PackageId> previous(PackageId package) const;
    /// Who provides "NAME", "NAME >= VERSION" or a path.
    virtual std::vector<PackageId> providers(const std::string& capability);
    /// For each need, who provides a part of it: each of "(a or b)", a alone of "(a if b)" and "(a without b)".
    virtual std::vector<std::vector<PackageId>> providers_of_parts(const std::vector<std::string>& needs);

    /// Every package that requires what one of these provides, but for these themselves, with the first such
    /// requirement; of source packages, BuildRequires. One look at all packages of the pool.
    virtual std::vector<Dependant> dependants(const std::vector<PackageId>& of);
    /// Every requirement of these packages that nothing in the pool provides ("repoclosure"). Conflicts are not looked
    /// at: solve() says whether a package can be installed.
    virtual std::vector<Missing> closure(const std::vector<PackageId>& of);
    virtual Solution solve(const Request& request);

private:
    std::unique_ptr<State> state_;
};

} // namespace albs::solve
