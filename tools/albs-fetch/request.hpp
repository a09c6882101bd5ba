// SPDX-License-Identifier: GPL-3.0-or-later
// What a user asked for: the operands and the lines of --from, told apart.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/records.hpp"
#include "base/result.hpp"
#include "git/location.hpp"

namespace albs::fetch {

enum class Form { git, srpm_url, srpm_file, directory, module_file };

struct Request {
    Form form = Form::git;
    std::string text;                    ///< path or URL, as given
    std::string shown;                   ///< the same without secrets
    git::Location location;              ///< of a git source
    std::optional<Source> recorded = {}; ///< of a manifest: what it has to come to again
    std::optional<Module> recorded_module = {};
    std::optional<Error> refusal = {}; ///< it cannot be read: that is this source's failure
    std::string cache = {};            ///< of a component of a module: a lookaside server of its own
};

/// SCHEME://….src.rpm is a source package to download, any other URL a git repository; a path is a source package or,
/// if it is a directory, a checkout, or by its name a module template. Kind::usage for what is none of them. A path
/// where nothing is that can be read has a refusal, of Kind::input.
Result<Request> read_request(const std::string& text);

/// Operands first, then the list: one source a line, "#" at the start of a line or after white space starts a comment,
/// or manifests, whose sources in force are to be fetched again. "-" is standard input. Kind::usage when no source is
/// named; Kind::input, with the line, for the list's, and for a list of nothing. Errors as of sys::read_given().
Result<std::vector<Request>> read_requests(const std::vector<std::string>& operands, const std::string& list);

} // namespace albs::fetch
