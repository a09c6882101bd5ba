// SPDX-License-Identifier: GPL-3.0-or-later
// albs-git.so, with libgit2.
#include "git/table.hpp"
#include "sys/module.hpp"

namespace albs::git {
namespace {
constexpr Table table = {
    &Repository::open,
    &open_any,
    &commit_record,
    &cas_key,
    &check_out,
    &link_stays_inside,
    &Repository::resolve,
    &Repository::raw_commit,
    &Repository::revision,
    &Repository::has_commit,
    &Repository::commit,
    &Repository::ancestors,
    &Repository::list,
    &Repository::blob,
};
} // namespace
} // namespace albs::git

ALBS_MODULE(albs::git::table)
