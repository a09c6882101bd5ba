// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target for what a stranger can put on stdin: the records, the splitting of a stream.
// (Debian: clang-14, libclang-rt-14-dev)
//     cmake --preset fuzz && cmake --build --preset fuzz
//     build/fuzz/tests/fuzz-manifest -max_total_time=60 CORPUS tests/schema
#include <cstdlib>

#include "albs/manifest/manifest.hpp"
#include "albs/statement/logged_entry.hpp"
#include "base/bytes.hpp"

namespace {

void must(bool holds)
{
    if (!holds)
        std::abort();
}

// What was merged stays so: the same again changes nothing.
void merge(albs::Manifest known, const albs::Manifest& added)
{
    if (!known.merge(added))
        return;
    std::string digest = known.digest().hex();
    must(known.merge(added).has_value() && known.digest().hex() == digest);
    auto again = albs::Manifest::parse(known.text());
    must(again || again.error().kind == albs::Kind::trust); // whose seal was that of a part
}

} // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view text = albs::as_text({data, size});
    auto manifests = albs::Manifest::parse_all(std::string(text));
    if (!manifests)
        return 0;
    if (manifests->size() > 1)
        merge(manifests->front(), manifests->back());
    for (albs::Manifest& manifest : *manifests) {
        auto again = albs::Manifest::parse(manifest.text());
        must(again && again->digest() == manifest.digest());
        must(manifest.merge(*again).has_value());
        must(again->digest() == manifest.digest());
        // What is proved in one form is proved in the other, and up to the same checkpoints.
        const albs::LoggedEntries entries(*again);
        for (const albs::Notarization& one : again->notarizations()) {
            auto read = entries.of(one);
            auto complete = entries.complete(one);
            must(read.has_value() == complete.has_value());
            for (std::size_t i = 0; complete && i < complete->size(); ++i) {
                auto alone = albs::LoggedEntries().of((*complete)[i]);
                must(alone && alone->leaf == read->leaf && alone->proofs.size() == 1 &&
                     alone->proofs[0].text() == read->proofs[i].text());
            }
        }
        // Records come out of their types as they went in, but for members that are absent or unknown.
        for (const albs::Artifact& artifact : again->artifacts()) {
            auto typed = albs::read_record<albs::Artifact>(albs::to_json(artifact));
            must(typed && albs::to_json(*typed) == albs::to_json(artifact));
            must(artifact.name.view().find('/') == std::string_view::npos && !artifact.name.empty());
        }
    }
    return 0;
}
