// SPDX-License-Identifier: GPL-3.0-or-later
// The few things that every tool must know of URLs: what is one, and that secrets in it are not written down.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace albs {

/// The scheme in lower case ("https"), if the text is SCHEME:// or SCHEME:: (git's remote helpers); else empty.
std::string url_scheme(std::string_view text);

/// The same URL without the user name and password that may give access ("https://USER:SECRET@host/x" is
/// "https://host/x"). With ssh the user name stays, being part of the address, and the password goes. Other text is
/// returned as it is.
std::string without_userinfo(std::string_view url);
/// The same without the query of an http or https URL, which may be a token; the fragment stays.
std::string without_secrets(std::string_view url);

/// RFC 3986 percent-encoding of everything but unreserved characters and those in keep.
std::string percent_encode(std::string_view text, std::string_view keep = "");
/// The bytes that percent-encoded text stands for; Kind::input for a '%' without two hex digits.
Result<std::string> percent_decode(std::string_view text);

} // namespace albs
