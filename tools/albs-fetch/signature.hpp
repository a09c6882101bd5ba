// SPDX-License-Identifier: GPL-3.0-or-later
// Who vouches for a commit.
#pragma once
#include "git/repository.hpp"
#include "session.hpp"

namespace albs::fetch {

/// The signature of the commit, or of the annotated tag that ref named: the commit's counts first, unless only the
/// tag's is good. Kind::trust for a signature that does not fit what it signs, Kind::input where --require-signed is
/// not met. Without a keyring a signature is by an unknown key.
Result<SourceSignature> judge_signature(const Session& session, const git::Commit& commit,
                                        const std::optional<git::Tag>& tag, const std::string& ref);

/// The signature of a source package whose payload is what its header says: over the header alone (v4) where that holds
/// the payload's digest, else over both (v3). Errors as above.
Result<SourceSignature> judge_package(const Session& session, const std::string& path, const RpmInfo& info);

/// For sources that carry no signature that albs-fetch checks. Kind::input with --require-signed.
Status refuse_unsigned(const Session& session, const SourceSignature& verdict, const std::string& what);

} // namespace albs::fetch
