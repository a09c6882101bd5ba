// SPDX-License-Identifier: GPL-3.0-or-later
// What the tools link: the module is loaded at the first call (sys/module.hpp says why).
#include "solve/table.hpp"
#include "sys/module.hpp"

namespace albs::solve {
namespace {

const Table& library()
{
    return sys::module_table<Table>();
}

} // namespace

Result<Pool> Pool::make(const std::string& arch)
{
    return library().pool_make_(arch);
}

Result<std::vector<Pool::NamedFile>> Pool::read_repomd(const std::string& path)
{
    return library().pool_read_repomd_(path);
}

Result<Pool::Index> Pool::read_index(const std::string& path)
{
    return library().pool_read_index_(path);
}

Result<std::string> Pool::read_metadata(const std::string& path)
{
    return library().pool_read_metadata_(path);
}

Status Pool::add_tree(const std::string& repository, const std::string& directory)
{
    return (this->*library().pool_add_tree_)(repository, directory);
}

Status Pool::add_metadata(const std::string& repository, const Metadata& files)
{
    return (this->*library().pool_add_metadata_)(repository, files);
}

Status Pool::add_groups(const std::string& repository, const std::string& comps)
{
    return (this->*library().pool_add_groups_)(repository, comps);
}

Status Pool::add_advisories(const std::string& repository, const std::string& updateinfo)
{
    return (this->*library().pool_add_advisories_)(repository, updateinfo);
}

Status Pool::write_cache(const std::string& repository, const std::string& path) const
{
    return (this->*library().pool_write_cache_)(repository, path);
}

Status Pool::add_cache(const std::string& repository, const std::string& path, bool partial)
{
    return (this->*library().pool_add_cache_)(repository, path, partial);
}

void Pool::set_priority(const std::string& repository, int priority)
{
    return (this->*library().pool_set_priority_)(repository, priority);
}

void Pool::exclude(const std::string& repository, const std::vector<std::string>& patterns)
{
    return (this->*library().pool_exclude_)(repository, patterns);
}

void Pool::filter_modules(const ModuleArtifacts& artifacts, const std::vector<std::string>& hotfixes)
{
    return (this->*library().pool_filter_modules_)(artifacts, hotfixes);
}

Description Pool::describe(PackageId package) const
{
    return (this->*library().pool_describe_)(package);
}

Result<PackageId> Pool::add_package(const std::string& repository, const std::string& rpm)
{
    return (this->*library().pool_add_package_)(repository, rpm);
}

PackageId Pool::add_virtual(const std::string& repository, const VirtualPackage& package)
{
    return (this->*library().pool_add_virtual_)(repository, package);
}

Status Pool::add_database(const std::string& repository, const std::string& root)
{
    return (this->*library().pool_add_database_)(repository, root);
}

void Pool::set_installed(const std::string& repository)
{
    return (this->*library().pool_set_installed_)(repository);
}

std::vector<PackageId> Pool::packages(const std::string& repository) const
{
    return (this->*library().pool_packages_)(repository);
}

std::string Pool::nevra(PackageId package) const
{
    return (this->*library().pool_nevra_)(package);
}

std::string Pool::name(PackageId package) const
{
    return (this->*library().pool_name_)(package);
}

std::string Pool::repository(PackageId package) const
{
    return (this->*library().pool_repository_)(package);
}

std::string Pool::location(PackageId package) const
{
    return (this->*library().pool_location_)(package);
}

std::optional<std::string> Pool::sha256(PackageId package) const
{
    return (this->*library().pool_sha256_)(package);
}

std::optional<PackageId> Pool::previous(PackageId package) const
{
    return (this->*library().pool_previous_)(package);
}

std::vector<PackageId> Pool::providers(const std::string& capability)
{
    return (this->*library().pool_providers_)(capability);
}

std::vector<Missing> Pool::closure(const std::vector<PackageId>& of)
{
    return (this->*library().pool_closure_)(of);
}

Solution Pool::solve(const Request& request)
{
    return (this->*library().pool_solve_)(request);
}

} // namespace albs::solve
