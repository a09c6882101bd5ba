// SPDX-License-Identifier: GPL-3.0-or-later
// The roots of a workspace: WORKSPACE/roots/DIGEST is the root of the lock with that SHA-256, made when first asked
// for.
//
// A root is made as DIGEST.new and renamed when it is complete. DIGEST.lock is held by who makes it, and shared by who
// uses it; so no root is made twice, and none goes while it is in use.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/workspace.hpp"
#include "sys/file_lock.hpp"

namespace albs::root {

/// A complete root that stays as long as the object. Look at it with sandbox::View::over() only.
class Root {
public:
    Root(std::string tree, bool is_new, sys::FileLock lock)
        : tree_(std::move(tree)), is_new_(is_new), lock_(std::move(lock))
    {
    }
    const std::string& tree() const { return tree_; }
    bool is_new() const { return is_new_; } ///< was made just now

private:
    std::string tree_;
    bool is_new_;
    sys::FileLock lock_;
};

class Cache {
public:
    static Result<Cache> of(const store::Workspace& workspace);
    /// The same, without what interrupted runs left half made.
    static Result<Cache> open(const store::Workspace& workspace);
    Status remove_leftovers() const;
    /// The root of a lock (the text of the document). Errors as of buildroot::read_lock(), check_packages() and
    /// install().
    Result<Root> root(std::string_view lock) const;
    /// There is a complete root of the lock with that SHA-256, now.
    bool has(const std::string& digest) const;

    struct Entry {
        std::string digest;
        std::int64_t used = 0; ///< seconds since 1970, the last time
        std::int64_t size = 0; ///< bytes on disk
        bool in_use = false;
    };
    /// By digest.
    Result<std::vector<Entry>> entries() const;
    /// The lock of a root that is there.
    Result<std::string> lock_text(const std::string& digest) const;
    /// False if somebody uses it.
    Result<bool> remove(const std::string& digest) const;

private:
    Cache(std::string path, std::string packages, store::Store store)
        : path_(std::move(path)), packages_(std::move(packages)), store_(std::move(store))
    {
    }
    Status make(const std::string& digest, std::string_view lock) const;
    std::string path_;
    std::string packages_;
    store::Store store_; ///< may have packages that were never fetched here
};

} // namespace albs::root
