// SPDX-License-Identifier: GPL-3.0-or-later
// What a build starts from: a commit, a source package or a directory, pinned and checked.
#pragma once
#include "albs/manifest/record.hpp"

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

struct Source {
    static constexpr std::string_view table = "sources";
    std::string id;   ///< "NAME@COMMIT[0:12]" or "NAME@srpm-SHA256[0:12]"
    std::string kind; ///< "git" or "srpm" or "directory"
    std::string name; ///< of the package, as the spec says
    OptionalString url;
    OptionalString ref;         ///< what was asked for
    OptionalString commit;      ///< what it was pinned to
    OptionalString tree;        ///< git tree id of that commit
    OptionalString commit_time; ///< RFC 3339, committer's
    OptionalString layout;      ///< "flat" or "specs-sources"
    OptionalString spec;        ///< path in the checkout
    SourceSignature signature;
    std::vector<LookasideFile> lookaside;
    std::string srpm; ///< artifact: the source package that builds start from
    std::int64_t source_date_epoch = 0;
};

} // namespace albs
