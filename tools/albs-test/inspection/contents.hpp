// SPDX-License-Identifier: GPL-3.0-or-later
// What the payload of a package shows, in one pass: ELF files as the loader sees them, and texts that are looked at.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "rpm/elf_file.hpp"
#include "rpm/package.hpp"

namespace albs::test {

struct ElfEntry {
    std::string path;
    rpm::ElfFile elf;
    bool is_whole = true; ///< it was not too large to be read to its end
};

/// "#!/usr/bin/perl -w"
struct ScriptEntry {
    std::string path;
    std::string interpreter_line; ///< what follows "#!", without its newline
};

struct Contents {
    std::vector<ElfEntry> elves;
    std::vector<ScriptEntry> scripts;
    std::map<std::string, std::string> texts; ///< by path: units, man pages and what else is_read() names
    std::vector<std::string> naming_build_root; ///< files whose bytes name it
    std::vector<std::string> naming_build_directory;
};

/// One pass over the payload; of a file no more is kept than max_elf. Kind::input for a damaged one. source: name and
/// version of the source package, "hello-1.2", after which rpmbuild calls its directories.
Result<Contents> read_contents(const std::string& package, const std::string& source);

} // namespace albs::test
