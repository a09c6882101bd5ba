// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/elf_sections.hpp"

#include <algorithm>

namespace albs::rpm {

std::optional<Section> find_section(Elf* elf, std::uint32_t type)
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

namespace {

void set_name(std::vector<std::string>& names, std::size_t index, std::string name)
{
    names.resize(std::max(names.size(), index + 1));
    names[index] = std::move(name);
}

} // namespace

std::vector<std::string> defined_versions(Elf* elf)
{
    std::vector<std::string> names;
    std::optional<Section> section = find_section(elf, SHT_GNU_verdef);
    if (!section)
        return names;
    std::size_t at = 0;
    for (std::size_t i = 0; i < section->header.sh_info; ++i) {
        GElf_Verdef version;
        GElf_Verdaux name;
        if (gelf_getverdef(section->data, static_cast<int>(at), &version) == nullptr ||
            gelf_getverdaux(section->data, static_cast<int>(at + version.vd_aux), &name) == nullptr)
            break;
        set_name(names, version.vd_ndx, string_at(elf, *section, name.vda_name));
        if (version.vd_next == 0)
            break;
        at += version.vd_next;
    }
    return names;
}

std::vector<std::string> needed_versions(Elf* elf)
{
    std::vector<std::string> names;
    std::optional<Section> section = find_section(elf, SHT_GNU_verneed);
    if (!section)
        return names;
    std::size_t at = 0;
    for (std::size_t i = 0; i < section->header.sh_info; ++i) {
        GElf_Verneed library;
        if (gelf_getverneed(section->data, static_cast<int>(at), &library) == nullptr)
            break;
        std::size_t place = at + library.vn_aux;
        for (std::size_t j = 0; j < library.vn_cnt; ++j) {
            GElf_Vernaux version;
            if (gelf_getvernaux(section->data, static_cast<int>(place), &version) == nullptr)
                break;
            set_name(names, version.vna_other & 0x7fffU, string_at(elf, *section, version.vna_name));
            if (version.vna_next == 0)
                break;
            place += version.vna_next;
        }
        if (library.vn_next == 0)
            break;
        at += library.vn_next;
    }
    return names;
}

} // namespace albs::rpm
