// SPDX-License-Identifier: GPL-3.0-or-later
// One package: a signed copy, verified before it is recorded.
#pragma once
#include "eligible.hpp"
#include "keys.hpp"
#include "store/workspace.hpp"

namespace albs::sign {

struct SignedFile {
    Artifact artifact;
    std::vector<Signature> signatures; ///< one for each key
    bool fresh = true;                 ///< false: an earlier run made it
};

/// What to make of each package.
struct SigningRequest {
    const SigningKeys& keys;
    bool rpmv3 = false;
    /// Of every signature; none: when the package was built.
    std::optional<std::int64_t> created;
};

/// The signed file is in the store when this returns. The same package, keys and time give the same bytes; what an
/// earlier run made is proved again and taken. Kind::trust when a file does not hold what it should.
Result<SignedFile> make_signed(store::Workspace& workspace, const SigningRequest& order,
                               const UnsignedPackage& package);

} // namespace albs::sign
