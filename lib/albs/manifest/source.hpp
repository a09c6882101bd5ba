// SPDX-License-Identifier: GPL-3.0-or-later
// What a build starts from: a commit, a source package or a directory, pinned and checked.
#pragma once
#include "albs/manifest/record.hpp"
#include "albs/manifest/transformation.hpp"

namespace albs {

/// One file that dist-git keeps outside git, checked against the digest that git holds.
struct LookasideFile {
    std::string path;      ///< where the metadata wants it, relative to the checkout ("SOURCES/x.tar.gz")
    std::string algorithm; ///< of the digest that git holds: "sha512"
    std::string digest;    ///< lower-case hex
    std::string sha256;    ///< name in the store
    std::int64_t size = 0; ///< bytes
    std::string url;       ///< where it came from
};

/// Verdict on the signature of the commit or tag.
struct SourceSignature {
    std::string status = "none"; ///< none, good, bad, unknown-key, expired-key, revoked-key
    OptionalString key;          ///< fingerprint
    OptionalString signer;       ///< user id, for people
};

/// A signature that the makers of a source file put beside it, and what the keys among the sources say of it.
struct UpstreamSignature {
    std::string path;                   ///< of the file, relative to the checkout
    std::string signature;              ///< of the signature
    OptionalString keyring = {};        ///< of the keys that know the signer
    std::string status = "unknown-key"; ///< good, unknown-key, expired-key, revoked-key
    OptionalString key = {};            ///< fingerprint
    OptionalString signer = {};         ///< user id, for people
};

struct Source {
    static constexpr std::string_view table = "sources";
    /// "NAME@DIGITS", of the commit, the tree or the source package; a later attempt's is "NAME@DIGITS@HEX"
    std::string id;
    std::string kind; ///< "git" or "srpm" or "directory"
    std::string name; ///< that of its spec file, which dist-git gives the name of the package
    OptionalString url;
    OptionalString ref;         ///< what was asked for
    OptionalString commit;      ///< what it was pinned to
    OptionalString tree;        ///< git tree id of that commit
    OptionalString commit_time; ///< RFC 3339, committer's
    OptionalString layout;      ///< "flat" or "specs-sources"
    OptionalString spec;        ///< path in the checkout
    SourceSignature signature;
    std::vector<LookasideFile> lookaside;
    OptionalString files;   ///< artifact: the source tree; null where it came as a source package
    OptionalString srpm;    ///< artifact: the source package that it came as
    std::vector<UpstreamSignature> upstream_signatures;
    std::vector<Transformation> transformations; ///< that came to `files`, in their order
    OptionalString history; ///< artifact: a git bundle of the commit; null where its spec does not ask for it
    std::optional<std::int64_t> source_date_epoch; ///< null: of a directory, whose builds say which they took
    OptionalText follows = {};                     ///< id of the attempt before
};

/// The artifact that all files of the source are in: its tree, or the source package that it came as.
const std::string& content_of(const Source& source);

/// Two records of one source (JSON) name no lookaside file with two digests. Kind::trust.
Status check_same_files(const Json& known, const Json& added);

} // namespace albs
