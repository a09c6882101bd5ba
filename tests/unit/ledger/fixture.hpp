// SPDX-License-Identifier: GPL-3.0-or-later
// A small ledger in a directory of its own, for the tests of the ledger.
#pragma once
#include <doctest/doctest.h>

#include <cstdlib>

#include "albs/audit/audit.hpp"
#include "albs/evidence/evidence.hpp"
#include "albs/ledger/ledger.hpp"
#include "albs/log/directory.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

namespace ledger_test {

/// A statement with nothing but a subject, different for each number.
inline albs::Json statement(int number)
{
    using albs::Json;
    std::string digest = albs::sha256("file " + std::to_string(number)).hex();
    return Json::object(
        {{"_type", "https://in-toto.io/Statement/v1"},
         {"subject", Json::array({Json::object({{"digest", Json::object({{"sha256", digest}})}})})},
         {"predicateType", "https://example.org/test/v1"},
         {"predicate", Json::object({{"number", number}})}});
}

struct SmallLedger {
    albs::sys::TemporaryDirectory directory = *albs::sys::TemporaryDirectory::make("ledger-test");
    std::string path = directory.path() + "/ledger";
    albs::Policy trust;

    explicit SmallLedger(albs::Profile profile = albs::Profile::rekor)
    {
        ::setenv("XDG_STATE_HOME", (directory.path() + "/state").c_str(), 1);
        auto made = albs::Ledger::init(path, {.origin = profile == albs::Profile::sigsum ? "" : "log.example.org",
                                              .profile = profile,
                                              .created = "2026-01-01T00:00:00Z"});
        REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
        trust = *albs::read_log_trust(path + "/log.vkey");
    }
    albs::Vkey vkey() const { return trust.keys().front(); }
    /// Where its heads are remembered. Each has a place of its own: they all have the same name.
    std::string memory() const { return directory.path() + "/state/albs/heads"; }
    albs::Result<albs::Ledger> open() const { return albs::Ledger::open(path, {}, memory()); }
    /// Opens, appends statements [first, first + count) in one commit, closes.
    std::vector<albs::RecordedStatement> append(int first, int count) const
    {
        auto ledger = open();
        REQUIRE_MESSAGE(ledger, (ledger ? "" : ledger.error().message));
        std::vector<albs::Json> statements;
        for (int i = 0; i < count; ++i)
            statements.push_back(statement(first + i));
        auto appended = ledger->append(statements);
        REQUIRE_MESSAGE(appended, (appended ? "" : appended.error().message));
        return *appended;
    }
    std::string read(const std::string& name) const { return *albs::sys::read_file(path + "/" + name); }
    void write(const std::string& name, const std::string& bytes) const
    {
        REQUIRE(albs::sys::write_file(path + "/" + name, bytes, name.ends_with(".key") ? 0600 : 0644));
    }
};

inline albs::Audit audit_of(const SmallLedger& small, const std::string& with_state)
{
    auto audit = albs::audit_log(albs::fetch_from_directory(small.path), albs::Policy::of(small.vkey()), with_state);
    // That no known key signed the checkpoint is no contradiction, and all that can be said.
    if (!audit && audit.error().kind == albs::Kind::input)
        return {.missing = {}, .problems = {audit.error().message}};
    REQUIRE_MESSAGE(audit, (audit ? "" : audit.error().message));
    return *audit;
}

inline albs::Audit audit_of(const SmallLedger& small)
{
    return audit_of(small, small.path);
}

inline albs::Audit public_audit_of(const SmallLedger& small)
{
    return audit_of(small, "");
}

inline std::string problems_of(const albs::Audit& audit)
{
    std::string all;
    for (const std::string& problem : audit.problems)
        all += problem + "\n";
    return all;
}

} // namespace ledger_test
