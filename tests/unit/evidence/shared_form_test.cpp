// SPDX-License-Identifier: GPL-3.0-or-later
// Notarizations that share checkpoint, keys and nodes: they prove what complete ones prove, and nothing else.
// Also of: statement/logged_entry
#include "albs/statement/shared_form.hpp"

#include <algorithm>
#include <functional>

#include "albs/statement/leaf.hpp"
#include "unit/evidence/fixture.hpp"

using evidence_test::Fixture;

namespace {

/// The manifest with its notarizations in the shared form.
Manifest shared(const Fixture& f)
{
    Json bare = f.manifest.json();
    bare.set("notarizations", Json::array());
    Manifest manifest = *Manifest::parse(write_json(bare));
    const LoggedEntries entries(f.manifest);
    auto ledger = Ledger::open(f.path);
    REQUIRE(ledger);
    NotarizationWriter writer(manifest, ledger->settings().origin, *ledger->nodes());
    for (const Notarization& one : f.manifest.notarizations()) {
        Notarization named{.id = one.id,
                           .about = one.about,
                           .kind = one.kind,
                           .subject = one.subject,
                           .log = one.log,
                           .index = one.index};
        LoggedEntry entry = *entries.of(one);
        REQUIRE(writer.add(named, entry, *read_json(entry.envelope.payload)));
    }
    REQUIRE(writer.finish());
    return manifest;
}

std::vector<Evidence::Answer> answers(const Manifest& manifest, const Policy& trust)
{
    const EvidenceReader reader(manifest, trust);
    std::vector<Evidence::Answer> all;
    for (const Artifact& artifact : manifest.artifacts())
        all.push_back(reader.of_artifact(artifact).answer);
    all.push_back(reader.of_source(manifest.sources()[0]).answer);
    return all;
}

std::size_t count(const std::vector<Evidence::Answer>& answers, Evidence::Answer answer)
{
    return static_cast<std::size_t>(std::count(answers.begin(), answers.end(), answer));
}

Json& at(Json& root, std::string_view table, std::size_t index = 0)
{
    return (*root.find(table)->elements())[index];
}

} // namespace

TEST_CASE("shared form: it proves what complete notarizations prove, and these can be had from it")
{
    for (Profile profile : {Profile::rekor, Profile::sigsum, Profile::raw}) {
        Fixture f(profile);
        Manifest manifest = shared(f);
        CHECK(answers(manifest, f.trust) == answers(f.manifest, f.trust));
        CHECK(count(answers(manifest, f.trust), Evidence::Answer::verified) == manifest.artifacts().size() + 1);
        CHECK(manifest.checkpoints().size() == 1);
        CHECK(!manifest.forms().empty());
        CHECK(manifest.text().size() < f.manifest.text().size());
        CHECK(manifest.ledgers()[0].statement_keys.size() == 1);
        CHECK(manifest.ledgers()[0].profile == profile_name(profile));
        const LoggedEntries entries(manifest);
        for (std::size_t i = 0; i < manifest.notarizations().size(); ++i) {
            const Notarization& one = manifest.notarizations()[i];
            CHECK(one.entry.has_value() == (profile == Profile::sigsum));
            CHECK(one.envelope.is_null());
            std::vector<Notarization> complete = *entries.complete(one);
            REQUIRE(complete.size() == 1);
            CHECK(write_json(to_json(complete[0])) == write_json(to_json(f.manifest.notarizations()[i])));
        }
        // Both forms beside each other are one record, and hold.
        Manifest both = manifest;
        REQUIRE(both.merge(f.manifest));
        CHECK(both.notarizations().size() == manifest.notarizations().size());
        CHECK(answers(both, f.trust) == answers(manifest, f.trust));
        CHECK(Manifest::parse(manifest.text())->digest() == manifest.digest());
    }
}

TEST_CASE("shared form: what is changed in a table is a contradiction, and what is left out cannot be proved")
{
    Fixture f;
    const Manifest good = shared(f);
    auto with = [&](const std::function<void(Json&)>& change) {
        Json root = good.json();
        change(root);
        auto manifest = Manifest::parse(write_json(root));
        return manifest ? answers(*manifest, f.trust) : std::vector<Evidence::Answer>();
    };
    auto contradicts = [&](const std::function<void(Json&)>& change) {
        std::vector<Evidence::Answer> all = with(change);
        return all.empty() || count(all, Evidence::Answer::contradicted) > 0;
    };
    auto never_verified = [&](const std::function<void(Json&)>& change) {
        std::vector<Evidence::Answer> all = with(change);
        return !all.empty() && count(all, Evidence::Answer::verified) == 0 &&
               count(all, Evidence::Answer::contradicted) == 0;
    };
    CHECK(never_verified([](Json& root) { at(root, "ledgers").set("nodes", Json::array()); }));
    CHECK(never_verified([](Json& root) { root.set("ledgers", Json::array()); }));
    CHECK(never_verified([](Json& root) { root.set("checkpoints", Json::array()); }));
    CHECK(never_verified([](Json& root) { at(root, "ledgers").set("statement_keys", Json::array()); }));
    CHECK(with([](Json& root) { root.set("forms", Json::array()); }) != answers(good, f.trust));
    CHECK_FALSE(contradicts([](Json& root) { root.set("forms", Json::array()); }));
    CHECK(contradicts([](Json& root) { at(root, "forms").find("statement")->set("_type", "x"); }));
    CHECK(contradicts([](Json& root) {
        for (Json& one : *root.find("notarizations")->elements())
            if (one.find("form") != nullptr)
                one.set("form", nullptr);
    }));
    CHECK(contradicts([](Json& root) { at(root, "ledgers").set("profile", "raw"); }));
    CHECK(contradicts([](Json& root) { at(root, "notarizations").set("statement", Json()); }));
    CHECK(contradicts([](Json& root) {
        at(root, "notarizations").set("signature", *at(root, "notarizations", 1).find("signature"));
    }));
    CHECK(contradicts([](Json& root) {
        at(root, "notarizations").set("statement", *at(root, "notarizations", 1).find("statement"));
    }));
    // Shown to people beside an envelope that is proved.
    CHECK(contradicts([&](Json& root) {
        at(root, "notarizations").set("envelope", f.manifest.notarizations()[0].envelope);
        at(root, "notarizations").find("statement")->set("found", "a bug"); // no member that is bound
    }));
}

TEST_CASE("shared form: every hash of the nodes and every character of the note counts")
{
    Fixture f;
    const Manifest good = shared(f);
    const Json::Array& runs = *good.json().find("ledgers")->elements()->front().find("nodes")->elements();
    auto refused = [&](const Json& root) {
        auto manifest = Manifest::parse(write_json(root));
        return !manifest ||
               count(answers(*manifest, f.trust), Evidence::Answer::verified) < answers(*manifest, f.trust).size();
    };
    for (std::size_t run = 0; run < runs.size(); ++run)
        for (std::size_t i = 0; i < runs[run].find("hashes")->elements()->size(); ++i) {
            Json root = good.json();
            Json& changed = (*at(root, "ledgers").find("nodes")->elements())[run];
            (*changed.find("hashes")->elements())[i] = to_base64(sha256("forged").bytes());
            CHECK_MESSAGE(refused(root), "run " << run << ", hash " << i);
            Json moved = good.json();
            Json& other = (*at(moved, "ledgers").find("nodes")->elements())[run];
            other.set("index", *other.find("index")->integer() + 1);
            CHECK_MESSAGE(refused(moved), "run " << run << " moved");
        }
    std::string note = good.checkpoints()[0].note;
    for (std::size_t i = 0; i < note.size(); ++i) {
        std::string text = note;
        text[i] = static_cast<char>(text[i] ^ 1);
        Json root = good.json();
        at(root, "checkpoints").set("note", text);
        at(root, "checkpoints").set("id", "log.example.org@6@" + sha256(text).hex().substr(0, 12));
        CHECK_MESSAGE(refused(root), "character " << i << " of the note");
    }
}

TEST_CASE("shared form: an excerpt brings the nodes that it needs, and no more")
{
    Fixture f;
    const Manifest whole = shared(f);
    Manifest part;
    REQUIRE(part.add(whole.artifacts()[1]));
    REQUIRE(part.add(whole.notarizations()[2]));
    REQUIRE(copy_shared(whole, part));
    REQUIRE(part.checkpoints().size() == 1);
    const LoggedEntries entries(part);
    CheckpointCache checkpoints;
    auto verified = verify_notarization(entries, part.notarizations()[0], f.trust.keys(), checkpoints);
    REQUIRE(verified);
    REQUIRE(*verified);
    auto hashes = [](const Manifest& manifest) {
        std::size_t all = 0;
        for (const NodeRun& run : manifest.ledgers()[0].nodes)
            all += run.hashes.size();
        return all;
    };
    CHECK(hashes(part) == entries.of(part.notarizations()[0])->proofs[0].hashes.size());
    CHECK(hashes(part) < hashes(whole));
    Digest digest = part.digest();
    REQUIRE(copy_shared(whole, part));
    CHECK(part.digest() == digest);
}

TEST_CASE("shared form: a later checkpoint is one more name, and the nodes that are new")
{
    Fixture f;
    Manifest manifest = shared(f);
    f.add_later_records();
    auto ledger = Ledger::open(f.path);
    REQUIRE(ledger);
    std::vector<LoggedEntry> read;
    for (const Notarization& one : manifest.notarizations())
        read.push_back(*LoggedEntries(manifest).of(one));
    const std::vector<Notarization> list = manifest.notarizations();
    NotarizationWriter writer(manifest, "log.example.org", *ledger->nodes());
    for (std::size_t i = 0; i < list.size(); ++i)
        REQUIRE(writer.prove(list[i], read[i], ledger->checkpoint()));
    REQUIRE(writer.finish());
    CHECK(manifest.notarizations().size() == list.size());
    CHECK(manifest.checkpoints().size() == 2);
    CheckpointCache checkpoints;
    const LoggedEntries entries(manifest);
    for (const Notarization& one : manifest.notarizations()) {
        auto verified = verify_notarization(entries, one, f.trust.keys(), checkpoints);
        REQUIRE(verified);
        REQUIRE(*verified);
        CHECK((*verified)->checkpoints.size() == 2);
    }
}
