// SPDX-License-Identifier: GPL-3.0-or-later
// The repositories of one run: each is asked for its metadata once, however many tasks and architectures want it, so
// that all of them are solved from the same state of it.
#pragma once
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "repositories/sync.hpp"

namespace albs::repositories {

class SyncOnce {
public:
    explicit SyncOnce(Settings settings) : settings_(std::move(settings)) {}
    /// As sync(). Safe to call from several threads; those that come second wait.
    Result<std::vector<SyncedRepository>> sync(const std::vector<Repository>& repositories);
    const Settings& settings() const { return settings_; }

private:
    Settings settings_;
    std::mutex mutex_;
    std::map<std::string, SyncedRepository> known_; ///< by the name of their caches
};

} // namespace albs::repositories
