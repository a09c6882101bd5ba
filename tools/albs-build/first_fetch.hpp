// SPDX-License-Identifier: GPL-3.0-or-later
// Files that a spec names by URL and nobody gave the digest of: said, or taken once and pinned.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "albs/manifest/records.hpp"
#include "cli/message.hpp"
#include "store/workspace.hpp"

namespace albs::build {

struct NamedUrl {
    std::string name; ///< of the file: what stands after the last "/"
    std::string url;
};

/// The files that Source and Patch lines of an expanded spec (rpmspec -P) name by an http, https or file URL.
std::vector<NamedUrl> urls_in(std::string_view expanded);

/// Gets the file, puts it into the store and says which line of a list pins it. What this workspace got from that URL
/// before, it is now. Errors as of http::Library::download().
Result<PinnedFile> fetch_first(const NamedUrl& wanted, store::Workspace& workspace, cli::Messages& messages,
                               const std::string& about);
/// The file that was pinned is in the store, or is got again. Kind::trust if the server has another by now.
Status fetch_again(const PinnedFile& pinned, store::Workspace& workspace);

} // namespace albs::build
