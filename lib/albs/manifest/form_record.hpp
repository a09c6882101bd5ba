// SPDX-License-Identifier: GPL-3.0-or-later
// What several statements of a manifest have in common, once: each of them is written as what it has besides.
#pragma once
#include <optional>

#include "albs/manifest/record.hpp"

namespace albs {

struct FormRecord {
    static constexpr std::string_view table = "forms";
    JsonText id;    ///< the first 12 hex digits of the SHA-256 of the statement in the compact form
    Json statement; ///< an object; null where statements of this form differ
};

FormRecord form_record(Json statement);

/// The statement that has OWN besides FORM: the members of both, in the order of FORM, those that only OWN has behind
/// them. Of two objects of one name this goes for their members; of anything else that of OWN counts.
Json with_form(const Json& form, const Json& own);
/// What with_form() makes the statement of; null when it cannot make it.
std::optional<Json> besides_form(const Json& form, const Json& statement);
/// A form for both: the members that both begin with, null where they differ.
Json common_form(const Json& first, const Json& second);

} // namespace albs
