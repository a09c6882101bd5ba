// SPDX-License-Identifier: GPL-3.0-or-later
// What a ledger makes of a commit that was interrupted: cut, finished, or left to a person. Of: ledger_open, journal
#include "unit/ledger/fixture.hpp"

#include <filesystem>

#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"

using namespace albs;
using namespace ledger_test;

TEST_CASE("ledger: the journal's torn end is cut, other damage waits for a person")
{
    SmallLedger small;
    small.append(0, 3);
    std::string journal = small.read(".state/journal");
    small.write(".state/journal", journal + "frame\0\0\nhalf a frame");
    small.append(3, 1);
    CHECK(problems_of(audit_of(small)).empty());
    journal = small.read(".state/journal");
    small.write(".state/journal", journal.substr(0, journal.size() - 10));
    auto ledger = small.open();
    REQUIRE_FALSE(ledger);
    CHECK(ledger.error().kind == Kind::trust);
    std::string flipped = journal;
    flipped[200] = static_cast<char>(flipped[200] ^ 1);
    small.write(".state/journal", flipped);
    ledger = small.open();
    REQUIRE_FALSE(ledger);
    CHECK(ledger.error().kind == Kind::trust);
    small.write(".state/journal", journal);
    small.append(4, 1);
}

TEST_CASE("ledger: a frame that was committed and never signed is finished")
{
    SmallLedger small;
    small.append(0, 3);
    std::filesystem::copy(small.path, small.path + ".before", std::filesystem::copy_options::recursive);
    small.append(3, 2);
    // Everything as it was before the second commit, but for the journal: the crash came right after the commit point.
    std::string journal = small.read(".state/journal");
    std::string checkpoint = small.read("checkpoint");
    std::filesystem::remove_all(small.path);
    std::filesystem::rename(small.path + ".before", small.path);
    small.write(".state/journal", journal);
    std::filesystem::remove_all(small.directory.path() + "/state");
    std::vector<RecordedStatement> again = small.append(3, 2);
    CHECK(again[0].index == 3);
    CHECK_FALSE(again[0].fresh);
    CHECK(small.read("checkpoint") == checkpoint);
    CHECK(problems_of(audit_of(small)).empty());
}

TEST_CASE("ledger: commits that are published later are proven at once, and published by whoever comes next")
{
    SmallLedger small;
    small.append(0, 254);
    std::string before = small.read("checkpoint");
    {
        auto ledger = small.open();
        REQUIRE(ledger);
        for (int i = 254; i < 260; ++i) {
            auto appended = ledger->append({statement(i)}, Publish::later);
            REQUIRE(appended);
            auto proof = TlogProof::parse(appended->front().proof);
            REQUIRE(proof);
            auto checkpoint = open_checkpoint(proof->checkpoint, small.vkey());
            REQUIRE(checkpoint);
            CHECK(checkpoint->size == static_cast<std::uint64_t>(i) + 1);
            CHECK(verify_inclusion(proof->index, checkpoint->size, leaf_hash(appended->front().entry), proof->hashes,
                                   checkpoint->root));
        }
        CHECK(small.read("checkpoint") == before);
        CHECK(public_audit_of(small).entries == 254);
        CHECK(problems_of(audit_of(small)).empty());
    } // as if it were killed
    std::string journal = small.read(".state/journal");
    small.write(".state/journal", journal.substr(0, journal.size() - 10));
    auto shorter = small.open();
    REQUIRE_FALSE(shorter); // the history says that the last one was signed
    CHECK(shorter.error().kind == Kind::trust);
    small.write(".state/journal", journal);
    CHECK_FALSE(small.append(259, 1)[0].fresh);
    CHECK(public_audit_of(small).entries == 260);
    CHECK(problems_of(audit_of(small)).empty());
    // One that was not published yet is found, too, and the rest follows on demand.
    auto ledger = small.open();
    REQUIRE(ledger);
    auto first = ledger->append({statement(260), statement(3)}, Publish::later);
    REQUIRE(first);
    auto again = ledger->append({statement(260), statement(261)}, Publish::later);
    REQUIRE(again);
    CHECK(again->front().index == 260);
    CHECK_FALSE(again->front().fresh);
    CHECK(again->front().proof == first->front().proof);
    REQUIRE(ledger->publish());
    CHECK(public_audit_of(small).entries == 262);
    CHECK(problems_of(audit_of(small)).empty());
}

TEST_CASE("ledger: what a power cut takes comes again from the journal")
{
    SmallLedger small;
    small.append(0, 3);
    small.append(3, 300);
    std::vector<std::string> lost = {"checkpoint",      ".state/signed",         "tile/0/000",
                                     "tile/0/001.p/47", "tile/entries/001.p/47", "attestations/001.intoto.jsonl",
                                     ".state/history"};
    std::vector<std::string> kept;
    for (const std::string& name : lost) {
        kept.push_back(small.read(name));
        std::string left;
        if (name.ends_with("signed"))
            left = std::string(kept.back().size(), '\0');
        if (name.ends_with("history")) { // its length came to the disk, and the end of it did not
            std::size_t last = kept.back().rfind("303 ");
            REQUIRE(last != std::string::npos);
            left = kept.back().substr(0, last + 10) + std::string(kept.back().size() - last - 10, '\0');
        }
        small.write(name, left);
    }
    // While the machine stayed up nothing can have taken them.
    auto ledger = small.open();
    REQUIRE_FALSE(ledger);
    CHECK(ledger.error().kind == Kind::trust);
    // Another boot: its id stands in the journal's head.
    std::string journal = small.read(".state/journal");
    journal.replace(56, 8, "00000000");
    journal.replace(92, 32, as_text(sha256(journal.substr(0, 92)).bytes()));
    small.write(".state/journal", journal);
    CHECK(small.open());
    for (std::size_t i = 0; i < lost.size(); ++i)
        CHECK_MESSAGE(small.read(lost[i]) == kept[i], lost[i]);
    CHECK(problems_of(audit_of(small)).empty());
}

TEST_CASE("ledger: what was public or signed is held against the private files, also where nothing is remembered")
{
    const auto copy = std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing;
    SmallLedger small;
    small.append(0, 3);
    const std::string backup = small.directory.path() + "/backup";
    const std::string present = small.directory.path() + "/present";
    std::filesystem::copy(small.path, backup, copy);
    small.append(3, 2);
    std::filesystem::copy(small.path, present, copy);
    auto refused = [&] {
        std::filesystem::remove_all(small.memory());
        auto opened = small.open();
        return !opened && opened.error().kind == Kind::trust;
    };
    // The private files of a backup, beside what is public now.
    std::filesystem::remove_all(small.path + "/.state");
    std::filesystem::copy(backup + "/.state", small.path + "/.state", copy);
    CHECK(refused());
    // What was signed was signed of a log that went another way.
    std::filesystem::remove_all(small.path);
    std::filesystem::copy(present, small.path, copy);
    {
        auto other = Ledger::open(backup, {}, backup + ".memory");
        REQUIRE(other);
        REQUIRE(other->append({statement(7), statement(8)}));
    }
    small.write(".state/signed", *sys::read_file(backup + "/.state/signed"));
    CHECK(refused());
    small.write(".state/signed", *sys::read_file(present + "/.state/signed"));
    CHECK_FALSE(refused());
}
