// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/shared_library.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "rpm/elf_sections.hpp"

namespace albs::rpm {
namespace {

std::string soname_of(Elf* elf)
{
    std::optional<Section> dynamic = find_section(elf, SHT_DYNAMIC);
    if (!dynamic)
        return "";
    for (std::size_t i = 0; i < dynamic->count(); ++i) {
        GElf_Dyn entry;
        if (gelf_getdyn(dynamic->data, static_cast<int>(i), &entry) != nullptr && entry.d_tag == DT_SONAME)
            return string_at(elf, *dynamic, entry.d_un.d_val);
    }
    return "";
}

/// "@VERSION" or "@@VERSION" of a symbol; nothing: it has none. VERSYM: Elf64_Half of each symbol, the highest bit for
/// a version that is not the default (LSB, symbol versioning).
std::string version_of(const std::optional<Section>& versym, const std::vector<std::string>& versions, std::size_t i)
{
    constexpr GElf_Versym hidden = 0x8000;
    GElf_Versym index = 0;
    if (!versym || gelf_getversym(versym->data, static_cast<int>(i), &index) == nullptr)
        return "";
    const std::size_t number = index & ~hidden;
    if (number < 2 || number >= versions.size())
        return "";
    return ((index & hidden) != 0 ? "@" : "@@") + versions[number];
}

std::vector<std::string> symbols_of(Elf* elf)
{
    std::vector<std::string> symbols;
    std::optional<Section> table = find_section(elf, SHT_DYNSYM);
    if (!table)
        return symbols;
    const std::optional<Section> versym = find_section(elf, SHT_GNU_versym);
    const std::vector<std::string> versions = defined_versions(elf);
    for (std::size_t i = 0; i < table->count(); ++i) {
        GElf_Sym symbol;
        if (gelf_getsym(table->data, static_cast<int>(i), &symbol) == nullptr || symbol.st_shndx == SHN_UNDEF ||
            GELF_ST_BIND(symbol.st_info) == STB_LOCAL)
            continue;
        const unsigned type = GELF_ST_TYPE(symbol.st_info);
        const bool is_data = type == STT_OBJECT || type == STT_TLS || type == STT_COMMON;
        symbols.push_back(format_text("{}{} {} {}", string_at(elf, *table, symbol.st_name),
                                      version_of(versym, versions, i), type, is_data ? symbol.st_size : 0));
    }
    std::sort(symbols.begin(), symbols.end());
    return symbols;
}

} // namespace

std::optional<SharedLibrary> read_shared_library(std::string_view file)
{
    if (!file.starts_with("\177ELF"))
        return std::nullopt;
    (void)elf_version(EV_CURRENT);
    // libelf reads only; its interface just does not say so.
    const ElfHandle elf(elf_memory(const_cast<char*>(file.data()), file.size())); // NOLINT
    GElf_Ehdr header;
    if (!elf || elf_kind(elf.get()) != ELF_K_ELF || gelf_getehdr(elf.get(), &header) == nullptr ||
        header.e_type != ET_DYN)
        return std::nullopt;
    SharedLibrary library{soname_of(elf.get()), {}};
    if (library.soname.empty())
        return std::nullopt;
    library.symbols = symbols_of(elf.get());
    return library;
}

} // namespace albs::rpm
