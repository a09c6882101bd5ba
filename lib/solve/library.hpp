// SPDX-License-Identifier: GPL-3.0-or-later
// What libsolv does for us, as sys/module.hpp explains.
#pragma once
#include "solve/pool.hpp"

namespace albs::solve {

class Library {
public:
    /// arch is rpm's name of the machine's architecture. What cannot run there can be in the pool but not be installed.
    virtual Result<std::unique_ptr<Pool>> make_pool(const std::string& arch) const;
    /// For those who fetch the files of a repository before they add them.
    virtual Result<std::vector<Pool::NamedFile>> read_repomd(const std::string& path) const;
    virtual Result<Pool::Index> read_index(const std::string& path) const;
    /// The text of a metadata file, decompressed.
    virtual Result<std::string> read_metadata(const std::string& path) const;
};
const Library& library();

} // namespace albs::solve
