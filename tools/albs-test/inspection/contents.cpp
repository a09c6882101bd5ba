// SPDX-License-Identifier: GPL-3.0-or-later
#include "contents.hpp"

#include <array>
#include <cstring>

#include "neighbours.hpp"
#include "rpm/library.hpp"

namespace albs::test {
namespace {

constexpr std::size_t max_text = std::size_t{1} << 20;

bool is_read(std::string_view path)
{
    static constexpr std::array places = {
        "/usr/lib/systemd/system/", "/usr/lib/systemd/user/",   "/usr/lib/tmpfiles.d/",   "/usr/lib/sysusers.d/",
        "/etc/systemd/system/",     "/etc/tmpfiles.d/",         "/usr/share/man/",        "/usr/share/applications/",
        "/usr/share/dbus-1/",       "/usr/share/polkit-1/",     "/usr/share/metainfo/",   "/usr/share/appdata/",
        "/etc/dbus-1/",             "/etc/xdg/autostart/"};
    for (std::string_view place : places)
        if (path.starts_with(place))
            return true;
    return false;
}

/// Looks for names in a stream: a name may begin in one piece and end in the next.
class NameSearch {
public:
    explicit NameSearch(const std::string& source)
        : roots_{"/BUILDROOT/" + source, source + "-build/BUILDROOT"},
          directories_{"/builddir/build/BUILD", "/BUILD/" + source + "/"}, longest_(source.size() + 32)
    {
    }
    void feed(std::string_view piece)
    {
        seam_.append(piece.substr(0, longest_));
        search(seam_);
        search(piece);
        seam_ = piece.size() >= longest_ ? piece.substr(piece.size() - longest_)
                                         : seam_.substr(seam_.size() - std::min(seam_.size(), longest_));
    }
    bool root = false;
    bool directory = false;

private:
    static bool has(std::string_view text, const std::array<std::string, 2>& names)
    {
        for (const std::string& name : names)
            if (::memmem(text.data(), text.size(), name.data(), name.size()) != nullptr)
                return true;
        return false;
    }
    void search(std::string_view text)
    {
        root = root || has(text, roots_);
        directory = directory || has(text, directories_);
    }
    std::array<std::string, 2> roots_;
    std::array<std::string, 2> directories_;
    std::size_t longest_;
    std::string seam_;
};

void add_script(Contents& contents, std::string_view path, std::string_view start)
{
    if (!start.starts_with("#!"))
        return;
    std::string_view line = start.substr(2, start.substr(0, 4096).find('\n') - 2);
    contents.scripts.push_back({std::string(path), std::string(line)});
}

Status read_one(Contents& contents, std::string_view path, const rpm::FileReader& file, const std::string& source)
{
    const bool is_text = is_read(path);
    std::string kept;
    NameSearch search(source);
    bool is_elf = false;
    bool is_first = true;
    while (true) {
        ALBS_TRY(std::string_view piece, file.next());
        if (piece.empty())
            break;
        if (is_first) {
            is_elf = piece.starts_with("\177ELF");
            add_script(contents, path, piece);
        }
        is_first = false;
        search.feed(piece);
        const std::size_t room = is_elf ? max_elf : is_text ? max_text : 0;
        kept.append(piece.substr(0, room - std::min(room, kept.size())));
    }
    if (search.root)
        contents.naming_build_root.emplace_back(path);
    else if (search.directory)
        contents.naming_build_directory.emplace_back(path);
    if (is_elf) {
        if (std::optional<rpm::ElfFile> elf = rpm::library().read_elf(kept))
            contents.elves.push_back(
                {std::string(path), *std::move(elf), file.size() <= static_cast<std::int64_t>(max_elf)});
    } else if (is_text) {
        contents.texts.emplace(path, std::move(kept));
    }
    return {};
}

} // namespace

Result<Contents> read_contents(const std::string& package, const std::string& source)
{
    Contents contents;
    ALBS_CHECK(rpm::library().read_files(package, [&](std::string_view path, const rpm::FileReader& file) {
        return read_one(contents, path, file, source);
    }));
    return contents;
}

} // namespace albs::test
