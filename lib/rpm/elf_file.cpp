// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/elf_file.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "rpm/elf_sections.hpp"
#include "rpm/library.hpp"

namespace albs::rpm {
namespace {

void read_dynamic(Elf* elf, ElfFile& file)
{
    std::optional<Section> dynamic = find_section(elf, SHT_DYNAMIC);
    if (!dynamic)
        return;
    for (std::size_t i = 0; i < dynamic->count(); ++i) {
        GElf_Dyn entry;
        if (gelf_getdyn(dynamic->data, static_cast<int>(i), &entry) == nullptr || entry.d_tag == DT_NULL)
            break;
        auto text = [&] { return string_at(elf, *dynamic, entry.d_un.d_val); };
        switch (entry.d_tag) {
        case DT_NEEDED: file.needed.push_back(text()); break;
        case DT_SONAME: file.soname = text(); break;
        case DT_RPATH: file.rpath = text(); break;
        case DT_RUNPATH: file.runpath = text(); break;
        case DT_TEXTREL: file.has_text_relocations = true; break;
        case DT_FLAGS:
            file.has_text_relocations = file.has_text_relocations || (entry.d_un.d_val & DF_TEXTREL) != 0;
            break;
        case DT_FLAGS_1: file.is_pie = (entry.d_un.d_val & DF_1_PIE) != 0; break;
        default: break;
        }
    }
}

void read_segments(Elf* elf, ElfFile& file)
{
    std::size_t count = 0;
    if (elf_getphdrnum(elf, &count) != 0)
        return;
    bool has_stack = false;
    for (std::size_t i = 0; i < count; ++i) {
        GElf_Phdr segment;
        if (gelf_getphdr(elf, static_cast<int>(i), &segment) == nullptr)
            break;
        if (segment.p_type == PT_DYNAMIC)
            file.is_dynamic = true;
        else if (segment.p_type == PT_GNU_RELRO)
            file.has_relro = true;
        else if (segment.p_type == PT_GNU_STACK) {
            has_stack = true;
            file.has_executable_stack = (segment.p_flags & PF_X) != 0;
        } else if (segment.p_type == PT_INTERP && segment.p_filesz > 1 && segment.p_filesz < 4096) {
            Elf_Data* data =
                elf_getdata_rawchunk(elf, static_cast<std::int64_t>(segment.p_offset), segment.p_filesz, ELF_T_BYTE);
            if (data != nullptr)
                file.interpreter.assign(static_cast<const char*>(data->d_buf), data->d_size - 1);
        }
    }
    // Machines of before PT_GNU_STACK take a file without one for one that wants to run its stack; newer ones do not.
    const bool is_old_machine = file.machine == EM_X86_64 || file.machine == EM_386 || file.machine == EM_PPC64 ||
                                file.machine == EM_S390 || file.machine == EM_ARM;
    if (!has_stack && is_old_machine && count > 0)
        file.has_executable_stack = true;
}

void read_build_id(Elf_Data* notes, ElfFile& file)
{
    GElf_Nhdr note;
    std::size_t name = 0;
    std::size_t description = 0;
    for (std::size_t at = 0;
         notes != nullptr && (at = gelf_getnote(notes, at, &note, &name, &description)) > 0;) {
        const char* bytes = static_cast<const char*>(notes->d_buf);
        if (note.n_type == NT_GNU_BUILD_ID &&
            std::string_view(bytes + name, note.n_namesz) == std::string_view("GNU\0", 4))
            file.build_id = to_hex({reinterpret_cast<const std::uint8_t*>(bytes) + description, note.n_descsz});
    }
}

void read_sections(Elf* elf, ElfFile& file)
{
    std::size_t names = 0;
    if (elf_getshdrstrndx(elf, &names) != 0)
        return;
    for (Elf_Scn* section = elf_nextscn(elf, nullptr); section != nullptr; section = elf_nextscn(elf, section)) {
        GElf_Shdr header;
        if (gelf_getshdr(section, &header) == nullptr)
            continue;
        const char* text = elf_strptr(elf, names, header.sh_name);
        const std::string_view name = text == nullptr ? "" : text;
        file.has_symbol_table = file.has_symbol_table || header.sh_type == SHT_SYMTAB;
        file.has_debug_info = file.has_debug_info ||
                              ((name == ".debug_info" || name == ".zdebug_info") && header.sh_type != SHT_NOBITS);
        if (header.sh_type == SHT_NOTE && file.build_id.empty())
            read_build_id(elf_getdata(section, nullptr), file);
    }
}

void read_symbols(Elf* elf, ElfFile& file)
{
    std::optional<Section> table = find_section(elf, SHT_DYNSYM);
    if (!table)
        return;
    const std::optional<Section> versym = find_section(elf, SHT_GNU_versym);
    const std::vector<std::string> defined = defined_versions(elf);
    const std::vector<std::string> needed = needed_versions(elf);
    for (std::size_t i = 1; i < table->count(); ++i) {
        GElf_Sym symbol;
        if (gelf_getsym(table->data, static_cast<int>(i), &symbol) == nullptr ||
            GELF_ST_BIND(symbol.st_info) == STB_LOCAL)
            continue;
        GElf_Versym index = 0;
        if (versym && gelf_getversym(versym->data, static_cast<int>(i), &index) != nullptr)
            index &= 0x7fffU;
        const bool is_undefined = symbol.st_shndx == SHN_UNDEF;
        const std::vector<std::string>& versions = is_undefined ? needed : defined;
        ElfSymbol one{string_at(elf, *table, symbol.st_name),
                      index > 1 && index < versions.size() ? versions[index] : std::string()};
        if (one.name.empty())
            continue;
        if (!is_undefined) {
            file.exported.push_back(one.name);
            if (!one.version.empty())
                file.exported.push_back(one.text());
        } else if (GELF_ST_BIND(symbol.st_info) != STB_WEAK) {
            file.undefined.push_back(std::move(one));
        }
    }
    std::sort(file.exported.begin(), file.exported.end());
}

} // namespace

std::optional<ElfFile> Library::read_elf(std::string_view bytes) const
{
    if (!bytes.starts_with("\177ELF"))
        return std::nullopt;
    (void)elf_version(EV_CURRENT);
    // libelf reads only; its interface just does not say so.
    const ElfHandle elf(elf_memory(const_cast<char*>(bytes.data()), bytes.size())); // NOLINT
    GElf_Ehdr header;
    if (!elf || elf_kind(elf.get()) != ELF_K_ELF || gelf_getehdr(elf.get(), &header) == nullptr)
        return std::nullopt;
    ElfFile file;
    file.machine = header.e_machine;
    file.bits = gelf_getclass(elf.get()) == ELFCLASS64 ? 64 : 32;
    file.type = header.e_type == ET_REL    ? ElfFile::Type::relocatable
                : header.e_type == ET_EXEC ? ElfFile::Type::executable
                : header.e_type == ET_DYN  ? ElfFile::Type::shared
                                           : ElfFile::Type::other;
    read_segments(elf.get(), file);
    read_dynamic(elf.get(), file);
    read_sections(elf.get(), file);
    read_symbols(elf.get(), file);
    return file;
}

} // namespace albs::rpm
