// SPDX-License-Identifier: GPL-3.0-or-later
// The module's table of functions. Only for the files of this folder.
#pragma once
#include "solve/pool.hpp"

namespace albs::solve {

struct Table {
    static constexpr const char* module = "albs-solve";
    decltype(&Pool::make) pool_make_;
    decltype(&Pool::read_repomd) pool_read_repomd_;
    decltype(&Pool::read_index) pool_read_index_;
    decltype(&Pool::read_metadata) pool_read_metadata_;
    decltype(&Pool::add_tree) pool_add_tree_;
    decltype(&Pool::add_metadata) pool_add_metadata_;
    decltype(&Pool::add_groups) pool_add_groups_;
    decltype(&Pool::add_advisories) pool_add_advisories_;
    decltype(&Pool::write_cache) pool_write_cache_;
    decltype(&Pool::add_cache) pool_add_cache_;
    decltype(&Pool::set_priority) pool_set_priority_;
    decltype(&Pool::exclude) pool_exclude_;
    decltype(&Pool::filter_modules) pool_filter_modules_;
    decltype(&Pool::describe) pool_describe_;
    decltype(&Pool::add_package) pool_add_package_;
    decltype(&Pool::add_virtual) pool_add_virtual_;
    decltype(&Pool::add_database) pool_add_database_;
    decltype(&Pool::set_installed) pool_set_installed_;
    decltype(&Pool::packages) pool_packages_;
    decltype(&Pool::nevra) pool_nevra_;
    decltype(&Pool::name) pool_name_;
    decltype(&Pool::repository) pool_repository_;
    decltype(&Pool::location) pool_location_;
    decltype(&Pool::sha256) pool_sha256_;
    decltype(&Pool::previous) pool_previous_;
    decltype(&Pool::providers) pool_providers_;
    decltype(&Pool::closure) pool_closure_;
    decltype(&Pool::solve) pool_solve_;
};

} // namespace albs::solve
