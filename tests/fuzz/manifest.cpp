// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target for what a stranger can put on stdin: the JSON reader, the records, the splitting of a stream.
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
    // What is read can be written, read again, and is the same; the canonical form is a fixed point.
    if (auto value = albs::read_json(text)) {
        auto again = albs::read_json(albs::write_json(*value));
        must(again && *again == *value);
        std::string canonical = albs::canonical_json(*value);
        must(albs::canonical_json(*albs::read_json(canonical)) == canonical);
        must(*albs::read_json(albs::write_pretty_json(*value)) == *value);
    }
    (void)albs::read_foreign_json(text).has_value();
    auto manifests = albs::Manifest::parse_all(text);
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
            must(artifact.name.find('/') == std::string::npos && !artifact.name.empty());
        }
    }
    return 0;
}
