// SPDX-License-Identifier: GPL-3.0-or-later
#include "neighbours.hpp"

#include <array>

#include "rpm/library.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

bool is_for_debuggers(std::string_view path)
{
    return path.starts_with("/usr/lib/debug/") || path.starts_with("/usr/lib/.build-id/");
}

} // namespace

std::string system_path(std::string_view path)
{
    static constexpr std::array merged = {"/bin", "/sbin", "/lib", "/lib64"};
    for (std::string_view top : merged)
        if (path.starts_with(top) && (path.size() == top.size() || path[top.size()] == '/'))
            return "/usr" + std::string(path);
    return std::string(path);
}

Neighbour::Neighbour(std::string path, rpm::Package package) : path_(std::move(path)), package_(std::move(package))
{
    for (const rpm::File& file : package_.files) {
        const std::string place = system_path(file.path);
        files_.emplace(place, &file);
        for (std::size_t end = place.rfind('/'); end != 0 && end != place.npos; end = place.rfind('/', end - 1))
            if (!directories_.insert(place.substr(0, end)).second)
                break;
    }
}

const rpm::File* Neighbour::find(std::string_view path) const
{
    auto found = files_.find(std::string(path));
    return found == files_.end() ? nullptr : found->second;
}

void Neighbour::read_elves() const
{
    // A damaged package has no libraries that anybody could use; that it is damaged is for the test integrity to say.
    (void)rpm::library().read_files(path_, [&](std::string_view path, const rpm::FileReader& file) -> Status {
        if (is_for_debuggers(path))
            return {};
        std::string content;
        while (content.size() < max_elf) {
            ALBS_TRY(std::string_view piece, file.next());
            if (piece.empty() || (content.empty() && !piece.starts_with("\177ELF")))
                break;
            content += piece;
        }
        std::optional<rpm::ElfFile> elf = rpm::library().read_elf(content);
        if (!elf)
            return {};
        build_ids_.emplace(system_path(path), elf->build_id);
        if (elf->type != rpm::ElfFile::Type::shared || path.find(".so") == path.npos)
            return {};
        std::string name = elf->soname.empty() ? sys::base_name(path) : elf->soname;
        libraries_.emplace(std::move(name), Library{std::string(path), *std::move(elf)});
        return {};
    });
}

const Libraries& Neighbour::libraries() const
{
    std::call_once(once_, [&] { read_elves(); });
    return libraries_;
}

const std::map<std::string, std::string>& Neighbour::build_ids() const
{
    std::call_once(once_, [&] { read_elves(); });
    return build_ids_;
}

const Neighbour* Neighbours::read(const std::string& path)
{
    {
        std::lock_guard lock(mutex_);
        if (auto known = packages_.find(path); known != packages_.end())
            return known->second.get();
    }
    auto package = rpm::library().read_package(path);
    if (!package)
        return nullptr;
    return add(path, *package);
}

const Neighbour* Neighbours::add(const std::string& path, const rpm::Package& package)
{
    std::lock_guard lock(mutex_);
    std::unique_ptr<Neighbour>& place = packages_[path];
    if (!place)
        place = std::make_unique<Neighbour>(path, package);
    return place.get();
}

const Library* Neighbours::machine_library(const std::string& soname, int bits)
{
    static constexpr std::array wide = {"/usr/lib64/", "/usr/lib/x86_64-linux-gnu/", "/usr/lib/aarch64-linux-gnu/",
                                        "/usr/lib/"};
    static constexpr std::array narrow = {"/usr/lib/i386-linux-gnu/", "/usr/lib32/", "/usr/lib/"};
    if (soname.find('/') != soname.npos)
        return nullptr;
    std::lock_guard lock(mutex_);
    const std::string key = soname + (bits == 64 ? " 64" : " 32");
    if (auto known = machine_.find(key); known != machine_.end())
        return known->second.get();
    std::unique_ptr<Library>& place = machine_[key];
    const std::vector<std::string> directories = bits == 64 ? std::vector<std::string>(wide.begin(), wide.end())
                                                            : std::vector<std::string>(narrow.begin(), narrow.end());
    for (const std::string& directory : directories) {
        Result<std::string> bytes = sys::read_file(directory + soname, std::int64_t{max_elf});
        std::optional<rpm::ElfFile> elf = bytes ? rpm::library().read_elf(*bytes) : std::nullopt;
        if (elf && elf->bits == bits) {
            place = std::make_unique<Library>(Library{directory + soname, *std::move(elf)});
            break;
        }
    }
    return place.get();
}

} // namespace albs::test
