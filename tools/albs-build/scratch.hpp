// SPDX-License-Identifier: GPL-3.0-or-later
// The directory of a workspace that builds happen in.
#pragma once
#include <string>

#include "store/workspace.hpp"
#include "sys/file_lock.hpp"

namespace albs::build {

class Scratch {
public:
    /// Removes what a killed run left there, unless another run is using it.
    static Result<Scratch> open(const store::Workspace& workspace);
    const std::string& path() const { return path_; }

private:
    Scratch(std::string path, sys::FileLock lock) : path_(std::move(path)), lock_(std::move(lock)) {}
    std::string path_;
    sys::FileLock lock_;
};

} // namespace albs::build
