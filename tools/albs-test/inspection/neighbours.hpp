// SPDX-License-Identifier: GPL-3.0-or-later
// Packages that others are judged against: what files they have, and what their libraries export. Read once each.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.hpp"
#include "rpm/elf_file.hpp"
#include "rpm/package.hpp"

namespace albs::test {

/// A library as the loader sees it.
struct Library {
    std::string path;
    rpm::ElfFile elf;
};

/// An ELF file larger than this is read up to here only.
constexpr std::size_t max_elf = std::size_t{64} << 20;

/// The shared libraries of a package, by soname.
using Libraries = std::multimap<std::string, Library>;

class Neighbour {
public:
    explicit Neighbour(std::string path, rpm::Package package);
    const rpm::Package& package() const { return package_; }
    /// The file or directory; null if the package has none at that path. Directories above its files have none.
    const rpm::File* find(std::string_view path) const;
    /// The same, or a directory above a file.
    bool has(std::string_view path) const { return find(path) != nullptr || directories_.contains(std::string(path)); }
    /// Reads the payload when it is first asked. None for a damaged package. May be called by several threads.
    const Libraries& libraries() const;
    /// The build IDs of its programs and libraries, by system_path(). The same holds.
    const std::map<std::string, std::string>& build_ids() const;

private:
    std::string path_;
    rpm::Package package_;
    std::unordered_map<std::string, const rpm::File*> files_; ///< by path as system_path() has it
    std::unordered_set<std::string> directories_;
    void read_elves() const;
    mutable std::once_flag once_;
    mutable Libraries libraries_;
    mutable std::map<std::string, std::string> build_ids_;
};

/// The path with /bin, /sbin, /lib and /lib64 as the directories of /usr that they are.
std::string system_path(std::string_view path);

class Neighbours {
public:
    /// Null for what is no package, or is damaged.
    const Neighbour* read(const std::string& path);
    const Neighbour* add(const std::string& path, const rpm::Package& package);
    /// The libraries of this machine by that soname, in the directories that the loader searches first.
    const Library* machine_library(const std::string& soname, int bits);

private:
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<Neighbour>> packages_;
    std::map<std::string, std::unique_ptr<Library>> machine_;
};

} // namespace albs::test
