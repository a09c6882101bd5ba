// SPDX-License-Identifier: GPL-3.0-or-later
// Temporary files and directories that are gone afterwards, also after INT and TERM (sys/signals).
#pragma once
#include <string>

#include "base/result.hpp"
#include "sys/fd.hpp"

namespace albs::sys {

/// A private directory (0700) removed with all it holds when the object goes.
class TemporaryDirectory {
public:
    /// parent defaults to $TMPDIR or /tmp. name is a prefix for people.
    static Result<TemporaryDirectory> make(const std::string& name, const std::string& parent = {});
    TemporaryDirectory(TemporaryDirectory&&) noexcept;
    TemporaryDirectory& operator=(TemporaryDirectory&&) noexcept;
    ~TemporaryDirectory();
    const std::string& path() const { return path_; }
    /// Leaves it on disk and says where.
    std::string keep();

private:
    explicit TemporaryDirectory(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

/// A new file beside the place it is for (rename(2) works within one file system only), removed when the object goes
/// unless it was put there.
class TemporaryFile {
public:
    /// ".NAME.tmp-RANDOM" in target's directory, never through a link that someone put there. mode is subject to the
    /// umask.
    static Result<TemporaryFile> beside(const std::string& target, unsigned mode = 0600);
    TemporaryFile(TemporaryFile&&) noexcept;
    TemporaryFile& operator=(TemporaryFile&&) = delete;
    ~TemporaryFile();
    int fd() const { return file_.get(); }
    const std::string& path() const { return path_; }
    /// Closes, renames over target and fsyncs the directory; with durable, the file is fsynced before. Errors name
    /// target, Kind::environment.
    Status put_in_place(bool durable = true);
    /// The same for another place in the same file system, found only once the bytes were known.
    Status put_in_place_as(const std::string& target);

private:
    TemporaryFile(std::string path, std::string target, Fd file)
        : path_(std::move(path)), target_(std::move(target)), file_(std::move(file))
    {
    }
    std::string path_;
    std::string target_;
    Fd file_;
};

/// Paths to remove if a signal ends the program. Both are thread-safe.
void register_temporary(const std::string& path);
void forget_temporary(const std::string& path);

} // namespace albs::sys
