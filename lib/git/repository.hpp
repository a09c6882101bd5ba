// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a git repository by libgit2: commits with their signatures, tags, trees. Every object that is read is hashed
// and compared with its id by libgit2, so what comes out is what the id names or an error.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "git/advertisement.hpp"

struct git_repository;

namespace albs::git {

struct Person {
    std::string name;
    std::string email;
    std::int64_t time = 0;  ///< seconds since 1970
    int offset_minutes = 0; ///< of the zone, east positive
};

struct Commit {
    std::string id; ///< 40 hex digits
    std::string tree;
    std::vector<std::string> parents; ///< direct ones
    Person author;
    Person committer;
    std::string message;     ///< as it is in the object, with its last newline
    std::string signature;   ///< armored; empty: none
    std::string signed_text; ///< the object without its signature: what was signed
};

/// An annotated tag.
struct Tag {
    std::string id;
    std::string name;
    std::string signature;
    std::string signed_text;
};

/// What a ref stands for.
struct ResolvedRef {
    std::string commit;
    std::optional<Tag> tag; ///< if the ref is an annotated tag
    std::string branch;     ///< if the ref is a branch, or a branch is at this commit; else empty
};

enum class EntryKind { directory, file, executable, link, submodule };

struct Entry {
    std::string path; ///< from the root of the tree, "SPECS/which.spec"
    EntryKind kind = EntryKind::file;
    std::string id;
};

/// An object as it is, without its header.
struct RawObject {
    int type = 0; ///< 1: commit, 2: tree, 3: blob, as packs have it
    std::string bytes;
};

/// Opened by library().open(). Its functions are the module's.
class Repository {
public:
    explicit Repository(std::shared_ptr<git_repository> handle);
    virtual ~Repository();
    Repository(const Repository&) = delete;
    Repository& operator=(const Repository&) = delete;

    /// Branch, tag, full or abbreviated commit id, "refs/heads/…", "refs/tags/…"; empty: refs/albs/HEAD. Nothing when
    /// there is no such thing; Kind::input when it could be several.
    virtual Result<std::optional<ResolvedRef>> resolve(std::string_view ref) const;
    /// The object's bytes, as `git cat-file commit ID` prints them.
    virtual Result<std::string> raw_commit(std::string_view id) const;
    /// The commit that an expression of gitrevisions(7) names ("HEAD", "ID~2", "ID^2"); Kind::input when it names none.
    virtual Result<std::string> revision(const std::string& expression) const;
    virtual Result<References> references() const;
    /// The names of all tags, without refs/tags/.
    virtual Result<std::vector<std::string>> tags() const;
    /// The tag whose name matches the pattern of fnmatch(3) and that is at the commit, or nearest before it, as of
    /// `git describe --tags --match PATTERN --abbrev=0 ID`; empty: there is none.
    virtual Result<std::string> nearest_tag(std::string_view id, const std::string& pattern) const;
    virtual bool has_commit(std::string_view id) const;
    /// Kind::input when there is no such commit, or it is damaged.
    virtual Result<Commit> commit(std::string_view id) const;
    /// Every ancestor of a commit, newest first as `git rev-list --skip=1 ID` lists them (the order that ALBS's source
    /// records are hashed in). Kind::input when one is missing: the clone is shallow or damaged.
    virtual Result<std::vector<std::string>> ancestors(std::string_view id) const;

    /// Every entry of the commit's tree, directories before what is in them. Kind::input for names that no checkout
    /// may hold ("..", ".git").
    virtual Result<std::vector<Entry>> list(std::string_view commit) const;
    virtual Result<std::string> blob(std::string_view id) const;

    /// The ids of the commit, of its ancestors, and of all their trees and files, sorted. Kind::input when one of the
    /// commits or trees is missing.
    virtual Result<std::vector<std::string>> reachable(std::string_view id) const;
    virtual Result<RawObject> object(const std::string& id) const;

private:
    std::shared_ptr<git_repository> handle_;
};

} // namespace albs::git
