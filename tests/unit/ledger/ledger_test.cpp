// SPDX-License-Identifier: GPL-3.0-or-later
// Also of: audit/bundle, audit/private_state, ledger/signed_checkpoints, ledger/index, ledger/settings, ledger/writer
// Also of: log/view, log/checkpoint
#include "unit/ledger/fixture.hpp"

#include <csignal>
#include <filesystem>
#include <sys/resource.h>
#include <thread>

#include "albs/audit/audit.hpp"
#include "albs/ledger/index.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/merkle.hpp"
#include "albs/statement/leaf.hpp"
#include "base/bytes.hpp"

using namespace albs;
using namespace ledger_test;

TEST_CASE("ledger: every schedule of appends makes the same public bytes")
{
    // The same keys in both, and of Ed25519, whose signatures are the same each time: so the bytes can be equal.
    SmallLedger once(Profile::sigsum);
    SmallLedger often(Profile::sigsum);
    often.trust = once.trust;
    std::filesystem::remove_all(often.path);
    std::filesystem::copy(once.path, often.path, std::filesystem::copy_options::recursive);
    ::setenv("XDG_STATE_HOME", (once.directory.path() + "/state").c_str(), 1);
    once.append(0, 300);
    for (int at = 0, step = 1; at < 300; at += step, step = step % 7 * 3 + 1) {
        ::setenv("XDG_STATE_HOME", (often.directory.path() + "/state").c_str(), 1);
        often.append(at, std::min(step, 300 - at));
    }
    for (const char* name : {"checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000",
                             "tile/entries/001.p/44", "attestations/000.intoto.jsonl", "attestations/001.intoto.jsonl"})
        CHECK_MESSAGE(once.read(name) == often.read(name), name);
    CHECK(problems_of(audit_of(often)).empty());
}

TEST_CASE("ledger: sizes around full tiles")
{
    SmallLedger small;
    int size = 0;
    for (int target : {1, 255, 256, 257, 511, 512, 513}) {
        std::vector<RecordedStatement> appended = small.append(size, target - size);
        size = target;
        CHECK(problems_of(audit_of(small)).empty());
        for (const RecordedStatement& one : appended) {
            auto proof = TlogProof::parse(one.proof);
            REQUIRE(proof);
            auto checkpoint = open_checkpoint(proof->checkpoint, small.vkey());
            REQUIRE(checkpoint);
            CHECK(checkpoint->size == static_cast<std::uint64_t>(size));
            CHECK(verify_inclusion(proof->index, checkpoint->size, leaf_hash(one.entry), proof->hashes,
                                   checkpoint->root));
        }
    }
}

TEST_CASE("ledger: a duplicate gives the index and the proof of the first time")
{
    SmallLedger small;
    std::vector<RecordedStatement> first = small.append(0, 3);
    small.append(3, 300);
    std::vector<RecordedStatement> again = small.append(1, 1);
    CHECK(again[0].index == 1);
    CHECK_FALSE(again[0].fresh);
    CHECK(again[0].proof == first[1].proof);
    CHECK(again[0].envelope == first[1].envelope);
    // Also when the cache is gone.
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(small.path + "/.state/index.sqlite" + suffix);
    again = small.append(1, 1);
    CHECK(again[0].index == 1);
    CHECK(again[0].proof == first[1].proof);
    // Twice in one batch.
    auto ledger = small.open();
    REQUIRE(ledger);
    auto twice = ledger->append({statement(900), statement(900)});
    REQUIRE(twice);
    CHECK((*twice)[0].index == (*twice)[1].index);
    CHECK(ledger->size() == 304);
}

// While it lives, no file grows past so many bytes.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes)
    {
        ::signal(SIGXFSZ, SIG_IGN);
        REQUIRE(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
        rlimit less{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &less) == 0);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() { (void)::setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

TEST_CASE("ledger: a commit that fails leaves nothing in the index, and takes nothing out of it")
{
    SmallLedger small;
    Ledger ledger = *small.open();
    REQUIRE(ledger.append({statement(0), statement(1)}, Publish::later));
    {
        FullDisk full(std::filesystem::file_size(small.path + "/.state/journal"));
        CHECK(!ledger.append({statement(2)}, Publish::later));
        CHECK(ledger.about(subjects_of(statement(2)).front())->empty());
    }
    auto again = ledger.append({statement(1), statement(3), statement(2)});
    REQUIRE_MESSAGE(again, (again ? "" : again.error().message));
    CHECK((*again)[0].index == 1);
    CHECK(!(*again)[0].fresh);
    CHECK((*again)[1].index == 2);
    CHECK((*again)[2].index == 3);
    CHECK((*again)[2].fresh);
    CHECK(problems_of(audit_of(small)).empty());
}

TEST_CASE("ledger: each profile")
{
    for (Profile profile : {Profile::rekor, Profile::sigsum, Profile::raw}) {
        SmallLedger small(profile);
        small.append(0, 5);
        std::vector<RecordedStatement> again = small.append(2, 5);
        CHECK(again[0].index == 2);
        CHECK(again[3].index == 5);
        CHECK(problems_of(audit_of(small)).empty());
        auto json = read_json(again[0].envelope);
        REQUIRE(json);
        CHECK(check_leaf(again[0].entry, *Envelope::from(*json)));
    }
}

TEST_CASE("ledger: writers at the same time lose nothing")
{
    SmallLedger small;
    std::vector<std::jthread> writers;
    for (int w = 0; w < 4; ++w)
        writers.emplace_back([&, w] {
            for (int i = 0; i < 10; ++i) {
                auto ledger = small.open();
                if (ledger)
                    (void)ledger->append({statement(w * 10 + i)});
            }
        });
    writers.clear();
    Audit audit = audit_of(small);
    CHECK(audit.entries == 40);
    CHECK(problems_of(audit).empty());
}

TEST_CASE("ledger: a restored backup and a copy that went another way sign nothing")
{
    SmallLedger small;
    small.append(0, 3);
    std::filesystem::copy(small.path, small.path + ".backup", std::filesystem::copy_options::recursive);
    small.append(3, 2);
    std::filesystem::remove_all(small.path);
    std::filesystem::rename(small.path + ".backup", small.path);
    auto ledger = small.open();
    REQUIRE_FALSE(ledger);
    CHECK(ledger.error().kind == Kind::trust);
    CHECK(ledger.error().message.find("rolled back") != std::string::npos);
    // A fork of the same size: made where nobody remembers.
    std::string state = small.directory.path() + "/state";
    std::filesystem::rename(state, state + ".kept");
    small.append(10, 2);
    std::filesystem::remove_all(state);
    std::filesystem::rename(state + ".kept", state);
    ledger = small.open();
    REQUIRE_FALSE(ledger);
    CHECK(ledger.error().kind == Kind::trust);
    CHECK(ledger.error().message.find("forked") != std::string::npos);
}

TEST_CASE("ledger: every flipped byte is found, or harmless for a reason")
{
    SmallLedger small;
    small.append(0, 2);
    small.append(2, 1);
    REQUIRE(problems_of(audit_of(small)).empty());
    auto names = sys::list_tree(small.path);
    REQUIRE(names);
    for (const std::string& name : *names) {
        // A cache that is checked against the log before it is believed, and a file of which only the lock is used.
        if (name.starts_with(".state/index.sqlite") || name == ".state/lock")
            continue;
        std::string good = small.read(name);
        std::size_t created = name == "log.json" ? good.find("2026-01-01T00:00:00Z") : std::string::npos;
        for (std::size_t i = 0; i < good.size(); ++i) {
            if (created != std::string::npos && i >= created && i < created + 20)
                continue; // for people; nothing is decided by it
            if (name.ends_with(".key") && (good[i] == '\n' || good[i] == '\r'))
                continue; // PEM does not care how its lines end: the key is the same
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ 1);
            std::filesystem::permissions(small.path + "/" + name, std::filesystem::perms::owner_write,
                                         std::filesystem::perm_options::add);
            FILE* file = std::fopen((small.path + "/" + name).c_str(), "wb");
            REQUIRE(file != nullptr);
            std::fwrite(bad.data(), 1, bad.size(), file);
            std::fclose(file);
            // What is public shows without the private part, whose audit takes most of the time.
            bool found = !name.starts_with(".state/") && !public_audit_of(small).problems.empty();
            CHECK_MESSAGE((found || !audit_of(small).problems.empty()), name << " byte " << i);
        }
        small.write(name, good);
    }
    CHECK(problems_of(audit_of(small)).empty());
}

TEST_CASE("ledger: audit names what is wrong")
{
    SmallLedger small;
    small.append(0, 300);
    std::string tile = small.read("tile/0/000");
    std::filesystem::remove(small.path + "/tile/0/000");
    CHECK(problems_of(audit_of(small)).empty());
    CHECK(audit_of(small).missing == std::vector<std::string>{"tile/0/000: the log has no 'tile/0/000'"});
    std::filesystem::create_directory(small.path + "/tile/0/000");
    CHECK(problems_of(audit_of(small)).find("is no regular file") != std::string::npos);
    std::filesystem::remove(small.path + "/tile/0/000");
    small.write("tile/0/000", tile.substr(0, 100));
    CHECK(problems_of(audit_of(small)).find("tile/0/000: is not what the entries give") != std::string::npos);
    small.write("tile/0/000", tile);
    small.write("tile/0/999", tile);
    small.write("tile/0/stray", "");
    CHECK(problems_of(audit_of(small)) == "tile/0/stray: is no resource of a log\n");
    std::filesystem::remove(small.path + "/tile/0/stray");
    small.write("attestations/000.intoto.jsonl", "");
    Audit audit = audit_of(small);
    CHECK(problems_of(audit).empty());
    CHECK(audit.statements == 44);
}
