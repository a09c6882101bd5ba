// SPDX-License-Identifier: GPL-3.0-or-later
// Two proofs of one log entry in one manifest. The trees are made by hand: who merges checks no signatures.
#include "albs/manifest/merge_proofs.hpp"

#include <doctest/doctest.h>

#include "albs/log/checkpoint.hpp"
#include "albs/log/merkle.hpp"
#include "albs/manifest/manifest.hpp"
#include "base/bytes.hpp"

using namespace albs;

namespace {

const std::string leaf = "the leaf";

/// A notarization of the leaf, first of a log that has `others` after it.
Notarization in_log_with(const std::vector<std::string>& others)
{
    Digest root = leaf_hash(leaf);
    std::vector<Digest> hashes;
    for (const std::string& other : others) { // sizes 1, 2 and 3 only: one hash more for each
        hashes.push_back(leaf_hash(other));
        root = node_hash(root, hashes.back());
    }
    Checkpoint checkpoint{.origin = "log.example.org", .size = others.size() + 1, .root = root};
    std::string note = checkpoint.text() + "\n— log.example.org AAAAAAAAAAAA\n";
    return Notarization{.id = "log.example.org#0",
                        .about = "a",
                        .kind = "file",
                        .subject = sha256("a").hex(),
                        .log = "log.example.org",
                        .index = 0,
                        .entry = to_base64(as_bytes(leaf)),
                        .proof = TlogProof{.extra = {}, .index = 0, .hashes = hashes, .checkpoint = note}.text(),
                        .envelope = Json::object({{"payload", "e30="}})};
}

Manifest with(const std::vector<Notarization>& notarizations)
{
    Manifest manifest;
    for (const Notarization& one : notarizations)
        REQUIRE(manifest.add(one));
    return manifest;
}

std::vector<std::string> ids(const Manifest& manifest)
{
    std::vector<std::string> found;
    for (const Notarization& one : manifest.notarizations())
        found.push_back(one.id);
    return found;
}

} // namespace

TEST_CASE("second proof: both are kept, in every order, and the same again adds nothing")
{
    Notarization first = in_log_with({"b"});
    Notarization second = in_log_with({"b", "c"});
    std::string plain = "log.example.org#0";
    CHECK(second_proof_id(plain, *second.proof) == plain + "@" + sha256(*second.proof).hex().substr(0, 12));
    Manifest merged = with({first});
    REQUIRE(merged.merge(with({second})));
    CHECK(ids(merged) == std::vector<std::string>{plain, second_proof_id(plain, *second.proof)});
    CHECK(merged.notarizations_about("a").size() == 2);
    Manifest copy = merged;
    REQUIRE(copy.merge(merged));
    REQUIRE(copy.merge(with({second})));
    REQUIRE(copy.merge(with({first})));
    CHECK(copy.digest() == merged.digest());
    Manifest turned = with({second});
    REQUIRE(turned.merge(with({first})));
    CHECK(ids(turned) == std::vector<std::string>{plain, second_proof_id(plain, *first.proof)});
    CHECK(Manifest::parse(merged.text())->digest() == merged.digest());
}

TEST_CASE("second proof: anything else that differs, or a proof that does not hold, is a contradiction")
{
    Notarization first = in_log_with({"b"});
    Notarization good = in_log_with({"b", "c"});
    std::vector<Notarization> bad(6, good);
    bad[0].entry = to_base64(as_bytes(std::string("another leaf")));
    bad[1].index = 1;
    bad[2].envelope = Json::object({{"payload", "e31="}});
    auto proof_with = [&](std::string_view old, std::string_view changed) {
        std::string proof = *good.proof;
        return proof.replace(proof.find(old), old.size(), changed);
    };
    bad[3].proof = proof_with("\n3\n", "\n9\n");
    bad[4].proof = proof_with("index 0", "index 1");
    bad[5].proof = proof_with("\nlog.example.org\n", "\nlog.example.com\n");
    for (const Notarization& one : bad) {
        Manifest manifest = with({first});
        Status added = manifest.add(one);
        REQUIRE(!added);
        CHECK(added.error().kind == Kind::trust);
        CHECK(added.error().message.find("contradict each other") != std::string::npos);
        CHECK(manifest.notarizations().size() == 1);
    }
}

TEST_CASE("second proof: two trees of one size are two histories; other signatures of one tree are not")
{
    Manifest manifest = with({in_log_with({"b"})});
    Status forked = manifest.add(in_log_with({"c"}));
    REQUIRE(!forked);
    CHECK(forked.error().kind == Kind::trust);
    CHECK(forked.error().message.find("two histories") != std::string::npos);
    Notarization cosigned = in_log_with({"b"});
    cosigned.proof = *cosigned.proof + "— witness.example.org AAAAAAAAAAAA\n";
    CHECK(manifest.add(cosigned));
    CHECK(manifest.notarizations().size() == 2);
}
