// SPDX-License-Identifier: GPL-3.0-or-later
// The lists of statuses that a writer appends.
// Also of: ledger/listed_statuses, ledger/indexed_entry
#include <filesystem>

#include "unit/evidence/fixture.hpp"
#include "unit/statement/status_list_fixture.hpp"

using ledger_test::audit_of;
using ledger_test::problems_of;
using ledger_test::SmallLedger;
using ledger_test::statement;
using status_list_test::change;
using status_list_test::Found;
using status_list_test::last_list;

namespace {

std::vector<RecordedStatement> append(const std::string& path, const std::vector<Json>& statements)
{
    auto ledger = Ledger::open(path);
    REQUIRE_MESSAGE(ledger, (ledger ? "" : ledger.error().message));
    auto appended = ledger->append(statements);
    REQUIRE_MESSAGE(appended, (appended ? "" : appended.error().message));
    return *appended;
}

std::vector<Json> fillers(int first, int count)
{
    std::vector<Json> all;
    for (int i = 0; i < count; ++i)
        all.push_back(statement(first + i));
    return all;
}

std::string digest(int number)
{
    return subjects_of(statement(number)).front();
}

std::string audited(const std::string& path, const Policy& trust)
{
    auto audit = audit_log(fetch_from_directory(path), trust, path);
    REQUIRE(audit);
    return problems_of(*audit);
}

void clear_line(const std::string& path, std::uint64_t index)
{
    const std::string file = path + "/" + attestations_path(index / tile_width);
    std::vector<std::string> lines = attestation_lines(*sys::read_file(file), tile_width);
    lines[index % tile_width].clear();
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    REQUIRE(sys::write_file(file, text));
}

} // namespace

TEST_CASE("lists of statuses: none in a small ledger, then one in each 256 entries, with what was appended")
{
    SmallLedger small;
    auto first = append(small.path, fillers(0, 767));
    CHECK(first.size() == 767);
    CHECK_FALSE(last_list(small.path, small.trust).list);
    auto one = append(small.path, {statement(767)});
    REQUIRE(one.size() == 1);
    CHECK(one[0].index == 767);
    Found found = last_list(small.path, small.trust);
    REQUIRE(found.list);
    CHECK(found.index == 768);
    CHECK(found.list->size == 768);
    CHECK(found.list->changes.empty());
    append(small.path, fillers(2000, 255));
    CHECK(last_list(small.path, small.trust).index == 768);
    // Nothing new: no list either.
    append(small.path, fillers(2000, 255));
    CHECK(last_list(small.path, small.trust).index == 768);
    append(small.path, {statement(3000)});
    CHECK(last_list(small.path, small.trust).index == 1025);
    // A change is listed at once, where few are.
    append(small.path, {change(digest(5), "revoked")});
    found = last_list(small.path, small.trust);
    CHECK(found.index == 1027);
    CHECK(found.list->changes.size() == 1);
    append(small.path, {change(digest(5), "valid")});
    found = last_list(small.path, small.trust);
    CHECK(found.index == 1029);
    CHECK(found.list->changes.back().change.status == "valid");
    // Where there are many, as soon as there are as many entries for them.
    std::vector<Json> changes;
    for (int i = 0; i < 40; ++i)
        changes.push_back(change(digest(100 + i), "superseded"));
    append(small.path, changes);
    CHECK(last_list(small.path, small.trust).index == 1070);
    append(small.path, {change(digest(6), "revoked")});
    append(small.path, {statement(3001)});
    CHECK(last_list(small.path, small.trust).index == 1070);
    append(small.path, {statement(3002)});
    found = last_list(small.path, small.trust);
    CHECK(found.index == 1074);
    CHECK(found.list->changes.size() == 43);
    append(small.path, {statement(3003)});
    CHECK(last_list(small.path, small.trust).index == 1074);
    CHECK(audited(small.path, small.trust).empty());
}

TEST_CASE("lists of statuses: long ones come less often")
{
    SmallLedger small;
    std::vector<Json> changes;
    for (int i = 0; i < 800; ++i)
        changes.push_back(change(digest(i), "superseded"));
    append(small.path, changes);
    CHECK(last_list(small.path, small.trust).index == 800);
    append(small.path, fillers(2000, 799));
    CHECK(last_list(small.path, small.trust).index == 800);
    append(small.path, {statement(1)});
    CHECK(last_list(small.path, small.trust).index == 1601);
    for (int i = 0; i < 800; ++i)
        changes[static_cast<std::size_t>(i)] = change(digest(1000 + i), "superseded");
    append(small.path, changes);
    CHECK(last_list(small.path, small.trust).index == 2402);
    append(small.path, fillers(3000, 1023)); // 1024 at most
    CHECK(last_list(small.path, small.trust).index == 2402);
    append(small.path, {statement(2)});
    CHECK(last_list(small.path, small.trust).index == 3427);
}

TEST_CASE("lists of statuses: what was made from what is withdrawn, whenever it was recorded")
{
    evidence_test::Fixture f;
    append(f.path, fillers(0, 1100));
    const std::string commit = *f.manifest.sources()[0].commit;
    append(f.path, {change(commit, "revoked")});
    Found found = last_list(f.path, f.trust);
    REQUIRE(found.list);
    CHECK(found.list->made.at(commit).size() == 6); // its source, and what was built
    f.add_later_records();
    append(f.path, {change(f.manifest.artifacts()[0].sha256, "superseded")});
    found = last_list(f.path, f.trust);
    CHECK(found.list->made.at(commit).size() == 7); // and a signed file
    CHECK(audited(f.path, f.trust).empty());
    // The same from nothing, when index and lists are lost.
    StatusList before = *found.list;
    REQUIRE(std::filesystem::remove(f.path + "/.state/index.sqlite"));
    for (std::uint64_t one = 0; one <= found.index; ++one)
        if (one == found.index || one == 1108)
            clear_line(f.path, one);
    append(f.path, fillers(2000, 1024));
    found = last_list(f.path, f.trust);
    CHECK(found.list->made == before.made);
    CHECK(found.list->changes == before.changes);
    CHECK(found.list->withheld == 2);
    CHECK(audited(f.path, f.trust).empty());
}

TEST_CASE("lists of statuses: a change that is withheld is counted, once")
{
    SmallLedger small;
    append(small.path, fillers(0, 10));
    append(small.path, {change(digest(5), "revoked")});
    clear_line(small.path, 10);
    append(small.path, fillers(10, 1020));
    Found found = last_list(small.path, small.trust);
    REQUIRE(found.list);
    CHECK(found.list->withheld == 1);
    CHECK(found.list->changes.empty());
    append(small.path, fillers(3000, 1024));
    CHECK(last_list(small.path, small.trust).list->withheld == 1);
    CHECK(audited(small.path, small.trust).empty());
}

TEST_CASE("lists of statuses: a last list that is damaged, or of entries to come, is not gone on from")
{
    SmallLedger small;
    append(small.path, fillers(0, 1100));
    append(small.path, {change(digest(5), "revoked")});
    const Found found = last_list(small.path, small.trust);
    const std::string file = small.path + "/" + attestations_path(found.index / tile_width);
    const std::string whole = *sys::read_file(file);
    std::string text = whole;
    std::size_t at = text.rfind("\"sig\":\"") + 12;
    text[at] = text[at] == 'A' ? 'B' : 'A';
    REQUIRE(sys::write_file(file, text));
    append(small.path, {change(digest(6), "revoked")});
    REQUIRE(sys::write_file(file, whole + sys::read_file(file)->substr(whole.size())));
    CHECK(last_list(small.path, small.trust).list->changes.size() == 2);
    StatusList false_list{.size = 9999, .root = sha256("another")};
    append(small.path, {status_list_statement(false_list, "log.example.org")});
    append(small.path, {change(digest(7), "revoked")});
    CHECK(last_list(small.path, small.trust).list->changes.size() == 3);
}

TEST_CASE("lists of statuses: signed by the ledger's own key, also after a change of keys")
{
    SmallLedger small;
    const std::string own = small.open()->statement_signer().key;
    {
        Ledger ledger = *small.open();
        PrivateKey host = *PrivateKey::generate(KeyType::p256);
        const std::string file = small.directory.path() + "/host.key";
        REQUIRE(sys::write_file(file, host.pem(), 0600));
        REQUIRE(ledger.sign_statements_with(file, {}));
        std::vector<Json> all = fillers(0, 1023);
        all.push_back(change(digest(1), "revoked"));
        REQUIRE(ledger.append(all));
        Found found = last_list(small.path, small.trust);
        REQUIRE(found.list);
        CHECK(found.signer == own);
        CHECK(found.list->changes.front().signer == host.public_key().fingerprint().hex());
    }
    Ledger ledger = *small.open();
    REQUIRE(ledger.rotate_keys({}));
    REQUIRE(ledger.append(fillers(2000, 1024)));
    Policy trust = Policy::of(ledger.vkeys());
    CHECK(last_list(small.path, trust).signer == ledger.statement_signer().key);
    CHECK(last_list(small.path, trust).list->changes.size() == 1);
    CHECK(audited(small.path, trust).empty());
}

TEST_CASE("lists of statuses: a commit that was interrupted before its files were public has its list again")
{
    SmallLedger small;
    const std::filesystem::path before = small.directory.path() + "/before";
    append(small.path, fillers(0, 767));
    const auto copy = std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy(small.path, before, copy);
    append(small.path, {statement(767)});
    for (const char* name : {"checkpoint", "tile", "attestations"}) {
        std::filesystem::remove_all(small.path + "/" + name);
        std::filesystem::copy(before / name, small.path + "/" + name, copy);
    }
    CHECK_FALSE(last_list(small.path, small.trust).list);
    REQUIRE(small.open());
    Found found = last_list(small.path, small.trust);
    CHECK(found.index == 768);
    CHECK(audited(small.path, small.trust).empty());
}

TEST_CASE("lists of statuses: each profile; one that does not fit an entry is left out")
{
    for (Profile profile : {Profile::rekor, Profile::sigsum, Profile::raw}) {
        SmallLedger small(profile);
        std::vector<Json> all = fillers(0, 1024);
        append(small.path, all);
        CHECK(last_list(small.path, small.trust).index == 1024);
        if (profile != Profile::raw)
            continue;
        std::vector<Json> changes;
        for (int i = 0; i < 400; ++i)
            changes.push_back(change(digest(i), "superseded"));
        append(small.path, changes);
        append(small.path, fillers(2000, 1024));
        CHECK(last_list(small.path, small.trust).index == 1024);
        CHECK(audited(small.path, small.trust).empty());
    }
}
