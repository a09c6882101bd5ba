// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-build/schedule.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <stdexcept>

using namespace albs;
using namespace albs::build;

namespace {

/// In what order pieces came to an end.
struct Journal {
    std::mutex mutex;
    std::vector<std::size_t> ended;
    std::size_t place(std::size_t piece) const
    {
        for (std::size_t i = 0; i < ended.size(); ++i)
            if (ended[i] == piece)
                return i;
        return ended.size();
    }
    Progress end(std::size_t piece)
    {
        std::lock_guard guard(mutex);
        ended.push_back(piece);
        return {};
    }
};

} // namespace

TEST_CASE("pieces come after what they wait for, whatever the number of threads")
{
    for (std::size_t jobs : {1U, 2U, 7U}) {
        Journal journal;
        std::vector<Piece> pieces(100);
        for (std::size_t i = 1; i < pieces.size(); ++i)
            pieces[i].waits_for = {i / 2};
        pieces[50].is_late = true;
        REQUIRE(run_in_order(pieces, jobs, [&](std::size_t i, bool) -> Result<Progress> { return journal.end(i); }));
        REQUIRE(journal.ended.size() == 100);
        for (std::size_t i = 1; i < pieces.size(); ++i)
            CHECK(journal.place(i / 2) < journal.place(i));
        CHECK(journal.place(50) == 99);
    }
}

TEST_CASE("the longest chain is begun first, and what is done is not done again")
{
    Journal journal;
    std::vector<Piece> pieces(5);
    pieces[0].is_done = true;
    pieces[1].waits_for = {0};
    pieces[3].waits_for = {2};
    pieces[4].waits_for = {3};
    REQUIRE(run_in_order(pieces, 1, [&](std::size_t i, bool) -> Result<Progress> { return journal.end(i); }));
    CHECK(journal.ended == std::vector<std::size_t>{2, 3, 1, 4});
}

TEST_CASE("a piece that is not done is begun again, after others or at last")
{
    Journal journal;
    std::vector<Piece> pieces(3);
    std::size_t tries = 0;
    bool was_last = false;
    REQUIRE(run_in_order(pieces, 1, [&](std::size_t i, bool last) -> Result<Progress> {
        if (i == 0 && ++tries == 1)
            return Progress{false, {2}};
        if (i == 1 && !last)
            return Progress{false, {}};
        was_last = was_last || (i == 1 && last);
        return journal.end(i);
    }));
    CHECK(journal.ended == std::vector<std::size_t>{2, 0, 1});
    CHECK(tries == 2);
    CHECK(was_last);
    // Each waits for the other, as it turns out: one of them has to come to an end.
    journal.ended.clear();
    pieces.resize(2);
    REQUIRE(run_in_order(pieces, 2, [&](std::size_t i, bool last) -> Result<Progress> {
        if (!last && journal.place(1 - i) == journal.ended.size())
            return Progress{false, {1 - i}};
        return journal.end(i);
    }));
    CHECK(journal.ended.size() == 2);
}

TEST_CASE("nothing is begun after an error, and an exception is one")
{
    std::atomic<int> begun = 0;
    std::vector<Piece> pieces(4);
    pieces[1].waits_for = {0};
    Status failed = run_in_order(pieces, 1, [&](std::size_t, bool) -> Result<Progress> {
        ++begun;
        return fail(Kind::environment, "no disk");
    });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().kind == Kind::environment);
    CHECK(begun == 1);
    failed = run_in_order(pieces, 2, [&](std::size_t, bool) -> Result<Progress> { throw std::runtime_error("oh"); });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().kind == Kind::internal);
    CHECK(run_in_order({}, 2, [&](std::size_t, bool) -> Result<Progress> { return Progress(); }));
}
