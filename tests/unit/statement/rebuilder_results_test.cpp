// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/rebuilder_results.hpp"

#include <doctest/doctest.h>

#include "albs/manifest/manifest.hpp"
#include "albs/statement/binding.hpp"
#include "albs/statement/draft.hpp"

using namespace albs;

namespace {

using Answer = RebuilderResult::Answer;

const std::string file(64, 'f');

RebuildStatement says(const std::string& verdict, std::uint64_t index, const std::string& time = "",
                      const std::string& signer = "1", const std::string& log = "a")
{
    return {.log = log, .index = index, .signer = signer, .verdict = verdict, .time = time, .subjects = {file}};
}

Answer answer(const std::vector<RebuildStatement>& statements, const std::string& weakest = "identical",
              std::uint64_t withdrawn = 99)
{
    const Rebuilders rebuilders{.all = {{.name = "r", .keys = {"1", "2"}}}, .wanted = 1, .weakest = weakest};
    return results_of(rebuilders, file, statements, [&](const RebuildStatement& one) { return one.index == withdrawn; })
        .front()
        .answer;
}

} // namespace

TEST_CASE("rebuilder results: which verdicts count is the policy's")
{
    for (const char* verdict : {"identical", "signature"})
        for (const char* weakest : {"identical", "metadata", "payload"})
            CHECK(answer({says(verdict, 1)}, weakest) == Answer::reproduced);
    CHECK(answer({says("metadata", 1)}) == Answer::differs);
    CHECK(answer({says("metadata", 1)}, "metadata") == Answer::reproduced);
    CHECK(answer({says("payload", 1)}, "metadata") == Answer::differs);
    CHECK(answer({says("payload", 1)}, "payload") == Answer::reproduced);
    for (const char* verdict : {"differs", "missing", "", "a later version's"})
        CHECK(answer({says(verdict, 1)}, "payload") == Answer::differs);
}

TEST_CASE("rebuilder results: what is against it counts until a later word for it, by the log and by the times")
{
    CHECK(answer({}) == Answer::absent);
    CHECK(answer({says("identical", 1, "T1"), says("differs", 2, "T2")}) == Answer::differs);
    CHECK(answer({says("differs", 1, "T1"), says("identical", 2, "T2")}) == Answer::reproduced);
    CHECK(answer({says("differs", 1, "T2"), says("identical", 2, "T1")}) == Answer::differs);
    CHECK(answer({says("differs", 1, "T2"), says("identical", 2, "T2")}) == Answer::differs);
    CHECK(answer({says("identical", 1, "T9"), says("differs", 2, "T1")}) == Answer::differs);
    CHECK(answer({says("differs", 1), says("identical", 2)}) == Answer::reproduced);
}

TEST_CASE("rebuilder results: keys and logs of one rebuilder are one voice, and logs have no order between them")
{
    CHECK(answer({says("differs", 1, "T1", "1"), says("identical", 2, "T2", "2")}) == Answer::reproduced);
    CHECK(answer({says("identical", 9, "T9", "1", "a"), says("differs", 1, "T1", "1", "b")}) == Answer::differs);
    CHECK(answer({says("identical", 1, "T1", "3")}) == Answer::absent);
    RebuildStatement other = says("identical", 1);
    other.subjects = {std::string(64, 'e')};
    CHECK(answer({other}) == Answer::absent);
    other.subjects.push_back(file); // a signed copy
    CHECK(answer({other}) == Answer::reproduced);
}

TEST_CASE("rebuilder results: what is withdrawn or not accepted says nothing for it")
{
    CHECK(answer({says("identical", 1)}, "identical", 1) == Answer::withdrawn);
    CHECK(answer({says("identical", 1), says("identical", 2, "", "1", "b")}, "identical", 1) == Answer::withdrawn);
    CHECK(answer({says("differs", 1), says("differs", 2)}, "identical", 1) == Answer::differs);
    RebuildStatement unaccepted = says("identical", 1);
    unaccepted.unaccepted = "no quorum";
    CHECK(answer({unaccepted}) == Answer::absent);
    unaccepted.verdict = "differs";
    CHECK(answer({unaccepted}) == Answer::differs);
    unaccepted = says("identical", 2);
    unaccepted.unaccepted = "no quorum";
    CHECK(answer({says("differs", 1), unaccepted}) == Answer::differs);
}

TEST_CASE("rebuilder results: a statement is read, and is not believed that two digests are identical")
{
    Reproduction record{.id = file + "/rebuilt",
                        .artifact = file,
                        .name = "x.rpm",
                        .task = "t",
                        .verdict = "identical",
                        .rebuilt = JsonText(file),
                        .signed_files = {JsonText(std::string(64, 'd'))},
                        .finished = "2026-01-01T00:00:00Z"};
    const StatementSigner signer{.key = std::string(64, '1'), .origin = "log.example.org"};
    Draft draft = reproduction_draft(record, signer);
    CHECK(draft.kind == reproduction_kind);
    std::optional<RebuildStatement> read = rebuild_statement(draft.statement);
    REQUIRE(read);
    CHECK(read->verdict == "identical");
    CHECK(read->time == "2026-01-01T00:00:00Z");
    CHECK(read->subjects == std::vector<std::string>{file, std::string(64, 'd')});
    record.rebuilt = JsonText(std::string(64, '0'));
    CHECK(rebuild_statement(reproduction_draft(record, signer).statement)->verdict == "differs");
    CHECK_FALSE(rebuild_statement(Json::object({{"predicateType", "x"}})));
}
