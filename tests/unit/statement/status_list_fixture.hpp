// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of status, and lists of them, for the tests of both.
#pragma once
#include "albs/log/merkle.hpp"
#include "albs/log/view.hpp"
#include "albs/statement/logged_statements.hpp"
#include "albs/statement/since_list.hpp"
#include "albs/statement/status_list.hpp"
#include "unit/ledger/fixture.hpp"

namespace status_list_test {

inline albs::Json change(const std::string& digest, const std::string& status)
{
    using albs::Json;
    Json subject = Json::object({{"digest", Json::object({{"sha256", digest}})}});
    return Json::object({{"_type", "https://in-toto.io/Statement/v1"},
                         {"subject", Json::array({subject})},
                         {"predicateType", albs::status_type},
                         {"predicate", Json::object({{"albs_status", status}, {"reason", "why"}})}});
}

inline albs::LogView view_of(const std::string& path, const albs::Policy& trust)
{
    return *albs::LogView::open(albs::fetch_from_directory(path), trust);
}

/// The last list of the log at PATH, if it has one, and who signed it.
struct Found {
    std::optional<albs::StatusList> list;
    std::uint64_t index = 0;
    std::string signer;
};
inline Found last_list(const std::string& path, const albs::Policy& trust)
{
    Found found;
    albs::LogView log = view_of(path, trust);
    REQUIRE(albs::for_each_statement(log, [&](const albs::LoggedStatement& one) -> albs::Status {
        if (auto list = *albs::status_list_of(*albs::read_json(one.envelope.payload)))
            found = {.list = std::move(list),
                     .index = one.index,
                     .signer = albs::check_leaf(one.entry, one.envelope)->fingerprint().hex()};
        return {};
    }));
    return found;
}

/// What a list of the whole log has to say, with the log's root.
inline albs::StatusList true_list(const std::string& path, const albs::Policy& trust)
{
    albs::StatusCollector collector;
    albs::LogView log = view_of(path, trust);
    REQUIRE(albs::for_each_statement(log, [&](const albs::LoggedStatement& one) -> albs::Status {
        collector.add(one.index, albs::status_facts(*albs::read_json(one.envelope.payload), one.index),
                      albs::check_leaf(one.entry, one.envelope)->fingerprint().hex());
        return {};
    }));
    albs::StatusList list = collector.list(log.checkpoint.size);
    list.root = log.checkpoint.root;
    return list;
}

} // namespace status_list_test
