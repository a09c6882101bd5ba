// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "albs/log/checkpoint.hpp"
#include "albs/log/merkle.hpp"
#include "albs/log/note.hpp"
#include "albs/log/policy.hpp"
#include "base/bytes.hpp"
#include "unit/log/cosign.hpp"

using namespace albs;

namespace {

PrivateKey key_of(std::uint8_t number)
{
    return *PrivateKey::from_ed25519_seed(Bytes(32, number));
}

std::string checkpoint_note(const Checkpoint& checkpoint, const PrivateKey& log,
                            const std::vector<std::pair<std::string, PrivateKey>>& witnesses = {})
{
    Note note{.text = checkpoint.text(), .signatures = {*sign_note(checkpoint.text(), checkpoint.origin, log)}};
    for (const auto& [name, key] : witnesses)
        note.signatures.push_back(log_test::cosign(note.text, name, key, 1700000000));
    return note.bytes();
}

Vkey vkey_of(const std::string& name, const PrivateKey& key, NoteKeyType type = NoteKeyType::ed25519)
{
    return *Vkey::make(name, type, key.public_key());
}

const Checkpoint one{.origin = "log.example.org", .size = 1, .root = leaf_hash("x")};

} // namespace

TEST_CASE("note: the key of the signed-note specification and of Go's tests")
{
    auto key = Vkey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    REQUIRE(key);
    CHECK(key->name == "PeterNeumann");
    auto note =
        Note::parse("If you think cryptography is the answer to your problem,\n"
                    "then you don't know what your problem is.\n\n"
                    "— PeterNeumann "
                    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n");
    REQUIRE(note);
    CHECK(verify_note(*note, *key));
    note->text[0] = 'i';
    CHECK_FALSE(verify_note(*note, *key));
}

TEST_CASE("note: malformed keys")
{
    std::string good = vkey_of("log.example.org", key_of(1)).text();
    REQUIRE(Vkey::parse(good));
    for (std::string bad : {std::string(), good + "x", good.substr(1), "a b" + good.substr(15),
                            good.substr(0, good.size() - 4), "+" + good.substr(good.find('+') + 1)})
        CHECK_MESSAGE(!Vkey::parse(bad), bad);
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 1);
        CHECK_MESSAGE(!Vkey::parse(bad), bad);
    }
    CHECK_FALSE(Vkey::make("two words", NoteKeyType::ed25519, key_of(1).public_key()));
    CHECK_FALSE(Vkey::make("a+b", NoteKeyType::ed25519, key_of(1).public_key()));
    CHECK_FALSE(is_note_name("no\u00a0break"));
    CHECK(is_note_name("Zoë.example/log"));
}

TEST_CASE("note: malformed notes")
{
    std::string good = checkpoint_note(one, key_of(1));
    REQUIRE(Note::parse(good));
    CHECK(Note::parse(good)->bytes() == good);
    for (std::string bad : {std::string(), std::string("\n"), std::string("text\n"), std::string("text\n\n"),
                            good.substr(0, good.size() - 1), good + "\n", good + "more\n", "\x01" + good, "\xff" + good,
                            good + "— name \n", good + "— name AAAA\n", good + "- name AAAAAAA=\n"})
        CHECK_FALSE(Note::parse(bad));
    std::string many = good;
    for (int i = 0; i < 100; ++i)
        many += "— other AAAAAAAA\n";
    CHECK_FALSE(Note::parse(many));
    const std::size_t text = good.find("\n\n") + 1;
    CHECK(Note::parse(std::string(1'000'000 - good.size() + text - 1, 'a') + "\n" + good.substr(text)));
    CHECK_FALSE(Note::parse(std::string(1'000'000 - good.size() + text, 'a') + "\n" + good.substr(text)));
}

TEST_CASE("checkpoint: unknown signatures are ignored, a false one of a known key is not")
{
    Vkey log = vkey_of("log.example.org", key_of(1));
    std::string good = checkpoint_note(one, key_of(1));
    REQUIRE(open_checkpoint(good, log));
    CHECK(*open_checkpoint(good, log) == one);
    CHECK(open_checkpoint(good + "— stranger AAAAAAAA\n", log));
    Note note = *Note::parse(good);
    NoteSignature bad = note.signatures[0];
    bad.bytes[5] ^= 1;
    note.signatures.push_back(bad);
    CHECK_FALSE(open_checkpoint(note.bytes(), log));
    CHECK_FALSE(open_checkpoint(good, vkey_of("log.example.org", key_of(2))));
    // The right key, but another log's name in the first line.
    Checkpoint other = one;
    other.origin = "other.example.org";
    Note wrong{.text = other.text(), .signatures = {*sign_note(other.text(), "log.example.org", key_of(1))}};
    CHECK_FALSE(open_checkpoint(wrong.bytes(), log));
}

// RSA (ff), RFC 6962 (05) and ML-DSA-44 (06) lines stand in notes of other logs and witnesses; we check none of them,
// and a name alone makes no key.
TEST_CASE("checkpoint: signatures of other algorithms are neither errors nor signatures")
{
    PrivateKey witness = key_of(4);
    Vkey log = vkey_of("log.example.org", key_of(1));
    Vkey known = vkey_of("w.example.org", witness, NoteKeyType::cosignature);
    Policy policy = *Policy::parse("log " + log.text() + "\nwitness w " + known.text() + "\nquorum w\n");
    const std::string good = checkpoint_note(one, key_of(1), {{"w.example.org", witness}});
    const std::string alone = checkpoint_note(one, key_of(1));
    for (std::uint8_t type : Bytes{0x02, 0x05, 0x06, 0xff})
        for (const std::string& name : {log.name, known.name}) {
            Bytes preimage(name.begin(), name.end());
            preimage.push_back('\n');
            preimage.push_back(type);
            preimage.insert(preimage.end(), 1312, std::uint8_t{7});
            const Digest digest = sha256(preimage);
            Bytes id(digest.bytes().begin(), digest.bytes().begin() + 4);
            // An ML-DSA-44 cosignature: key id, eight bytes of time, 2420 of signature.
            Bytes line = id;
            line.resize(id.size() + 8 + 2420, std::uint8_t{9});
            std::string foreign = "— " + name + " " + to_base64(line) + "\n";
            CHECK(open_checkpoint(alone + foreign, log));
            CHECK(policy.open(good + foreign));
            CHECK(Note::parse(good + foreign)->bytes() == good + foreign);
            // It is no quorum, and no log's signature either.
            CHECK(policy.open(alone + foreign).error().kind == Kind::input);
            CHECK(open_checkpoint(one.text() + "\n" + foreign, log).error().kind == Kind::trust);
            // A policy cannot ask for such a key: it would be checked by nobody.
            Bytes typed(preimage.begin() + static_cast<std::ptrdiff_t>(name.size()) + 1, preimage.end());
            std::string vkey = name + "+" + to_hex(id) + "+" + to_base64(typed);
            CHECK(Vkey::parse(vkey).error().kind == Kind::input);
            CHECK_FALSE(Policy::parse("log " + log.text() + "\nwitness w " + vkey + "\nquorum w\n"));
        }
}

TEST_CASE("checkpoint: malformed texts")
{
    std::string root = to_base64(one.root.bytes());
    CHECK(Checkpoint::parse("o\n1\n" + root + "\n"));
    CHECK(Checkpoint::parse("o\n1\n" + root + "\nextension\n"));
    for (const std::string& bad : std::vector<std::string>{
             "\n1\n" + root + "\n", "o\n01\n" + root + "\n", "o\n-1\n" + root + "\n", "o\n\n" + root + "\n",
             "o\n9223372036854775808\n" + root + "\n", "o\n1\n" + root, "o\n1\nAAAA\n", "o\n0\n" + root + "\n",
             "o\n1\n" + root + "\n\n", "o\n+1\n" + root + "\n"})
        CHECK_MESSAGE(!Checkpoint::parse(bad), bad);
}

TEST_CASE("tlog-proof: to text and back, and what is no proof")
{
    TlogProof proof{.extra = "AAAA",
                    .index = 5,
                    .hashes = {leaf_hash("a"), leaf_hash("b")},
                    .checkpoint = checkpoint_note(one, key_of(1))};
    auto read = TlogProof::parse(proof.text());
    REQUIRE(read);
    CHECK(read->text() == proof.text());
    CHECK(read->hashes == proof.hashes);
    std::string text = proof.text();
    for (std::string bad :
         {std::string(), text.substr(1), "c2sp.org/tlog-proof@v2" + text.substr(22),
          std::string("c2sp.org/tlog-proof@v1\n"), std::string("c2sp.org/tlog-proof@v1\nindex 01\n\nx\n"),
          std::string("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx\n"),
          std::string("c2sp.org/tlog-proof@v1\nextra *\nindex 1\n\nx\n"),
          std::string("c2sp.org/tlog-proof@v1\nindex 1\n\n")})
        CHECK_FALSE(TlogProof::parse(bad));
    proof.hashes.assign(64, leaf_hash("a"));
    CHECK_FALSE(TlogProof::parse(proof.text()));
}

TEST_CASE("policy: a quorum of witnesses")
{
    PrivateKey log = key_of(1);
    std::string text = "# who we trust\nlog " + vkey_of("log.example.org", log).text() + " https://log.example.org/\n";
    for (std::uint8_t i = 1; i <= 3; ++i)
        text += "witness w" + std::to_string(i) + " " +
                vkey_of("w" + std::to_string(i) + ".example", key_of(static_cast<std::uint8_t>(10 + i)),
                        NoteKeyType::cosignature)
                    .text() +
                "\n";
    auto policy = Policy::parse(text + "group most 2 w1 w2 w3\n\tquorum\tmost\n");
    REQUIRE_MESSAGE(policy, (policy ? "" : policy.error().message));
    CHECK_FALSE(policy->open(checkpoint_note(one, log)));
    CHECK_FALSE(policy->open(checkpoint_note(one, log, {{"w1.example", key_of(11)}})));
    // The same witness twice is one witness.
    CHECK_FALSE(policy->open(checkpoint_note(one, log, {{"w1.example", key_of(11)}, {"w1.example", key_of(11)}})));
    CHECK(policy->open(checkpoint_note(one, log, {{"w1.example", key_of(11)}, {"w3.example", key_of(13)}})));
    CHECK_FALSE(policy->open(checkpoint_note(one, log, {{"w1.example", key_of(11)}, {"w3.example", key_of(12)}})));
    CHECK_FALSE(
        policy->open(checkpoint_note(one, key_of(2), {{"w1.example", key_of(11)}, {"w3.example", key_of(13)}})));
    auto all = Policy::parse(text + "group every all w1 w2 w3\nquorum every\n");
    REQUIRE(all);
    CHECK_FALSE(all->open(checkpoint_note(one, log, {{"w1.example", key_of(11)}, {"w3.example", key_of(13)}})));
    auto any = Policy::parse(text + "group some any w1 w2\nquorum some\n");
    REQUIRE(any);
    CHECK(any->open(checkpoint_note(one, log, {{"w2.example", key_of(12)}})));
    CHECK_FALSE(any->open(checkpoint_note(one, log, {{"w3.example", key_of(13)}})));
    for (std::string bad :
         {text, text + "quorum nobody\n", text + "quorum none\nquorum none\n", text + "group g 4 w1 w2 w3\nquorum g\n",
          text + "group g 0 w1\nquorum g\n", text + "group g any g\nquorum g\n", text + "group w1 any w2\nquorum w1\n",
          text + "group a any w1\ngroup b any w1\nquorum a\n", text + "nonsense\nquorum none\n",
          text + "witness again " + vkey_of("w1.example", key_of(11), NoteKeyType::cosignature).text() +
              "\nquorum none\n",
          std::string("quorum none\n")})
        CHECK_FALSE(Policy::parse(bad));
    CHECK(Policy::parse(text + "nonsense\nquorum none\n").error().message.starts_with("line 6: "));
}

TEST_CASE("policy: in Sigsum's format, groups before the groups that have them")
{
    std::string log = vkey_of("log.example.org", key_of(1)).text();
    std::string witness = vkey_of("w.example", key_of(11), NoteKeyType::cosignature).text();
    auto policy = Policy::parse("log " + log + "\nwitness w " + witness +
                                " https://w.example\ngroup z all w\ngroup a 1 z\nquorum a\n");
    REQUIRE(policy);
    CHECK(policy->sigsum_text() == "log " + to_hex(key_of(1).public_key().raw()) + "\nwitness w " +
                                       to_hex(key_of(11).public_key().raw()) +
                                       " https://w.example\ngroup z 1 w\ngroup a 1 z\nquorum a\n");
    CHECK(Policy::of(*Vkey::parse(log)).sigsum_text().ends_with("\nquorum none\n"));
}

TEST_CASE("a new log has a name that people can read and compare")
{
    for (const char* name : {"log.example.org", "log.example.org/2026", "log.example.org:8080",
                             "b\xc3\xbc"
                             "cher.example"})
        CHECK(check_new_origin(name));
    for (const char* name : {"",
                             "a b",
                             "a+b",
                             "a\nb",
                             "a\x7f",
                             "a\xc2\x9b",
                             "a\xe2\x80\xae",
                             "a\xe2\x81\xa9",
                             "a\xd8\x9c",
                             "a\xe2\x80\x8b",
                             "a\xef\xbb\xbf",
                             "a\xff",
                             "a\xe2\x80",
                             "https://a",
                             "http:a",
                             "//a",
                             "x://a",
                             "javascript:alert",
                             "a:",
                             "urn:a:b"}) {
        Status refused = check_new_origin(name);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == Kind::usage);
    }
}
