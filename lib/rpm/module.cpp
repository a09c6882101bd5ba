// SPDX-License-Identifier: GPL-3.0-or-later
// albs-rpm.so, with librpm.
#include "rpm/table.hpp"
#include "sys/module.hpp"

namespace albs::rpm {
namespace {
constexpr Table table = {
    &initialize,
    &read_package,
    &read_info,
    &read_layout,
    &header_length,
    &compare_evr,
    &satisfies,
    &read_signatures,
    &hash_for_signing,
    &write_signed,
    &write_unsigned,
    &digest_unsigned,
    &Keyring::read,
    &Keyring::parse,
    &verify_signature,
    &compare,
    &verdict_name,
    &rpmlib_features,
    &Dependency::text,
};
} // namespace
} // namespace albs::rpm

ALBS_MODULE(albs::rpm::table)
