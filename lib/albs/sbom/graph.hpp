// SPDX-License-Identifier: GPL-3.0-or-later
// A software bill of materials as one graph of components, from which every format is written.
//
// The graph is made from a manifest and from what the headers of its packages say; nothing in it depends on a format,
// on a clock or on chance. Text is UTF-8: bytes of a header that are not are written as \xNN.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/header_text.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/manifest/purl.hpp"
#include "albs/manifest/records.hpp"
#include "albs/sbom/license.hpp"
#include "base/result.hpp"

namespace albs::sbom {

struct Property {
    std::string name;
    std::string value;
    auto operator<=>(const Property&) const = default;
};

struct Hash {
    std::string algorithm; ///< "sha256"
    std::string hex;
    auto operator<=>(const Hash&) const = default;
};

/// A capability that a package provides or needs.
struct Capability {
    std::string name;
    std::uint32_t flags = 0; ///< RPMSENSE_*
    std::string version;
    std::string text; ///< "hello = 2.12-1.el9"
};

/// A file in a package.
struct FileEntry {
    std::string path;
    std::optional<Hash> hash; ///< none for links, devices and ghosts
    std::string link_to;
};

/// What the header of a package says.
struct Header : HeaderText {
    RpmInfo info;
    std::vector<Capability> provides;
    std::vector<Capability> needs;
    std::vector<FileEntry> files; ///< not directories
    std::vector<std::string> patches; ///< names, of a source package
};

/// All that is known of one package file.
struct Package {
    Artifact artifact;
    std::optional<Header> header; ///< none when the file is not at hand
    std::string sha512;           ///< empty when the file is not at hand
    std::vector<std::string> keys; ///< fingerprints (or key ids) in the signatures of the file, upper-case hex
};

struct Reference {
    std::string type; ///< "vcs", "distribution", "source-distribution", "website"
    std::string url;
    std::string comment;
};

struct Commit {
    std::string uid;
    std::string url;
    std::string time; ///< RFC 3339; may be empty
};

enum class ComponentKind {
    package,        ///< a binary package
    source_package, ///< a source package
    source,         ///< a file that a source package holds: an upstream archive, the spec
    patch,
    bundled, ///< code of another project inside a package ("Provides: bundled(…)")
    tool,    ///< a package of a buildroot
};

struct Component {
    ComponentKind kind = ComponentKind::package;
    std::string ref; ///< made from content, unique in the graph
    std::string name;
    std::string version; ///< [EPOCH:]VERSION-RELEASE
    std::string file_name;
    std::string supplier;
    std::string summary;
    std::string description;
    std::vector<Hash> hashes;
    std::string purl;
    std::string cpe;
    License license;
    std::vector<Reference> references;
    std::vector<Commit> commits;
    std::vector<Property> properties; ///< sorted by name
    std::vector<FileEntry> files;
    bool files_known = false;
    std::vector<Component> parts;           ///< bundled code; sources and patches of a source package
    std::string made_from;                  ///< ref of the source package
    std::vector<std::string> depends_on;    ///< refs, sorted
    std::vector<std::string> unresolved;    ///< needs that no component provides
    bool dependencies_known = false;
    std::string debug_of; ///< ref of the package that this holds debug information for
};

/// One build task.
struct Run {
    std::string id;
    std::string started;
    std::string finished;
    std::string source; ///< ref of the source package; empty when it is not in the graph
    std::vector<std::string> outputs; ///< refs
    std::vector<std::string> tools;   ///< refs of the buildroot's packages
    std::string lock;                 ///< SHA-256 of the buildroot lock; may be empty
    std::string log;                  ///< SHA-256; may be empty
    std::vector<Property> properties;
};

struct Graph {
    std::string name; ///< of the document
    std::string subject; ///< ref of the component that the document is about; empty: a collection of all of them
    std::string subject_description;
    std::optional<std::string> time; ///< RFC 3339: none when nothing in the input has a time
    std::string author;              ///< "NAME <MAIL>" or a name; may be empty
    std::string tool_version;
    std::vector<Property> properties;
    std::vector<Component> components; ///< sorted by ref
    std::vector<Component> tools;      ///< packages of buildroots, sorted by ref
    std::vector<Run> runs;             ///< sorted by id
};

struct Options {
    Distro distro;         ///< overrides what the tasks' platforms say, if its id is not empty
    std::string supplier;  ///< overrides what headers say, if not empty
    std::string subject;   ///< SHA-256 of the one package that the document is about; empty: all of them
    std::string author;
    bool files = true;     ///< list the files of packages
    bool proofs = true;    ///< carry log entries and proofs
    std::optional<std::string> time; ///< overrides the newest time of the input
    /// Whether what provides satisfies needs, for two capabilities of one name; rpm's order of versions.
    std::function<bool(const Capability& provides, const Capability& needs)> satisfies;
};

/// A package of a buildroot lock.
struct BuildrootPackage {
    std::string nevra;
    std::string name;
    std::string version; ///< [EPOCH:]VERSION-RELEASE
    std::string arch;
    std::string sha256; ///< of the file; may be empty
    std::string header_sha256;
    bool foreign = false; ///< of a host with another package manager: name, version and arch, no NEVRA
};
/// Reads a lock artifact: any JSON document with a "packages" list whose members have "nevra" and digests, or, of a
/// host, "name", "version" and "arch".
Result<std::vector<BuildrootPackage>> read_lock(std::string_view text);
/// By the digest of the lock.
using Locks = std::vector<std::pair<std::string, std::vector<BuildrootPackage>>>;

/// The packages that leave this manifest: those that were built or, where there is one, their newest signed form, and
/// the source packages. Files of failed tasks are left out.
std::vector<const Artifact*> shipped_packages(const Manifest& manifest);

/// The graph of these packages; what the manifest says of them is taken from it (it may be empty).
Graph describe(const Manifest& manifest, const std::vector<Package>& packages, const Locks& locks,
               const Options& options);

/// Bytes that are not UTF-8, and control characters but \n and \t, as \xNN; what looks like that already, with \x5c for
/// its backslash. Two texts never become one.
std::string valid_text(std::string_view bytes);

} // namespace albs::sbom
