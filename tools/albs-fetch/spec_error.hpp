// SPDX-License-Identifier: GPL-3.0-or-later
// What rpmbuild's words about a spec come to, in one line.
#pragma once
#include <string>
#include <string_view>

namespace albs::fetch {

/// The first error of the log: "line 12: Unknown tag: Foo"; paths of the sandbox become names of the checkout.
std::string spec_error(std::string_view log);
/// What to do about it; empty if that is plain.
std::string spec_hint(std::string_view log);

} // namespace albs::fetch
