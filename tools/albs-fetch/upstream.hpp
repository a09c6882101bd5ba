// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures that the makers of a source file put beside it.
#pragma once
#include "session.hpp"

namespace albs::fetch {

/// Every file of the checkout that another one signs ("x.tar.gz" beside "x.tar.gz.asc"; beside "x.tar.asc" also what is
/// in it), verified against the keys among the sources, and no others. Nothing is evaluated: names and bytes count.
/// folder: of the sources, in the tree. scratch: for what is decompressed. Kind::trust for a signature that does not
/// fit its file, Kind::input for a file that cannot be decompressed.
Result<std::vector<UpstreamSignature>> verify_upstream(const std::string& tree, const std::string& folder,
                                                       const std::string& scratch);

/// With --require-upstream-signed: Kind::input for a signature that is not good, and for a lookaside file, if it is
/// neither a signature nor keys, without one.
Status refuse_unsigned_upstream(const Session& session, const Source& source);

} // namespace albs::fetch
