// SPDX-License-Identifier: GPL-3.0-or-later
// What an ELF file asks of the loader, and what it offers.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace albs::rpm {

struct ElfSymbol {
    std::string name;
    std::string version; ///< "GLIBC_2.34"; empty: none
    std::string text() const { return version.empty() ? name : name + "@" + version; }
};

struct ElfFile {
    enum class Type { relocatable, executable, shared, other };
    Type type = Type::other;
    std::uint32_t machine = 0; ///< EM_*
    int bits = 0;              ///< 32 or 64
    bool is_dynamic = false;
    bool is_pie = false;
    std::string interpreter; ///< the loader; empty: no program that it starts
    std::string soname;
    std::vector<std::string> needed;
    std::optional<std::string> rpath;
    std::optional<std::string> runpath;
    bool has_executable_stack = false; ///< says so, or does not say that it wants none
    bool has_relro = false;
    bool has_text_relocations = false;
    bool has_symbol_table = false; ///< of all symbols, for debuggers
    bool has_debug_info = false;
    std::string build_id; ///< hex
    std::vector<ElfSymbol> undefined;  ///< must be found, that is, they are not weak
    std::vector<std::string> exported; ///< names, and "NAME@VERSION", sorted
};

} // namespace albs::rpm
