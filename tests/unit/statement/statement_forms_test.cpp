// SPDX-License-Identifier: GPL-3.0-or-later
// Which statements share a form, and that the manifest is smaller for it.
#include "albs/statement/statement_forms.hpp"

#include <doctest/doctest.h>

#include "albs/statement/status.hpp"

using namespace albs;

namespace {

Json statement(std::string_view task, int number, std::size_t common = 300)
{
    Json binding = Json::object({{"record", "build"}, {"task", task}, {"number", number}});
    Json predicate = Json::object({{"isolation", std::string(common, 'x') + std::string(task)},
                                   {"albs_binding", std::move(binding)}});
    return Json::object({{"_type", "https://in-toto.io/Statement/v1"}, {"predicate", std::move(predicate)}});
}

Notarization named(std::string_view kind, Json said)
{
    return {.id = "log#0", .about = "a", .kind = kind, .subject = "s", .log = "log", .statement = std::move(said)};
}

} // namespace

TEST_CASE("statement forms: the files of one task share one, and so do other records of one kind")
{
    std::vector<Notarization> all;
    for (std::string_view task : {"a", "b"})
        for (int number : {1, 2, 3})
            all.push_back(named("build", statement(task, number)));
    all.push_back(named("test", statement("a", 4)));
    all.push_back(named("test", statement("a", 5)));
    const std::vector<Notarization> before = all;
    std::vector<FormRecord> forms = share_forms(all);
    REQUIRE(forms.size() == 3);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const FormRecord& form = forms[i / 3];
        CHECK(all[i].form == form.id);
        CHECK(with_form(form.statement, all[i].statement) == before[i].statement);
    }
    CHECK(write_json(all[0].statement) == R"({"predicate":{"albs_binding":{"number":1}}})");
}

TEST_CASE("statement forms: none where nothing is smaller for it, and none for a status")
{
    std::vector<Notarization> all{named("build", statement("a", 1)), named("build", statement("b", 1)),
                                  named("file", statement("a", 1, 0)), named("file", Json()),
                                  named(status_kind, statement("a", 1)), named(status_kind, statement("a", 2)),
                                  named("source", Json::object({{"a", 1}})), named("source", Json::object({{"b", 1}}))};
    CHECK(share_forms(all).empty());
    for (const Notarization& one : all)
        CHECK(!one.form);
    CHECK(write_json(all[0].statement) == write_json(statement("a", 1)));
}
