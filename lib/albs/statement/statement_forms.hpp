// SPDX-License-Identifier: GPL-3.0-or-later
// Statements of one kind say much the same: what they have in common is written once.
#pragma once
#include <vector>

#include "albs/manifest/form_record.hpp"
#include "albs/manifest/notarization.hpp"

namespace albs {

/// Of the files of one task, and of the other records of one kind, the statements become what they have besides a form,
/// where the manifest is smaller for it. Changes of status stay whole: who cannot have the form must know of them.
/// Returns the forms.
std::vector<FormRecord> share_forms(std::vector<Notarization>& notarizations);

} // namespace albs
