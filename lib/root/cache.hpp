// SPDX-License-Identifier: GPL-3.0-or-later
// The roots of a workspace: WORKSPACE/roots/DIGEST is the root of the lock with that SHA-256, made when first asked
// for. The root of a lock with a base is a layer over the root of that base, which is in the cache as any other.
//
// A root is made as DIGEST.new and renamed when it is complete. DIGEST.lock is held by who makes it, and shared by who
// uses it, or a layer over it; so no root is made twice, and none goes while it is in use.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "albs/buildroot/lock.hpp"
#include "base/result.hpp"
#include "store/workspace.hpp"
#include "sys/file_lock.hpp"

namespace albs::root {

/// A complete root that stays as long as the object.
struct Root {
    std::vector<std::string> layers; ///< for sandbox::View::over(); look at it in no other way
    bool is_new = false;             ///< was made just now
    std::string base = {};           ///< SHA-256 of the lock of what it is a layer over; empty: it is whole
    std::string refused = {};        ///< if it is new: why it is no layer, though the lock has a base
    std::vector<sys::FileLock> locks = {};
};

class Cache {
public:
    static Result<Cache> of(const store::Workspace& workspace);
    /// The same, without what interrupted runs left half made.
    static Result<Cache> open(const store::Workspace& workspace);
    Status remove_leftovers() const;
    /// The root of a lock (the text of the document). Errors as of buildroot::read_lock() and install().
    Result<Root> root(std::string_view lock) const;
    /// There is a complete root of the lock with that SHA-256, now.
    bool has(const std::string& digest) const;

    struct Entry {
        std::string digest;
        std::int64_t used = 0; ///< seconds since 1970, the last time
        std::int64_t size = 0; ///< bytes on disk, without its base
        bool in_use = false;
        std::string base = {}; ///< that it needs, by digest; may be gone
    };
    /// By digest.
    Result<std::vector<Entry>> entries() const;
    /// The lock of a root that is there.
    Result<std::string> lock_text(const std::string& digest) const;
    /// False if somebody uses it. Layers over it are of no use then.
    Result<bool> remove(const std::string& digest) const;

private:
    Cache(std::string path, std::string packages, store::Store store)
        : path_(std::move(path)), packages_(std::move(packages)), store_(std::move(store))
    {
    }
    std::string place(const std::string& digest) const { return path_ + "/" + digest; }
    struct Made {
        bool is_new = true; ///< it has files of its own, or its base is new
        std::string refused = {};
    };
    bool is_usable(const std::string& digest) const;
    Result<bool> share(const std::string& digest, Root& root) const;
    Result<Made> make(const std::string& digest, std::string_view lock) const;
    Result<Made> make_in(const std::string& directory, const buildroot::Lock& lock) const;
    std::string path_;
    std::string packages_;
    store::Store store_; ///< may have packages that were never fetched here
};

} // namespace albs::root
