// SPDX-License-Identifier: GPL-3.0-or-later
// Several manifests in one stream: `cat x86.json arm.json | albs-sign`.
#include <algorithm>

#include "albs/manifest/manifest.hpp"

namespace albs {
namespace {

struct Documents {
    std::vector<Json> roots;
    std::optional<Error> broken; ///< what is wrong with the text behind them
};

/// What is wrong with the document at an offset, with its line and column in the whole text.
Error error_at(std::string& text, std::size_t offset, Error error)
{
    // It is read once more where it stands, behind white space.
    std::replace_if(
        text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), [](char c) { return c != '\n'; }, ' ');
    Result<Json> again = read_json(text);
    return again ? std::move(error) : std::move(again).error();
}

/// TEXT is gone when the trees are there: a caller has not both and the records, too.
Documents read_documents(std::string text)
{
    Documents read;
    std::string_view rest = text;
    while (!read.broken) {
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
        if (rest.empty())
            break;
        Result<Json> root = take_json(rest);
        if (root)
            read.roots.push_back(std::move(*root));
        else
            read.broken = error_at(text, text.size() - rest.size(), std::move(root).error());
    }
    return read;
}

/// Which of them it is, behind the first.
tl::unexpected<Error> refused(Error error, std::size_t at)
{
    if (at == 0)
        return tl::unexpected(std::move(error));
    return fail(std::move(error), "manifest " + std::to_string(at + 1));
}

} // namespace

Result<std::vector<Manifest>> Manifest::parse_all(std::string text)
{
    Documents documents = read_documents(std::move(text));
    std::vector<Manifest> manifests;
    for (Json& root : documents.roots) {
        Result<Manifest> manifest = from(std::move(root));
        if (!manifest)
            return refused(std::move(manifest).error(), manifests.size());
        manifests.push_back(std::move(*manifest));
    }
    if (documents.broken)
        return refused(std::move(*documents.broken), manifests.size());
    if (manifests.empty())
        return fail(Kind::input, "no manifest: the input is empty",
                    "an earlier stage of the pipe has failed; 'set -o pipefail' would have said so");
    return manifests;
}

} // namespace albs
