// SPDX-License-Identifier: GPL-3.0-or-later
// Packages in the workspace, by digest: fetched from whichever mirror has the bytes, and checked.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "albs/buildroot/mock_record.hpp"
#include "albs/manifest/records.hpp"
#include "base/result.hpp"
#include "http/transfer.hpp"
#include "repositories/resolve.hpp"
#include "store/workspace.hpp"

namespace albs::repositories {

struct PackageRequest {
    std::string nevra;
    std::string algorithm = "sha256"; ///< of checksum
    std::string checksum;             ///< lower-case hex; empty: only md5 is known
    std::string md5 = {};             ///< of header and payload, where that is all that is known
    std::int64_t size = 0;            ///< of the file, bytes; 0: unknown
    std::vector<std::string> urls;    ///< the same bytes, the nearest first
    std::string gpgkey = {};          ///< file of certificates, one of which must have signed it; empty: not looked at
    std::string header = {};          ///< SHA-256 that the header must have; empty: any
    http::Access access = {};         ///< of the repository that it is in
};

struct FetchedPackage {
    std::string path; ///< WORKSPACE/dnf/sha256/ab/<digest>; the bytes were just verified
    std::string sha256;
    std::int64_t size = 0;
    RpmInfo info;
};

struct FetchOptions {
    std::size_t jobs = 4;
    bool offline = false;
    std::function<void(std::int64_t done, std::int64_t all)> progress = [](std::int64_t, std::int64_t) {}; ///< packages
};

/// In the order of wanted. Kind::trust for other bytes than asked for, a damaged package, another one than its name
/// says, or a signature that is missing or not of the key; Kind::temporary if no mirror has it.
Result<std::vector<FetchedPackage>> fetch(const std::vector<PackageRequest>& wanted, const store::Workspace& workspace,
                                          const FetchOptions& options);
/// Which of these are in the workspace already.
std::vector<bool> are_there(const std::vector<PackageRequest>& wanted, const std::string& workspace);

/// What a solution asks for, and what a lock does: with every URL that the repositories give.
std::vector<PackageRequest> wanted_of(const RootSolution& answer, const std::vector<SyncedRepository>& repositories);
std::vector<PackageRequest> wanted_of(const buildroot::Lock& lock, const std::vector<SyncedRepository>& repositories);

/// The packages of a record, looked up in all repositories, whatever is hidden there; and at the record's own URLs.
/// Kind::input for one that is nowhere to be found.
Result<std::vector<PackageRequest>> wanted_of(const buildroot::MockRecord& record, const std::string& arch,
                                              const std::vector<SyncedRepository>& repositories,
                                              const Settings& settings);

/// The lock of packages that are there now, in the order of fetched.
buildroot::Lock lock_of(const RootSolution& answer, const std::vector<SyncedRepository>& repositories,
                        const std::vector<FetchedPackage>& fetched);
/// The same for packages of a record, which come in the order of installation.
Result<buildroot::Lock> lock_of(const std::string& arch, const std::vector<SyncedRepository>& repositories,
                                const std::vector<FetchedPackage>& fetched);

} // namespace albs::repositories
