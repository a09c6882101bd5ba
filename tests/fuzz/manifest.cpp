// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target for what a stranger can put on stdin: the records, the splitting of a stream.
// (Debian: clang-14, libclang-rt-14-dev)
//     cmake --preset fuzz && cmake --build --preset fuzz
//     build/fuzz/tests/fuzz-manifest -max_total_time=60 CORPUS tests/schema
#include <cstdlib>

#include "albs/manifest/manifest.hpp"
#include "base/bytes.hpp"

namespace {

void must(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view text = albs::as_text({data, size});
    auto manifests = albs::Manifest::parse_all(std::string(text));
    if (!manifests)
        return 0;
    for (albs::Manifest& manifest : *manifests) {
        auto again = albs::Manifest::parse(manifest.text());
        must(again && again->digest() == manifest.digest());
        must(manifest.merge(*again).has_value());
        must(again->digest() == manifest.digest());
        // Records come out of their types as they went in, but for members that are absent or unknown.
        for (const albs::Artifact& artifact : again->artifacts()) {
            auto typed = albs::read_record<albs::Artifact>(albs::to_json(artifact));
            must(typed && albs::to_json(*typed) == albs::to_json(artifact));
            must(artifact.name.view().find('/') == std::string_view::npos && !artifact.name.empty());
        }
    }
    return 0;
}
