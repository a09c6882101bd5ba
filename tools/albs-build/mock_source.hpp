// SPDX-License-Identifier: GPL-3.0-or-later
// A source package that mock makes: in its root of the platform, where the macros of the platform are.
#pragma once
#include "run_spec.hpp"
#include "source_package.hpp"

namespace albs::build {

struct MockSource {
    sys::TemporaryDirectory directory;
    std::string package;        ///< file in it; empty: there is none
    SourceOutcome failure = {}; ///< then the reason, and mock's logs
    std::string missing = {};   ///< the file that rpmbuild lacks
};

/// One run of mock --buildsrpm on a tree that is laid out. Kind::environment if there is no mock.
Result<MockSource> make_in_mock(const BuildConfig& recipe, const std::string& arch, const SpecInput& input,
                                const std::string& source, const SpecContext& context);

} // namespace albs::build
