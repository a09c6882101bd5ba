// SPDX-License-Identifier: GPL-3.0-or-later
// What the tools link: the module is loaded at the first call (sys/module.hpp says why).
#include "repo/table.hpp"
#include "sys/module.hpp"

namespace albs::repo {
namespace {

const Table& library()
{
    return sys::module_table<Table>();
}

} // namespace

Result<Repomd> read_repomd(const std::string& repository)
{
    return library().read_repomd_(repository);
}

Status check_metadata(const std::string& repository, const Repomd& repomd)
{
    return library().check_metadata_(repository, repomd);
}

Result<std::vector<ListedPackage>> read_packages(const std::string& repository, const Repomd& repomd)
{
    return library().read_packages_(repository, repomd);
}

Result<std::string> read_metadata_text(const std::string& path)
{
    return library().read_metadata_text_(path);
}

Result<NewMetadata> write_metadata(const std::string& repository, const Contents& contents, std::size_t jobs)
{
    return library().write_metadata_(repository, contents, jobs);
}

UpdateInfo UpdateInfo::make()
{
    return library().updateinfo_make_();
}

Result<UpdateInfo> UpdateInfo::read(const std::string& path)
{
    return library().updateinfo_read_(path);
}

bool UpdateInfo::empty() const
{
    return (this->*library().updateinfo_empty_)();
}

std::optional<std::string> UpdateInfo::updated_of(const std::string& id) const
{
    return (this->*library().updateinfo_updated_of_)(id);
}

std::string UpdateInfo::xml_of(const std::string& id) const
{
    return (this->*library().updateinfo_xml_of_)(id);
}

void UpdateInfo::put(const Advisory& advisory, const std::string& collection, const std::vector<ListedPackage>& packages)
{
    return (this->*library().updateinfo_put_)(advisory, collection, packages);
}

void UpdateInfo::remove(const std::string& id)
{
    return (this->*library().updateinfo_remove_)(id);
}

Result<std::string> UpdateInfo::xml() const
{
    return (this->*library().updateinfo_xml_)();
}

} // namespace albs::repo
