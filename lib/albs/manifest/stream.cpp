// SPDX-License-Identifier: GPL-3.0-or-later
// Several manifests in one stream: `cat x86.json arm.json | albs-sign`.
#include "albs/manifest/manifest.hpp"

namespace albs {
namespace {

/// End of the JSON object that starts at from, by counting braces outside strings; npos when the text ends before.
std::size_t end_of_object(std::string_view text, std::size_t from)
{
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = from; i < text.size(); ++i) {
        char c = text[i];
        if (in_string) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}' && depth > 0 && --depth == 0) {
            return i + 1;
        }
    }
    return std::string_view::npos;
}

} // namespace

Result<std::vector<Manifest>> Manifest::parse_all(std::string_view text)
{
    std::vector<Manifest> manifests;
    std::size_t at = 0;
    while (true) {
        at = text.find_first_not_of(" \t\r\n", at);
        if (at == std::string_view::npos)
            break;
        // Everything that is no whole object goes to the reader as it is, which says what is wrong with it.
        std::size_t end = text[at] == '{' ? end_of_object(text, at) : std::string_view::npos;
        std::string_view document = text.substr(at, end == std::string_view::npos ? end : end - at);
        auto manifest = parse(document);
        if (!manifest && !manifests.empty())
            return fail(std::move(manifest).error(), "manifest " + std::to_string(manifests.size() + 1));
        if (!manifest)
            return tl::unexpected(std::move(manifest).error());
        manifests.push_back(std::move(*manifest));
        if (end == std::string_view::npos)
            break;
        at = end;
    }
    if (manifests.empty())
        return fail(Kind::input, "no manifest: the input is empty",
                    "an earlier stage of the pipe has failed; 'set -o pipefail' would have said so");
    return manifests;
}

} // namespace albs
