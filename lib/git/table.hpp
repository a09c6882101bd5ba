// SPDX-License-Identifier: GPL-3.0-or-later
// The module's table of functions. Only for the files of this folder.
#pragma once
#include "git/checkout.hpp"
#include "git/history.hpp"
#include "git/repository.hpp"

namespace albs::git {

struct Table {
    static constexpr const char* module = "albs-git";
    decltype(&Repository::open) repository_open_;
    decltype(&open_any) open_any_;
    decltype(&commit_record) commit_record_;
    decltype(&cas_key) cas_key_;
    decltype(&check_out) check_out_;
    decltype(&link_stays_inside) link_stays_inside_;
    decltype(&Repository::resolve) repository_resolve_;
    decltype(&Repository::raw_commit) repository_raw_commit_;
    decltype(&Repository::revision) repository_revision_;
    decltype(&Repository::has_commit) repository_has_commit_;
    decltype(&Repository::commit) repository_commit_;
    decltype(&Repository::ancestors) repository_ancestors_;
    decltype(&Repository::list) repository_list_;
    decltype(&Repository::blob) repository_blob_;
};

} // namespace albs::git
