// SPDX-License-Identifier: GPL-3.0-or-later
// albs-solve.so, with libsolv.
#include "solve/table.hpp"
#include "sys/module.hpp"

namespace albs::solve {
namespace {
constexpr Table table = {
    &Pool::make,
    &Pool::read_repomd,
    &Pool::read_index,
    &Pool::read_metadata,
    &Pool::add_tree,
    &Pool::add_metadata,
    &Pool::add_groups,
    &Pool::add_advisories,
    &Pool::write_cache,
    &Pool::add_cache,
    &Pool::set_priority,
    &Pool::exclude,
    &Pool::filter_modules,
    &Pool::describe,
    &Pool::add_package,
    &Pool::add_virtual,
    &Pool::add_database,
    &Pool::set_installed,
    &Pool::packages,
    &Pool::nevra,
    &Pool::name,
    &Pool::repository,
    &Pool::location,
    &Pool::sha256,
    &Pool::previous,
    &Pool::providers,
    &Pool::closure,
    &Pool::solve,
};
} // namespace
} // namespace albs::solve

ALBS_MODULE(albs::solve::table)
