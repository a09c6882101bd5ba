// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-build/order.hpp"

#include <doctest/doctest.h>

#include "tools/albs-build/circles.hpp"

using namespace albs;
using namespace albs::build;

namespace {

/// Tasks by number, each with a package "pN"; needs as "pN", or others, of which the repositories have those listed.
OrderQuestion question_of(const std::vector<std::vector<std::string>>& needs,
                          const std::vector<std::string>& in_repositories = {})
{
    OrderQuestion question;
    for (std::size_t i = 0; i < needs.size(); ++i) {
        question.tasks.push_back({"t" + std::to_string(i), "s" + std::to_string(i), needs[i], {i}});
        question.packages.push_back({{.name = "p" + std::to_string(i)}, ""});
    }
    question.needs = needs_of(question);
    for (const std::string& need : question.needs) {
        repositories::ProvidersOfNeed providers;
        const std::string what = need.starts_with("(") ? need.substr(1, need.find(' ') - 1) : need; // before its " if "
        for (std::size_t i = 0; i < needs.size(); ++i)
            if (what == "p" + std::to_string(i))
                providers.future = {i};
        for (const std::string& one : in_repositories)
            providers.is_in_repositories = providers.is_in_repositories || one == need;
        question.providers.push_back(std::move(providers));
    }
    return question;
}

} // namespace

TEST_CASE("tasks wait for what makes what they need")
{
    Order order = order_of(question_of({{"p1", "gcc"}, {"p2"}, {}, {"p1", "p2"}}, {"gcc"}));
    CHECK(waves_of(order) == std::vector<std::size_t>{2, 1, 0, 2});
    REQUIRE(order.waits[3].size() == 2);
    CHECK(order.waits[3][0].task == 1);
    CHECK(order.waits[3][0].need == "p1");
    CHECK(closure_of(order, {0}) == std::vector<std::size_t>{0, 1, 2});
    CHECK(order.late == std::vector<std::string>(4));
}

TEST_CASE("what nothing provides waits for all others, and so do those behind it")
{
    Order order = order_of(question_of({{"perl(X)"}, {"p0"}, {"p3"}, {}}));
    CHECK(order.late[0] == "perl(X)");
    CHECK(waves_of(order) == std::vector<std::size_t>{2, 3, 1, 0});
}

TEST_CASE("a circle is opened where the repositories have what closes it")
{
    Order order = order_of(question_of({{"p1"}, {"p0"}, {"p1"}}, {"p1"}));
    CHECK(order.waits[0].empty());
    REQUIRE(order.waits[1].size() == 1);
    CHECK(order.waits[1][0].task == 0);
    CHECK(order.notes.size() == 1);
    CHECK(order.impossible == std::vector<std::string>(3));
    CHECK(waves_of(order) == std::vector<std::size_t>{0, 1, 2});
}

TEST_CASE("a circle of which the repositories have nothing is named")
{
    Order order = order_of(question_of({{"p1"}, {"p2"}, {"p0"}, {"p0"}, {}}));
    CHECK(order.impossible[0].find("'t0' needs 'p1' of 't1', 't1' needs 'p2' of 't2', 't2' needs 'p0' of 't0'") !=
          std::string::npos);
    CHECK(order.impossible[3].empty());
    CHECK(order.impossible[4].empty());
}

TEST_CASE("circles within circles")
{
    // 0 <-> 1 and 1 <-> 2, and 2 has older packages of 1, 1 of 0 and 2.
    Order order = order_of(question_of({{"p1"}, {"p0", "p2"}, {"p1"}}, {"p0", "p2"}));
    CHECK(order.waits[1].empty());
    CHECK(waves_of(order) == std::vector<std::size_t>{1, 0, 1});
}

TEST_CASE("the source that made the older package is waited for, and what its packages require")
{
    OrderQuestion question = question_of({{"libx.so.1", "p1"}, {}, {}});
    for (std::size_t i = 0; i < question.needs.size(); ++i)
        if (question.needs[i] == "libx.so.1") {
            question.providers[i].is_in_repositories = true;
            question.providers[i].sources = {"s2", "elsewhere"};
        }
    Order order = order_of(question);
    REQUIRE(order.waits[0].size() == 2);
    CHECK(order.waits[0][1].task == 2);
    CHECK(order.waits[0][1].has_older);
    question = question_of({{"p1"}, {}, {}});
    question.packages[1].says.needs = {"p2"};
    question.needs = {"p1", "p2"};
    question.providers = {{{1}, {}, false}, {{2}, {}, false}};
    order = order_of(question);
    REQUIRE(order.waits[0].size() == 2);
    CHECK(order.waits[0][1].need == "p2");
    CHECK(order.waits[1].empty());
}

TEST_CASE("what is built in a sequence waits for what is before it, and never for what is later")
{
    // Two are first, though the second needs what the third makes; the third needs nothing; the last is of no sequence.
    OrderQuestion question = question_of({{}, {"p2"}, {}, {"p0"}, {"p2"}});
    question.tasks[2].after = {"t0", "t1", "not there"};
    question.tasks[3].after = {"t0", "t1", "t2"};
    Order order = order_of(question);
    CHECK(order.waits[1].empty());
    REQUIRE(order.waits[2].size() == 2);
    CHECK(order.waits[2][0].task == 0);
    CHECK(reason_of(order.waits[2][0], "t0") == "is built after 't0' of its module");
    // Of those before it, the nearest, and what it needs itself.
    REQUIRE(order.waits[3].size() == 2);
    CHECK(reason_of(order.waits[3][0], "t0") == "needs 'p0' of 't0'");
    CHECK(order.waits[3][1].task == 2);
    CHECK(waves_of(order) == std::vector<std::size_t>{0, 0, 1, 2, 2});
    CHECK(closure_of(order, {3}) == std::vector<std::size_t>{0, 1, 2, 3});
    CHECK(order.late == std::vector<std::string>(5));
}

TEST_CASE("a sequence is not given up for what the repositories have")
{
    // The first needs a package of another source that needs the second: only the need can be met by an older one.
    OrderQuestion question = question_of({{"p2"}, {}, {"p1"}}, {"p2"});
    question.tasks[1].after = {"t0"};
    Order order = order_of(question);
    CHECK(order.waits[0].empty());
    REQUIRE(order.waits[1].size() == 1);
    CHECK(order.waits[1][0].task == 0);
    question = question_of({{"p2"}, {}, {"p1"}});
    question.tasks[1].after = {"t0"};
    order = order_of(question);
    CHECK(order.impossible[0] == "these need each other, and no repository has an older one: 't0' needs 'p2' of 't2', "
                                 "'t2' needs 'p1' of 't1', 't1' is built after 't0' of its module");
}

TEST_CASE("a need with a condition is one where the condition may hold, and is no reason to be late")
{
    // What nobody has makes no need, and what is not provided makes nobody wait for all others.
    Order order = order_of(question_of({{"(p1 if nothing)"}, {}, {"(nobody if gcc)"}}, {"gcc"}));
    CHECK(order.waits[0].empty());
    CHECK(order.late == std::vector<std::string>(3));
    // What the repositories have may be in the root.
    order = order_of(question_of({{"(p1 if gcc)"}, {}}, {"gcc"}));
    CHECK(order.waits[0].size() == 1);
    // What is built in the same run is there for who needs it.
    order = order_of(question_of({{"(p1 if p2)", "p2"}, {}, {}, {"(p1 if p2)"}}));
    CHECK(order.waits[0].size() == 2);
    CHECK(order.waits[3].empty());
    // One condition may hold because of another.
    order = order_of(question_of({{"(p1 if p2)", "(p2 if p3)", "p3"}, {}, {}, {}}));
    CHECK(order.waits[0].size() == 3);
    order = order_of(question_of({{"(p1 if nothing else p2)"}, {}, {}}));
    CHECK(order.waits[0].size() == 1);
    // No circle where the condition does not hold.
    order = order_of(question_of({{"(p1 if nothing)"}, {"p0"}}));
    CHECK(order.impossible == std::vector<std::string>(2));
}

TEST_CASE("streams and repositories of its own may have what opens a circle, or what nothing else has")
{
    OrderQuestion question = question_of({{"p1"}, {"p0"}});
    CHECK_FALSE(order_of(question).impossible[0].empty());
    question.tasks[0].own_providers = question.providers;
    for (repositories::ProvidersOfNeed& providers : question.tasks[0].own_providers)
        providers.is_in_repositories = true;
    Order order = order_of(question);
    CHECK(order.impossible == std::vector<std::string>(2));
    CHECK(order.waits[0].empty());
    CHECK(order.waits[1].size() == 1);
    question = question_of({{"nobody"}});
    question.tasks[0].own_providers = {{.future = {}, .sources = {}, .is_in_repositories = true}};
    CHECK(order_of(question).late[0].empty());
}
