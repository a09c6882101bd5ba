// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "albs/crypto/keys.hpp"
#include "albs/formats/sigstore.hpp"
#include "albs/formats/sigsum.hpp"
#include "albs/statement/albs_record.hpp"
#include "albs/statement/binding.hpp"
#include "albs/statement/draft.hpp"
#include "albs/statement/statement.hpp"
#include "base/bytes.hpp"
#include "unit/ledger/fixture.hpp"
#include "unit/log/cosign.hpp"
#include "unit/source_file.hpp"

using namespace albs;

namespace {

Manifest sample()
{
    return *Manifest::parse(*sys::read_file(source_file("tests/data/ledger/manifest.json")));
}

} // namespace

TEST_CASE("albs record: sizes and names as Python prints them")
{
    CHECK(human_size(0) == "0.00 B");
    CHECK(human_size(1023) == "1023.00 B");
    CHECK(human_size(1253656) == "1.20 MB");
    CHECK(human_size(1253656678) == "1.17 GB");
    CHECK(git_record_name("https://git.almalinux.org/rpms/bash.git", "da35d28f41f6") ==
          "git@git.almalinux.org:rpms/bash.git@da35d28");
    AlbsRecord record{.key = "k", .name = "n", .kind = "file", .size = 1, .signer = "s", .metadata = {}};
    CHECK(write_json(record.json()) ==
          R"({"key":"k","value":{"Name":"n","Kind":"file","Size":"1.00 B","Hash":"k","Signer":"s","Metadata":{}}})");
}

TEST_CASE("statement: the package's record names the source's by its key")
{
    Manifest manifest = sample();
    std::vector<Draft> drafts = drafts_of(manifest, {.key = "me", .origin = "log.example.org"});
    REQUIRE(drafts.size() == 6);
    const Json& source = *drafts[0].statement.find("predicate")->find("albs_record");
    const Json& package = *drafts[2].statement.find("predicate")->find("albs_record");
    CHECK(*source.find("key")->string() == source_key(manifest.sources()[0]));
    CHECK(*package.find("value")->find("Metadata")->find("alma_commit_sbom_hash") == *source.find("key"));
    CHECK(*stated_subject(drafts[0].statement) == *manifest.sources()[0].commit);
    CHECK(*stated_binding(drafts[2].statement)->find("nevra")->string() == "p1-1-1.x86_64");
    CHECK_FALSE(stated_binding(Json::object()));
    CHECK_FALSE(stated_subject(Json::object()));
    // The same manifest, the same bytes.
    CHECK(write_json(drafts_of(sample(), {.key = "me", .origin = "log.example.org"})[2].statement) ==
          write_json(drafts[2].statement));
}

TEST_CASE("sigstore: a bundle holds what a notarization does")
{
    ledger_test::SmallLedger small;
    std::vector<RecordedStatement> appended = small.append(0, 3);
    Notarization notarization{.id = "log.example.org#1",
                              .about = {},
                              .kind = "file",
                              .subject = {},
                              .log = "log.example.org",
                              .index = 1,
                              .entry = to_base64(appended[1].entry),
                              .proof = appended[1].proof,
                              .envelope = *read_json(appended[1].envelope)};
    LoggedEntry logged = *LoggedEntries().of(notarization);
    REQUIRE(logged.proofs.size() == 1);
    auto bundle = sigstore_bundle(logged, logged.proofs.front(), small.vkey());
    REQUIRE(bundle);
    auto read = read_sigstore_bundle(*bundle);
    REQUIRE(read);
    CHECK(read->proof == notarization.proof);
    CHECK(read->entry == notarization.entry);
    CHECK(read->id == notarization.id);
    CHECK_FALSE(read_sigstore_bundle(Json::object()));
    Json negative = *bundle;
    Json& entry = (*negative.find("verificationMaterial")->find("tlogEntries")->elements())[0];
    entry.find("inclusionProof")->set("logIndex", "-1");
    CHECK_FALSE(read_sigstore_bundle(negative));
    Json two = *bundle;
    (*two.find("verificationMaterial")->find("tlogEntries")->elements())[0].set("logIndex", "0");
    CHECK_FALSE(read_sigstore_bundle(two));
    Json root = sigstore_trusted_root({small.vkey(), small.vkey()}, "2026-01-01T00:00:00Z");
    CHECK(root.find("tlogs")->elements()->size() == 2);
}

TEST_CASE("sigsum: a proof has the cosignatures of known witnesses, each once")
{
    ledger_test::SmallLedger small(Profile::sigsum);
    RecordedStatement appended = small.append(0, 3)[1];
    TlogProof proof = *TlogProof::parse(appended.proof);
    Note note = *Note::parse(proof.checkpoint);
    PrivateKey key = *PrivateKey::generate(KeyType::ed25519);
    Vkey witness = *Vkey::make("w.example.org", NoteKeyType::cosignature, key.public_key());
    for (std::uint64_t time : {5, 7, 6})
        note.signatures.push_back(log_test::cosign(note.text, "w.example.org", key, time));
    proof.checkpoint = note.bytes();
    std::span<const std::uint8_t> leaf = as_bytes(appended.entry);
    auto made = sigsum_proof(proof, leaf, small.vkey(), {witness});
    REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
    CHECK(made->starts_with("version=2\nlog=" + sha256(small.vkey().key).hex() + "\nleaf="));
    CHECK(made->find("\ncosignature=" + sha256(witness.key).hex() + " 7 ") != std::string::npos);
    CHECK(made->find("cosignature=") == made->rfind("cosignature="));
    CHECK(made->find("\n\nleaf_index=1\nnode_hash=") != std::string::npos);
    auto unknown = sigsum_proof(proof, leaf, small.vkey(), {});
    REQUIRE(unknown);
    CHECK(unknown->find("cosignature=") == std::string::npos);
    note.signatures.back().bytes[20] ^= 1;
    proof.checkpoint = note.bytes();
    CHECK_FALSE(sigsum_proof(proof, leaf, small.vkey(), {witness}));
    CHECK_FALSE(sigsum_proof(proof, leaf, witness, {}));
    CHECK_FALSE(sigsum_proof(proof, leaf.subspan(1), small.vkey(), {}));
    // A tree of one leaf needs no proof, and has no such block.
    ledger_test::SmallLedger one(Profile::sigsum);
    RecordedStatement only = one.append(0, 1)[0];
    auto lone = sigsum_proof(*TlogProof::parse(only.proof), as_bytes(only.entry), one.vkey(), {});
    REQUIRE(lone);
    CHECK(lone->find("leaf_index") == std::string::npos);
}
