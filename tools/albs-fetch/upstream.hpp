// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures that the makers of a source file put beside it.
#pragma once
#include "session.hpp"

namespace albs::fetch {

/// Every file of the checkout that another one signs ("x.tar.gz" beside "x.tar.gz.asc"), verified against the keys
/// among the sources, and no others. Nothing is evaluated: names and bytes count. folder: of the sources, in the tree.
/// Kind::trust for a signature that does not fit its file.
Result<std::vector<UpstreamSignature>> verify_upstream(const std::string& tree, const std::string& folder);

} // namespace albs::fetch
