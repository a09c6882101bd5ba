// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "platform/definition.hpp"

namespace albs::platform {

/// The definition in the schema that it was read from: read_definitions() of a list of it gives the same definition.
/// Members that say nothing are left out, and so is what is only for a build service.
Json definition_json(const Definition& definition);

} // namespace albs::platform
