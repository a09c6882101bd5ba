// SPDX-License-Identifier: GPL-3.0-or-later
// A throw-away root file system with its own rpm database, in which rpm runs in the sandbox.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base_root.hpp"
#include "package_pool.hpp"
#include "sandbox/sandbox.hpp"
#include "sandbox/view.hpp"

namespace albs::test {

/// What one command did.
struct Step {
    bool ok = false;
    std::string reason; ///< why not, one line
    std::string log;    ///< the command line and all that was said
};

/// Paths of the base that are no longer what they were.
struct BaseChanges {
    std::set<std::string> gone;
    std::set<std::string> changed; ///< no directories
};

class Root {
public:
    /// A view of the base, which has to last as long. directories: those of the packages to come, which a plain user
    /// must own to install into where the base is this machine.
    static Result<Root> make(const BaseRoot& base, const std::vector<std::string>& directories, std::int64_t timeout_s);

    /// rpm with the packages readable as /builddir/NAME. A scriptlet that failed, and an owner of files that does not
    /// exist, are failures whatever rpm's status: it only warns of them.
    Result<Step> rpm(const std::vector<std::string>& words, const std::vector<PackageFile>& packages);
    /// rpm -V of an installed package: what was changed but for configuration, what is missing.
    Result<Step> verify(const std::string& nevra);
    /// Any command, as root of the root without any capability, with the packages' programs on PATH. Where nothing
    /// starts any more in a root in which something was run, and in a new one it does, that is a failure of the step:
    /// of all three.
    Result<Step> command(const std::vector<std::string>& argv, const std::vector<PackageFile>& packages,
                         const std::string& directory = "/");

    /// What a trigger of the C library's package does after every transaction, on a machine where it is a package.
    Status refresh_libraries();

    /// Every path there is that the base does not have; of a view of this machine, all outside of /usr but rpm's
    /// database.
    Result<std::set<std::string>> paths() const;
    /// What became of the base's own files; of a view of this machine, of those in /usr.
    Result<BaseChanges> base_changes() const;
    /// Copies what was written (not the machine's own files) into a directory.
    Status save(const std::string& directory) const;
    bool has_many_ids() const { return view_.has_many_ids(); }

private:
    Root(const BaseRoot& base, sandbox::View view, sys::TemporaryDirectory logs, std::int64_t timeout_s)
        : base_(&base), view_(std::move(view)), logs_(std::move(logs)), timeout_s_(timeout_s)
    {
    }
    Result<Step> run(sandbox::User user, const std::vector<std::string>& argv, const std::vector<PackageFile>& packages,
                     const std::string& directory);
    Result<Step> wrecked(Error error);
    std::vector<std::string> rpm_words(const std::vector<std::string>& words) const;
    std::vector<std::string> tops() const;
    bool is_of_base(const std::string& path) const;
    const BaseRoot* base_;
    sandbox::View view_;
    sys::TemporaryDirectory logs_;
    std::int64_t timeout_s_;
    int steps_ = 0;
    std::string wreck_; ///< why nothing starts in it any more; empty: it does
};

} // namespace albs::test
