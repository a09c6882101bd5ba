// SPDX-License-Identifier: GPL-3.0-or-later
// The module's table of functions. Only for the files of this folder.
#pragma once
#include "rpm/compare.hpp"
#include "rpm/features.hpp"
#include "rpm/package.hpp"
#include "rpm/signature.hpp"
#include "rpm/verify.hpp"

namespace albs::rpm {

struct Table {
    static constexpr const char* module = "albs-rpm";
    decltype(&initialize) initialize_;
    decltype(&read_package) read_package_;
    decltype(&read_info) read_info_;
    decltype(&read_layout) read_layout_;
    decltype(&header_length) header_length_;
    decltype(&compare_evr) compare_evr_;
    decltype(&satisfies) satisfies_;
    decltype(&read_signatures) read_signatures_;
    decltype(&hash_for_signing) hash_for_signing_;
    decltype(&write_signed) write_signed_;
    decltype(&write_unsigned) write_unsigned_;
    decltype(&digest_unsigned) digest_unsigned_;
    decltype(&Keyring::read) keyring_read_;
    decltype(&Keyring::parse) keyring_parse_;
    decltype(&verify_signature) verify_signature_;
    decltype(&compare) compare_;
    decltype(&verdict_name) verdict_name_;
    decltype(&rpmlib_features) rpmlib_features_;
    decltype(&Dependency::text) dependency_text_;
};

} // namespace albs::rpm
