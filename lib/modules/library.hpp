// SPDX-License-Identifier: GPL-3.0-or-later
// What libmodulemd does for us, as sys/module.hpp explains.
#pragma once
#include "modules/build_description.hpp"
#include "modules/streams.hpp"
#include "modules/template.hpp"

namespace albs::modules {

class Library {
public:
    /// Texts of modules.yaml, decompressed; of several defaults for one module that say different things none counts.
    /// Kind::input for what libmodulemd refuses.
    virtual Result<Document> read(const std::vector<std::string>& texts) const;
    /// One document, as its author wrote it. Kind::input for what libmodulemd refuses, or no order can be found in.
    virtual Result<Template> read_template(const std::string& text) const;
    /// The same document, as one who builds the stream needs it; name and stream count before its own.
    virtual Result<BuildDescription> read_description(const std::string& text, const std::string& name,
                                                      const std::string& stream) const;
    /// The document of a stream that was built from that template, as modules.yaml has it; and of NAME-devel, which
    /// needs it, where the filter left out packages.
    virtual Result<std::string> write_stream(const std::string& text, const BuiltStream& built) const;
};
const Library& library();

} // namespace albs::modules
