// SPDX-License-Identifier: GPL-3.0-or-later
// --tests: test programs from a git repository, run where the packages of one task are installed together.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base_root.hpp"
#include "package_pool.hpp"
#include "sys/temporary.hpp"
#include "tested_package.hpp"

namespace albs::test {

/// A repository of tests, pinned to a commit and checked out.
class Suite {
public:
    /// option: URL#REF:DIR; without DIR the whole repository. {name} in DIR becomes the name of the source package.
    /// cache: WORKSPACE/git. Kind::usage for a malformed option, as git::pin for the rest.
    static Result<Suite> fetch(const std::string& option, const std::string& cache);
    /// "URL#COMMIT:DIR"
    std::string identity(const std::string& source) const;
    /// The test programs for a source package, sorted by name: *.bats, *.py, *.sh, *.bash and other executables.
    /// Empty if DIR has {name} and there is no such directory; Kind::input for a directory without tests.
    Result<std::vector<std::string>> programs(const std::string& source) const;
    std::string directory(const std::string& source) const;

private:
    Suite(sys::TemporaryDirectory tree) : tree_(std::make_unique<sys::TemporaryDirectory>(std::move(tree))) {}
    std::string directory_name(const std::string& source) const;
    std::unique_ptr<sys::TemporaryDirectory> tree_;
    std::string url_;
    std::string commit_;
    std::string directory_;
};

struct SuiteRun {
    const Suite* suite = nullptr;
    const BaseRoot* base = nullptr;
    std::string source;                  ///< name of the source package
    std::vector<std::string> programs;   ///< those to run
    std::vector<PackageFile> companions; ///< installed first
    std::vector<PackageFile> packages;
    std::int64_t timeout_s = 600;
};

/// One finding for each program, "third-party/PROGRAM", always with a log. Each finds the directory as it is in the
/// repository, writable, and is run in it as root of a root that all of them share, in order.
Result<std::vector<Finding>> run_suite(const SuiteRun& run);

} // namespace albs::test
