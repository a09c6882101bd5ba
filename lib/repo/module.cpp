// SPDX-License-Identifier: GPL-3.0-or-later
// albs-repo.so, with libcreaterepo_c and all that it needs.
#include "repo/table.hpp"
#include "sys/module.hpp"

namespace albs::repo {
namespace {
constexpr Table table = {
    &read_repomd,
    &check_metadata,
    &read_packages,
    &read_metadata_text,
    &write_metadata,
    &UpdateInfo::make,
    &UpdateInfo::read,
    &UpdateInfo::empty,
    &UpdateInfo::updated_of,
    &UpdateInfo::xml_of,
    &UpdateInfo::put,
    &UpdateInfo::remove,
    &UpdateInfo::xml,
};
} // namespace
} // namespace albs::repo

ALBS_MODULE(albs::repo::table)
