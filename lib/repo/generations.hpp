// SPDX-License-Identifier: GPL-3.0-or-later
// A directory whose whole content changes in one step: DIR is a symbolic link to DIR.N, and a change makes DIR.N+1
// beside it and turns the link.
//
// A reader who holds DIR open sees one generation to the end; one who opens paths below DIR sees the old or the new
// file of each name, never half of one. A crash leaves the old link and leftovers that the next writer removes.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sys/file_lock.hpp"

namespace albs::repo {

class Generations {
public:
    /// Looks at DIRECTORY, which need not exist. A link to elsewhere than a generation is Kind::input.
    static Result<Generations> open(const std::string& directory);

    const std::string& directory() const { return directory_; }
    /// The generation that is served; 0 is a plain directory that was there before us; nothing: there is none.
    std::optional<std::int64_t> current() const { return current_; }
    /// Where a generation lies.
    std::string path(std::int64_t number) const;
    /// A file beside the directory, outside of every generation, for what outlives them: PARENT/.NAME.WHAT.
    std::string beside(const std::string& what) const;
    /// What is on disk, in rising order.
    std::vector<std::int64_t> all() const { return all_; }

    /// One writer at a time: Kind::temporary when another holds it for longer than a second. Repairs what a crash of
    /// the former writer left, and looks at the directory again.
    Result<sys::FileLock> lock();
    /// An empty directory for the next generation, on the same file system. Hold the lock.
    Result<std::string> stage();
    /// Removes what was staged and not committed.
    void discard();
    /// Makes the staged directory durable, gives it its number and serves it. After a failure the old one is served.
    Status commit();
    /// Serves a generation that is on disk.
    Status serve(std::int64_t number);
    /// Removes the generations that are not in keep, nor served, nor 0, which was not ours.
    Status prune(const std::set<std::int64_t>& keep);

private:
    explicit Generations(std::string directory) : directory_(std::move(directory)) {}
    Status look();
    std::string staging() const { return beside("new"); }
    std::string link() const { return beside("link"); }

    std::string directory_;
    std::optional<std::int64_t> current_;
    bool plain_ = false; ///< directory_ is no link
    std::vector<std::int64_t> all_;
};

} // namespace albs::repo
