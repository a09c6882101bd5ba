// SPDX-License-Identifier: GPL-3.0-or-later
// The vectors of tests/vectors/ledger/merkle.py. ALBS_MERKLE_VECTORS names another file of that form.
#include <doctest/doctest.h>

#include <cstdlib>
#include <map>

#include "albs/json/value.hpp"
#include "albs/log/checkpoint.hpp"
#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"
#include "sys/file.hpp"
#include "unit/source_file.hpp"

using namespace albs;

namespace {

Result<Digest> digest_of(const Json& hashes, const Json& number)
{
    ALBS_TRY(Bytes bytes, from_hex(*(*hashes.elements())[static_cast<std::size_t>(*number.integer())].string()));
    return Digest::from_bytes(bytes);
}

// Numbers that are too large and hashes of another length never get to the verifiers: that is their refusal.
Status verify(const Json& hashes, const Json& vector)
{
    std::vector<std::uint64_t> n;
    for (const Json& text : *vector.find("numbers")->elements()) {
        ALBS_TRY(std::uint64_t number, parse_decimal(*text.string()));
        n.push_back(number);
    }
    ALBS_TRY(Digest first, digest_of(hashes, (*vector.find("hashes")->elements())[0]));
    ALBS_TRY(Digest second, digest_of(hashes, (*vector.find("hashes")->elements())[1]));
    std::vector<Digest> proof;
    for (const Json& number : *vector.find("proof")->elements()) {
        ALBS_TRY(Digest hash, digest_of(hashes, number));
        proof.push_back(hash);
    }
    const std::string& kind = *vector.find("kind")->string();
    if (kind == "inclusion")
        return verify_inclusion(n[0], n[1], first, proof, second);
    REQUIRE(kind == "consistency");
    return verify_consistency(n[0], n[1], first, second, proof);
}

} // namespace

TEST_CASE("merkle vectors: proofs that hold, and every way to spoil one")
{
    const char* other = std::getenv("ALBS_MERKLE_VECTORS");
    auto text = sys::read_file(other != nullptr ? other : source_file("tests/vectors/ledger/merkle.json"));
    REQUIRE(text);
    auto vectors = read_json(*text);
    REQUIRE(vectors);
    std::map<std::string, int> count;
    for (const Json& vector : *vectors->find("cases")->elements()) {
        const std::string& kind = *vector.find("kind")->string();
        bool holds = *vector.find("holds")->boolean();
        INFO(kind << " " << std::string(*vector.find("name")->string()));
        CHECK(verify(*vectors->find("hashes"), vector).has_value() == holds);
        ++count[kind + (holds ? " holds" : " does not")];
    }
    std::string counted;
    for (const auto& [what, times] : count) {
        counted += what + " " + std::to_string(times) + ", ";
        CHECK(times >= 5);
    }
    MESSAGE(counted);
}
