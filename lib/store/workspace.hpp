// SPDX-License-Identifier: GPL-3.0-or-later
// The workspace: the store and the caches of one user, $ALBS_WORKSPACE or ./.albs. albs(7) lists what is in it.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "store/store.hpp"

namespace albs::store {

class Workspace {
public:
    /// Made if need be, but for its ledger. Everything in it but store/ and ledger/ is a cache.
    static Result<Workspace> open(const std::string& path);
    const std::string& path() const { return path_; }
    Store& store() { return store_; }
    const Store& store() const { return store_; }
    /// WORKSPACE/NAME, made: "git", "roots", "dnf".
    Result<std::string> directory(std::string_view name) const;
    std::string ledger_path() const { return path_ + "/ledger"; }

    /// A small cache of results by name: memo("tasks", key). A memo that was cut or changed is as
    /// none, so that nobody waits for it to reach the disk.
    std::optional<std::string> recall(std::string_view kind, std::string_view key) const;
    Status remember(std::string_view kind, std::string_view key, std::string_view text) const;

private:
    Workspace(std::string path, Store store) : path_(std::move(path)), store_(std::move(store)) {}
    std::string path_;
    Store store_;
};

/// --workspace, else $ALBS_WORKSPACE, else ".albs".
std::string workspace_path(const std::string& option);

} // namespace albs::store
