// SPDX-License-Identifier: GPL-3.0-or-later
// A commit as the AlmaLinux Build System's notarization records have it, byte for byte, with both keys that were ever
// used for it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "albs/json/value.hpp"
#include "base/result.hpp"
#include "git/repository.hpp"

namespace albs::git {

struct CommitRecord {
    Json git;            ///< Author, Commit, Committer, Message, PGPSignature, Parents, Tree, in that order
    std::string key;     ///< of the immudb era: SHA-256 of python_json(git); its Parents are all ancestors
    std::string cas_key; ///< of the CAS era: SHA-256 of the commit object; the same in any clone
    std::vector<std::string> parents; ///< the direct ones
};
/// Kind::input when the history has a gap.
Result<CommitRecord> commit_record(const Repository& repository, std::string_view id);
/// SHA-256 of the commit object.
Result<std::string> cas_key(const Repository& repository, std::string_view id);

/// "2024-01-03T10:00:00+0200"
std::string python_time(std::int64_t time, int offset_minutes);
/// As Python's json.dumps() writes it: ", " and ": ", everything beyond ASCII escaped.
std::string python_json(const Json& value);

/// A directory with a work tree, or a bare repository. Kind::input for a shallow clone.
Result<std::unique_ptr<Repository>> open_any(const std::string& path);

} // namespace albs::git
