// SPDX-License-Identifier: GPL-3.0-or-later
// What yaml-cpp does for us, as sys/module.hpp explains.
#pragma once
#include "platform/catalog.hpp"
#include "platform/yaml.hpp"

namespace albs::platform {

class Library {
public:
    /// The definitions of the files, and ours; platform: which of our platforms may be asked for, the others are not
    /// read. Kind::input with "FILE:LINE: why" for anything that albs-platforms(5) does not have; given_error() for a
    /// file that cannot be read.
    virtual Result<Catalog> read_catalog(const std::vector<std::string>& files, const std::string& platform) const;
    /// One of ours (known()), without flavors; Kind::usage otherwise, with the list of them.
    virtual Result<Platform> find(const std::string& name) const;
    virtual std::vector<std::string> known() const;
    /// The platform of a record (platform/record.hpp), as it was then. Kind::input for what is none.
    virtual Result<Platform> read_record(const std::string& record) const;
    /// yaml.hpp's read_yaml, for configurations that are no platforms.
    virtual Result<Value> read_yaml(const std::string& text, const std::string& file) const;
};
const Library& library();

} // namespace albs::platform
