// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of data.mock. Only for the files of this folder.
#pragma once
#include <span>

#include "platform/yaml.hpp"

namespace albs::platform {

struct MockKey {
    const char* name;
    Value::Type type;
};

/// Every key that may stand in data.mock and becomes a member of config_opts, with its type. Macros are not among them:
/// they have their own fields.
std::span<const MockKey> mock_keys();

} // namespace albs::platform
