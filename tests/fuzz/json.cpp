// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target for the JSON reader and the writers (tests/fuzz/run.sh). What is read is written, and read again as
// the same, and its copies are; what is refused is refused with words that are short, UTF-8 and say where.
#include <cstdlib>

#include "albs/json/value.hpp"
#include "base/bytes.hpp"
#include "base/utf8.hpp"

namespace {

void must(bool holds)
{
    if (!holds)
        std::abort();
}

// A copy stands by itself: what is changed in it, or goes with it, is not changed in the other.
void copies_stand(const albs::Json& value, const std::string& compact)
{
    albs::Json copy = value;
    must(copy == value);
    {
        albs::Json other = copy;
        if (other.members() != nullptr && !other.members()->empty())
            other.members()->front() = {"changed", std::move(other.members()->back().value)};
        else if (other.elements() != nullptr && !other.elements()->empty())
            other.elements()->front() = std::move(other.elements()->back());
        else
            other = albs::Json(compact);
    }
    albs::Json moved = std::move(copy);
    must(copy.is_null() && moved == value && albs::write_json(moved) == compact);
    if (const albs::Json::Object* members = value.members(); members != nullptr && members->size() < 100)
        for (const albs::Json::Member& member : *members)
            must(value.find(std::string(member.key)) == &member.value);
}

void same_again(const albs::Json& value)
{
    std::string compact = albs::write_json(value);
    albs::Result<albs::Json> again = albs::read_json(compact);
    must(again && *again == value && albs::write_json(*again) == compact);
    must(*albs::read_json(albs::write_pretty_json(value)) == value);
    copies_stand(value, compact);
    std::string two = compact + " " + compact;
    std::string_view rest = two;
    must(*albs::take_json(rest) == value && *albs::take_json(rest) == value && rest.empty());
    std::string canonical = albs::canonical_json(value);
    must(albs::canonical_digest(value) == albs::sha256(canonical));
    albs::Result<albs::Json> sorted = albs::read_json(canonical);
    must(sorted && albs::write_json(*sorted) == canonical && albs::canonical_json(*sorted) == canonical);
}

} // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view text = albs::as_text({data, size});
    albs::Result<albs::Json> value = albs::read_json(text);
    albs::Result<albs::Json> foreign = albs::read_foreign_json(text);
    if (value) {
        must(foreign && *foreign == *value);
        same_again(*value);
    } else {
        const std::string& message = value.error().message;
        must(message.size() < 250 && albs::as_utf8(message) == message);
        must(message == "empty" || message.starts_with("line "));
    }
    if (foreign)
        same_again(*foreign);
    return 0;
}
