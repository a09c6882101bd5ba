// SPDX-License-Identifier: GPL-3.0-or-later
// A manifest with notarizations and the log that they are in, for the tests of evidence.
#pragma once
#include <doctest/doctest.h>

#include <cstdlib>

#include "albs/evidence/evidence.hpp"
#include "albs/evidence/verify.hpp"
#include "albs/ledger/ledger.hpp"
#include "base/bytes.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"
#include "unit/source_file.hpp"

using namespace albs;

namespace evidence_test {

// A manifest with a source, its package, three built packages and a log, all of them notarized.
struct Fixture {
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("ledger-test");
    std::string path = directory.path() + "/ledger";
    Manifest manifest;
    Policy trust;

    explicit Fixture(Profile profile = Profile::rekor)
    {
        ::setenv("XDG_STATE_HOME", (directory.path() + "/state").c_str(), 1);
        manifest = *Manifest::parse(*sys::read_file(source_file("tests/data/ledger/manifest.json")));
        REQUIRE(Ledger::init(path, {.origin = profile == Profile::sigsum ? "" : "log.example.org",
                                    .profile = profile,
                                    .created = "2026-01-01T00:00:00Z"}));
        trust = *read_log_trust(path + "/log.vkey");
        notarize();
    }
    void notarize()
    {
        auto ledger = Ledger::open(path);
        REQUIRE(ledger);
        std::vector<Draft> drafts = drafts_of(manifest, ledger->statement_signer());
        std::vector<Json> statements;
        for (const Draft& draft : drafts)
            statements.push_back(draft.statement);
        auto appended = ledger->append(statements);
        REQUIRE(appended);
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            const RecordedStatement& one = (*appended)[i];
            const std::string& origin = ledger->settings().origin;
            REQUIRE(manifest.add(Notarization{.id = origin + "#" + std::to_string(one.index),
                                              .about = drafts[i].about,
                                              .kind = drafts[i].kind,
                                              .subject = drafts[i].subject,
                                              .log = origin,
                                              .index = static_cast<std::int64_t>(one.index),
                                              .entry = to_base64(one.entry),
                                              .proof = one.proof,
                                              .envelope = *read_json(one.envelope)}));
        }
    }
    // A test, a signature, a release and an erratum besides, each of them notarized.
    void add_later_records()
    {
        const Artifact built = manifest.artifacts()[1];
        Artifact signed_file = built;
        signed_file.sha256 = sha256("signed").hex();
        signed_file.unsigned_sha256 = built.sha256;
        std::string key(40, 'A');
        REQUIRE(manifest.add(signed_file));
        REQUIRE(manifest.add(TestResult{.id = built.sha256 + "/install", .artifact = built.sha256,
                                        .task = manifest.tasks()[0].id, .name = "install", .status = "pass",
                                        .reason = {}, .log = {}}));
        REQUIRE(manifest.add(Signature{.id = signed_file.sha256 + "/" + key, .artifact = signed_file.sha256,
                                       .unsigned_sha256 = built.sha256, .key = key, .algorithm = "rsa/sha256",
                                       .created = "2026-01-01T00:00:00Z", .waived = {}}));
        REQUIRE(manifest.add(Release{.id = "repo/x86_64/os/1", .repository = "x86_64/os",
                                     .repomd_sha256 = sha256("repomd").hex(), .key = key,
                                     .published = "2026-01-01T00:00:00Z",
                                     .packages = {{.artifact = signed_file.sha256, .path = "p.rpm"}},
                                     .previous = {}, .waived = {}}));
        Erratum erratum{.id = {}, .advisory = "ALSA-2026:A001", .sha256 = {}, .updated = "2026-01-01T00:00:00Z",
                        .document = Json::object({{"schema", "albs.advisory/1"}}), .packages = {}};
        erratum.sha256 = sha256(canonical_json(erratum.document)).hex();
        erratum.id = erratum.advisory + "@" + erratum_digest(erratum).substr(0, 12);
        REQUIRE(manifest.add(erratum));
        notarize();
    }
    // The manifest with every occurrence of a text replaced.
    Manifest changed(const std::string& from, const std::string& to) const
    {
        std::string text = manifest.text();
        REQUIRE(text.find(from) != std::string::npos);
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
        auto parsed = Manifest::parse(text);
        REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().message));
        return *parsed;
    }
    Evidence about(const Manifest& m, std::size_t artifact) const
    {
        return EvidenceReader(m, trust).of_artifact(m.artifacts()[artifact]);
    }
};

} // namespace evidence_test
