// SPDX-License-Identifier: GPL-3.0-or-later
// What libmodulemd does for us, as sys/module.hpp explains.
#pragma once
#include "modules/streams.hpp"

namespace albs::modules {

class Library {
public:
    /// Texts of modules.yaml, decompressed; of several defaults for one module that say different things none counts.
    /// Kind::input for what libmodulemd refuses.
    virtual Result<Document> read(const std::vector<std::string>& texts) const;
};
const Library& library();

} // namespace albs::modules
