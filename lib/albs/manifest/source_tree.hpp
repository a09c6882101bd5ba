// SPDX-License-Identifier: GPL-3.0-or-later
// albs.source-tree/1, albs-source-tree(5): all files of a source by digest. The digest of the document names the tree,
// and depends on nothing but the files.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace albs {

struct SourceFile {
    static constexpr std::string_view plain = "100644";
    static constexpr std::string_view executable = "100755";
    static constexpr std::string_view link = "120000";
    std::string path;   ///< relative, UTF-8
    std::string mode;   ///< as git writes it
    std::string sha256; ///< of the content; of a link, of its target
    std::int64_t size = 0;
    bool operator==(const SourceFile&) const = default;
};

struct SourceTree {
    std::vector<SourceFile> files;
    bool operator==(const SourceTree&) const = default;
    /// Of a tree that was read, whose files are sorted. Null: there is none at that path.
    const SourceFile* find(std::string_view path) const;
};

/// Canonical JSON (RFC 8785) without a newline; the files are sorted by the bytes of their paths.
std::string write_source_tree(SourceTree tree);
/// Kind::input unless it is, to the byte, what write_source_tree() writes of a tree that can be laid out: no path
/// twice, and none that has a file on its way.
Result<SourceTree> read_source_tree(std::string_view text);

} // namespace albs
