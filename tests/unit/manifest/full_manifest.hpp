// SPDX-License-Identifier: GPL-3.0-or-later
// A manifest with every kind of record, for the tests of merging.
#pragma once
#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "albs/manifest/manifest.hpp"
#include "sys/file.hpp"
#include "unit/source_file.hpp"

namespace manifest_test {

using namespace albs;

inline const std::string a64(64, 'a');
inline const std::string b64(64, 'b');

/// That of the schema's tests, without its stages.
inline Manifest full()
{
    Json root = *read_json(*sys::read_file(source_file("tests/schema/full.json")));
    root.set("stages", Json::array());
    return *Manifest::parse(write_json(root));
}

/// The union; merging must not fail.
inline Manifest merged(Manifest first, const Manifest& second)
{
    Status status = first.merge(second);
    REQUIRE_MESSAGE(status, (status ? "" : status.error().message));
    return first;
}

} // namespace manifest_test
