// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/shared_library.hpp"

#include <algorithm>
#include <gelf.h>
#include <memory>

#include "base/format.hpp"

namespace albs::rpm {
namespace {

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

std::optional<Section> find(Elf* elf, std::uint32_t type)
{
    Section found;
    for (Elf_Scn* section = elf_nextscn(elf, nullptr); section != nullptr; section = elf_nextscn(elf, section))
        if (gelf_getshdr(section, &found.header) != nullptr && found.header.sh_type == type) {
            found.data = elf_getdata(section, nullptr);
            return found.data != nullptr ? std::optional(found) : std::nullopt;
        }
    return std::nullopt;
}

std::string string_at(Elf* elf, const Section& section, std::size_t offset)
{
    const char* text = elf_strptr(elf, section.header.sh_link, offset);
    return text == nullptr ? "" : text;
}

std::string soname_of(Elf* elf)
{
    std::optional<Section> dynamic = find(elf, SHT_DYNAMIC);
    if (!dynamic)
        return "";
    for (std::size_t i = 0; i < dynamic->count(); ++i) {
        GElf_Dyn entry;
        if (gelf_getdyn(dynamic->data, static_cast<int>(i), &entry) != nullptr && entry.d_tag == DT_SONAME)
            return string_at(elf, *dynamic, entry.d_un.d_val);
    }
    return "";
}

/// The names of the versions that the library defines, by their index.
std::vector<std::string> versions_of(Elf* elf)
{
    std::vector<std::string> names;
    std::optional<Section> section = find(elf, SHT_GNU_verdef);
    if (!section)
        return names;
    std::size_t at = 0;
    for (std::size_t i = 0; i < section->header.sh_info; ++i) {
        GElf_Verdef version;
        GElf_Verdaux name;
        if (gelf_getverdef(section->data, static_cast<int>(at), &version) == nullptr ||
            gelf_getverdaux(section->data, static_cast<int>(at + version.vd_aux), &name) == nullptr)
            break;
        names.resize(std::max<std::size_t>(names.size(), version.vd_ndx + std::size_t{1}));
        names[version.vd_ndx] = string_at(elf, *section, name.vda_name);
        if (version.vd_next == 0)
            break;
        at += version.vd_next;
    }
    return names;
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
    std::optional<Section> table = find(elf, SHT_DYNSYM);
    if (!table)
        return symbols;
    const std::optional<Section> versym = find(elf, SHT_GNU_versym);
    const std::vector<std::string> versions = versions_of(elf);
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
