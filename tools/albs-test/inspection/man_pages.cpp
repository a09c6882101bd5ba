// SPDX-License-Identifier: GPL-3.0-or-later
// Man pages: what man(1) can show.
#include <array>
#include <cctype>

#include "base/format.hpp"
#include "base/text.hpp"
#include "rpm/library.hpp"
#include "subject.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

constexpr std::size_t max_page = std::size_t{16} << 20;

/// ".gz" of "x.1.gz"; empty: not compressed.
std::string compression_of(const std::string& name)
{
    for (const char* ending : {".gz", ".xz", ".bz2", ".zst", ".lzma"})
        if (name.ends_with(ending))
            return ending;
    return "";
}

/// A page has a line with a title (man: .TH, mdoc: .Dd or .Dt) or consists of another one (.so).
bool is_page(const std::string& text)
{
    for (const std::string& line : split_lines(text))
        for (const char* macro : {".TH", ".Dd", ".Dt", ".so", "'\\\" t"})
            if (line.starts_with(macro) && macro[0] == '.')
                return true;
    return false;
}

void inspect_page(const Subject& subject, const std::string& path, const std::string& bytes, Faults& faults)
{
    faults.look_at("man");
    const std::string name = sys::base_name(path);
    const std::string ending = compression_of(name);
    const std::string plain = name.substr(0, name.size() - ending.size());
    const std::string section = plain.substr(plain.rfind('.') + 1);
    const std::string directory = sys::base_name(sys::directory_name(path));
    if (directory.starts_with("man") && directory.size() > 3 && !section.empty() && section.front() != directory[3])
        faults.add("bad-man", format_text("'{}' is of section {} by its name", path, section));
    Result<std::string> text = ending.empty() ? Result<std::string>(bytes)
                                              : rpm::library().decompress_bytes(bytes, ending, max_page);
    if (!text)
        faults.add("bad-man", format_text("'{}' cannot be decompressed", path));
    else if (trimmed(*text).empty())
        faults.add("bad-man", format_text("'{}' is empty", path));
    else if (!is_page(*text))
        faults.add("bad-man", format_text("'{}' is no page: it has no title", path));
    else if (text->starts_with(".so ") && subject.knows_required) {
        const std::string target = std::string(trimmed(split_lines(*text).front()).substr(4));
        const std::string place = sys::directory_name(sys::directory_name(path)) + "/" + target;
        bool is_there = false;
        for (const char* packing : {"", ".gz", ".xz", ".bz2", ".zst"})
            is_there = is_there || subject.holder_of(place + packing) != Holder::nobody ||
                       subject.holder_of(sys::directory_name(path) + "/" + target + packing) != Holder::nobody;
        if (!is_there)
            faults.add("bad-man", format_text("'{}' shows '{}', which nothing at hand has", path, target));
    }
}

} // namespace

void inspect_man_pages(const Subject& subject, Faults& faults)
{
    for (const auto& [path, bytes] : subject.contents.texts)
        if (path.starts_with("/usr/share/man/") && path.find("/man", 14) != path.npos)
            inspect_page(subject, path, bytes, faults);
}

} // namespace albs::test
