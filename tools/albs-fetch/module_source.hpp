// SPDX-License-Identifier: GPL-3.0-or-later
// A module stream: a template (modulemd) that names packages, each of which becomes a source, and the order in which
// they are built.
#pragma once
#include "request.hpp"
#include "session.hpp"

namespace albs::fetch {

/// A file called like a template: NAME.yaml, NAME.yml or modulemd.src.txt.
bool is_template_name(std::string_view path);

/// Fetches every component at its ref. Kind::input for what is no template, or names no stream; any error of a
/// component is one of the module, with the component's name.
Result<Fetched> fetch_module(const Session& session, const ModuleTemplate& from);

/// A module of a manifest, without its components, which are sources of that manifest. Its template is taken from the
/// store, else from where it came from. Kind::trust when that is another one.
Result<Fetched> fetch_module_again(Session& session, const Request& request);

} // namespace albs::fetch
