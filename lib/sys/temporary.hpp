// SPDX-License-Identifier: GPL-3.0-or-later
// Temporary files and directories that are gone afterwards, also after INT and TERM (sys/signals).
//
// What a killed program leaves, the next one removes: each process has locks on its temporaries, and the first time
// that it makes one in a directory it removes those there that have a name like ours and no lock.
#pragma once
#include <string>

#include "base/result.hpp"
#include "sys/fd.hpp"

namespace albs::sys {

/// A private directory (0700) removed with all it holds when the object goes.
class TemporaryDirectory {
public:
    /// "albs-tmp-NAME-RANDOM" in parent, which defaults to temporary_directory().
    static Result<TemporaryDirectory> make(const std::string& name, const std::string& parent = {});
    TemporaryDirectory(TemporaryDirectory&&) noexcept;
    TemporaryDirectory& operator=(TemporaryDirectory&&) noexcept;
    ~TemporaryDirectory();
    const std::string& path() const { return path_; }

private:
    TemporaryDirectory(std::string path, Fd claimed) : path_(std::move(path)), claimed_(std::move(claimed)) {}
    std::string path_;
    Fd claimed_;
};

/// A new file beside the place it is for (rename(2) works within one file system only), removed when the object goes
/// unless it was put there.
class TemporaryFile {
public:
    /// ".NAME.albs-tmp-RANDOM" in target's directory, never through a link that someone put there. mode is subject to
    /// the umask.
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

/// $TMPDIR or /tmp.
std::string temporary_directory();
/// Removes the temporaries of this user in a directory whose makers are dead.
void remove_abandoned_temporaries(const std::string& directory);

} // namespace albs::sys
