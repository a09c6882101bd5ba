// SPDX-License-Identifier: GPL-3.0-or-later
// What the records of a root, ours and those of mock, have in common.
#pragma once
#include "albs/json/fields.hpp"

namespace albs::buildroot {

/// The members by which each record of a root names a package. The epoch has a form of its own in each.
template <class Package> void read_name(Fields& fields, Package& package)
{
    package.name = fields.file_name("name");
    package.version = fields.file_name("version");
    package.release = fields.file_name("release");
    package.arch = fields.file_name("arch");
}

} // namespace albs::buildroot
