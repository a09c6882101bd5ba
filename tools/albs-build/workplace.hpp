// SPDX-License-Identifier: GPL-3.0-or-later
// Where rpmbuild runs once: the root that it sees, and the directories of this machine that it may write to.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plan.hpp"
#include "root/cache.hpp"
#include "sandbox/sandbox.hpp"
#include "sandbox/view.hpp"

namespace albs::build {

class Workplace {
public:
    /// This machine's toolchain. directory is empty, and goes after the place. mount_points: directories below
    /// /builddir that are made for things of this machine; those that bubblewrap makes are closed to other users than
    /// its own.
    static Result<Workplace> on_host(const BuildConfig& recipe, const std::string& directory,
                                     const std::vector<std::string>& mount_points = {});
    /// A view of a root of packages for that architecture.
    static Result<Workplace> in_root(const BuildConfig& recipe, const std::string& arch, const root::Root& root,
                                     const std::string& directory, const std::vector<std::string>& mount_points = {});
    Workplace(Workplace&&) noexcept = default;
    Workplace& operator=(Workplace&&) = delete;
    ~Workplace();

    /// Adds what is particular about this place to a job.
    void furnish(sandbox::Job& job) const;
    /// %_topdir as this process sees it; hostile code wrote there.
    std::string top() const { return inside_ + "/builddir/" + top_; }
    /// rpm there knows what is installed.
    bool knows_packages() const { return view_ != nullptr || host_knows_packages_; }

private:
    explicit Workplace(std::string directory) : inside_(std::move(directory)) {}
    Status make_directories(const std::vector<std::string>& mount_points);
    Status work_in_memory();
    std::string inside_; ///< what is mounted
    std::string top_ = "build";
    bool host_knows_packages_ = false;
    sandbox::Emulation emulation_;
    std::unique_ptr<sandbox::View> view_;
    std::vector<sandbox::Mount> mounts_;
    std::vector<sandbox::File> files_;
};

} // namespace albs::build
