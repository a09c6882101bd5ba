// SPDX-License-Identifier: GPL-3.0-or-later
// The records of a manifest as C++ values. albs-manifest(5) is their specification; this header follows it.
//
// A typed record is a reading of the JSON record, which stays in the manifest as it came: members that this version
// does not know survive. Optional members are null in the JSON, never absent, when this version writes them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "albs/json/value.hpp"
#include "base/result.hpp"

namespace albs {

using OptionalString = std::optional<std::string>;

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

/// What an RPM's header says; null in artifacts that are no RPM.
struct RpmInfo {
    std::string name;
    std::optional<std::int64_t> epoch;
    std::string version;
    std::string release;
    std::string arch;          ///< "src" for a source package
    std::string nevra;         ///< NAME-[EPOCH:]VERSION-RELEASE.ARCH
    OptionalString sourcerpm;  ///< file name of the source package; null in a source package
    std::string header_sha256; ///< RPMTAG_SHA256HEADER: survives signing
    OptionalString payload_sha256; ///< RPMTAG_PAYLOADDIGEST: of the compressed payload
};

struct Artifact {
    std::string sha256;
    std::int64_t size = 0; ///< bytes
    std::string name;      ///< file name
    std::string kind;      ///< "rpm", "srpm", "log", "buildroot", "file"
    std::optional<RpmInfo> rpm;
    OptionalString unsigned_sha256; ///< "unsigned": of a signed RPM, the artifact that was built
};

/// Why a task failed or was not run.
struct Reason {
    std::string phase;   ///< "prep", "build", "install", "check", "package", "setup"…
    std::string kind;    ///< dependency, spec, patch, compile, test, unpackaged, timeout, disk, infrastructure, arch
    std::string message; ///< the first cause, one line
    OptionalString log;  ///< artifact
    std::optional<std::int64_t> offset; ///< byte in the log
};

struct Task {
    std::string id; ///< "SOURCE/PLATFORM/ARCH"
    std::string source;
    std::string platform;
    std::string arch;
    std::string backend;
    std::vector<std::string> options; ///< beyond the platform, as options of albs-build: "--with", "tests"…
    std::string status; ///< "ok", "failed", "skipped"
    std::optional<Reason> reason;
    std::vector<std::string> artifacts; ///< SHA-256 of each, RPMs first
    OptionalString log;                 ///< artifact
    OptionalString buildroot;           ///< artifact: the lock
    bool network = false;
    bool verified = false; ///< the source's record is in the ledger and its proof checked
    Json isolation;        ///< what was in force, as seen from inside
    std::string started;   ///< RFC 3339
    std::string finished;
};

struct TestResult {
    std::string id; ///< "ARTIFACT-SHA256/NAME"
    std::string artifact;
    std::string task; ///< that built it
    std::string name; ///< "integrity", "install", "remove"…
    std::string status; ///< "pass", "fail", "skip"
    OptionalString reason; ///< one line, for fail and skip
    OptionalString log;    ///< artifact
};

struct Signature {
    std::string id;              ///< "SIGNED-SHA256/KEY"
    std::string artifact;        ///< the signed file
    std::string unsigned_sha256; ///< "unsigned": the file that was built
    std::string key;             ///< fingerprint, upper-case hex
    std::string algorithm;       ///< "rsa/sha256", "eddsa/sha256"
    std::string created;         ///< RFC 3339: the time inside the signature
    OptionalString waived;       ///< reason given with --waive; null when nothing was waived
};

/// One entry of a transparency log about one record of this manifest, with all that a verifier needs offline.
struct Notarization {
    std::string id;      ///< "ORIGIN#INDEX"; of a further proof of that entry "ORIGIN#INDEX@12HEX"
    std::string about;   ///< id (or SHA-256, for artifacts) of the record
    std::string kind;    ///< "source", "srpm", "build", "test", "signature", "release", "errata", "file"
    std::string subject; ///< SHA-256 that the statement is about, or the git commit id
    std::string log;     ///< origin
    std::int64_t index = 0;
    std::string entry;   ///< base64 of the leaf's bytes
    std::string proof;   ///< c2sp.org/tlog-proof@v1
    Json envelope;       ///< DSSE over the in-toto statement
};

struct ReleasedPackage {
    std::string artifact;
    std::string path; ///< in the repository
};

struct Release {
    std::string id;         ///< "NAME/REPOSITORY/REVISION"
    std::string repository; ///< "x86_64/os", relative to the tree
    std::string repomd_sha256;
    std::string key; ///< fingerprint that signed repomd.xml
    std::string published; ///< RFC 3339
    std::vector<ReleasedPackage> packages;
    OptionalString previous; ///< repomd_sha256 before this release
    OptionalString waived;
};

/// A package that an advisory is about, where it was published.
struct ErratumPackage {
    std::string nevra;
    std::string artifact;   ///< SHA-256 of the published file
    std::string repository; ///< "x86_64/os", relative to the tree
    std::string path;       ///< in the repository
};

/// An advisory that was published (updateinfo.xml), with the packages that its words came to mean.
struct Erratum {
    std::string id;       ///< "ADVISORY@" and 12 digits of erratum_digest()
    std::string advisory; ///< "ALSA-2026:A001"
    std::string sha256;   ///< of the document's canonical form
    std::string updated;  ///< RFC 3339; a correction is a later record
    Json document;        ///< albs.advisory/1 as its author wrote it
    std::vector<ErratumPackage> packages;
};
/// SHA-256 of the canonical form of the document's digest and the packages: one content, one id.
std::string erratum_digest(const Erratum& erratum);
/// The packages as the record has them.
Json packages_json(const Erratum& erratum);

/// One run of one tool. A seal says what the tables held when the tool was done.
struct StageRecord {
    std::string id; ///< SHA-256 of tool, version, parameters and inputs (canonical)
    std::string tool;
    std::string version;
    std::string started;
    std::string finished;
    Json parameters;
    std::vector<std::string> inputs; ///< SHA-256 of each manifest read (canonical)
    std::string verdict;             ///< "yes" or "no"
    std::string seal;                ///< SHA-256 of the manifest without this record (canonical)
};

/// Readers check types and report "MEMBER: why"; Kind::input.
template <class Record> Result<Record> read_record(const Json& record);
template <> Result<Source> read_record<Source>(const Json& record);
template <> Result<Task> read_record<Task>(const Json& record);
template <> Result<Artifact> read_record<Artifact>(const Json& record);
template <> Result<TestResult> read_record<TestResult>(const Json& record);
template <> Result<Signature> read_record<Signature>(const Json& record);
template <> Result<Notarization> read_record<Notarization>(const Json& record);
template <> Result<Release> read_record<Release>(const Json& record);
/// Kind::trust when sha256 is not the digest of the document.
template <> Result<Erratum> read_record<Erratum>(const Json& record);
template <> Result<StageRecord> read_record<StageRecord>(const Json& record);

Json to_json(const Source& record);
Json to_json(const Task& record);
Json to_json(const Artifact& record);
Json to_json(const TestResult& record);
Json to_json(const Signature& record);
Json to_json(const Notarization& record);
Json to_json(const Release& record);
Json to_json(const Erratum& record);
Json to_json(const StageRecord& record);

} // namespace albs
