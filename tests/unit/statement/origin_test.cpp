// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/origin.hpp"

#include <map>

#include "albs/statement/binding.hpp"
#include "albs/statement/draft.hpp"
#include "unit/evidence/fixture.hpp"

TEST_CASE("origins: build from source, source from package and commit, signed file from the unsigned one")
{
    evidence_test::Fixture f;
    f.add_later_records();
    const Source& source = f.manifest.sources()[0];
    const std::string node = "source " + std::string(source_key(source));
    std::map<std::string, std::vector<std::string>> made;
    for (const Draft& draft : drafts_of(f.manifest, {.key = "k", .origin = "o"}))
        for (Origin& origin : stated_origins(draft.statement))
            made[origin.from].push_back(std::move(origin.made));
    CHECK(made[*source.commit] == std::vector<std::string>{node});
    CHECK(made[source.srpm.value_or("")] == std::vector<std::string>{node});
    CHECK(made[node].size() == 5); // the source package, three packages and a log
    CHECK(made[f.manifest.artifacts()[1].sha256] == std::vector<std::string>{sha256("signed").hex()});
    CHECK(stated_origins(Json::object()).empty());
    auto from = [&](const std::string& one) -> Result<std::vector<std::string>> { return made[one]; };
    std::set<std::string> all = *all_made_from(*source.commit, from);
    CHECK(all.contains(sha256("signed").hex()));
    CHECK(all.contains(source.srpm.value_or(""))); // by the source, which it is made from in turn
    CHECK_FALSE(all.contains(*source.commit));
    // What is known is gone on from.
    CHECK(all_made_from("new", from, {f.manifest.artifacts()[1].sha256})->contains(sha256("signed").hex()));
    auto none = [](const std::string&) -> Result<std::vector<std::string>> { return fail(Kind::environment, "no"); };
    CHECK(all_made_from("one", none).error().kind == Kind::environment);
}
