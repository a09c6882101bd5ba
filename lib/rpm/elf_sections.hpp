// SPDX-License-Identifier: GPL-3.0-or-later
// Sections of an ELF file, as libelf finds them. Only for the files of this folder.
#pragma once
#include <gelf.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace albs::rpm {

struct EndElf {
    void operator()(Elf* elf) const { (void)elf_end(elf); }
};
using ElfHandle = std::unique_ptr<Elf, EndElf>;

/// A section of an ELF file with its contents.
struct Section {
    GElf_Shdr header = {};
    Elf_Data* data = nullptr;
    std::size_t count() const { return header.sh_entsize == 0 ? 0 : data->d_size / header.sh_entsize; }
};

/// The first section of that type (SHT_*).
std::optional<Section> find_section(Elf* elf, std::uint32_t type);
/// In the section of strings that belongs to it.
std::string string_at(Elf* elf, const Section& section, std::size_t offset);
/// The names of the versions that the file defines, by their index.
std::vector<std::string> defined_versions(Elf* elf);
/// And of those that it wants of others.
std::vector<std::string> needed_versions(Elf* elf);

} // namespace albs::rpm
