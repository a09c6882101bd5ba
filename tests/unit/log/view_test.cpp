// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/view.hpp"

#include "../ledger/fixture.hpp"

using namespace albs;

TEST_CASE("view: what others remember while a log is read is no alarm")
{
    ledger_test::SmallLedger small;
    small.append(0, 2);
    const std::string two = small.read("checkpoint");
    small.append(2, 2);
    const std::string four = small.read("checkpoint");
    CheckpointMemory memory = *CheckpointMemory::at(small.directory.path() + "/reader");
    auto remember = [&](const std::string& note) {
        Checkpoint checkpoint = *open_checkpoint(note, small.vkey());
        return memory.keep({.checkpoint = checkpoint, .note = note}, {small.vkey()}, false);
    };
    // Another process sees the log grow, right after this one was given the checkpoint.
    Fetch files = fetch_from_directory(small.path);
    bool grows = true;
    Fetch growing = [&](const std::string& path) -> Result<std::string> {
        if (path != "checkpoint")
            return files(path);
        if (grows)
            ALBS_CHECK(remember(four));
        return two;
    };
    CHECK(memory.read_all({small.vkey()})->empty());
    REQUIRE(remember(two));
    Result<LogView> view = LogView::open(growing, Policy::of(small.vkey()), memory);
    REQUIRE_MESSAGE(view, (view ? "" : view.error().message));
    CHECK(view->checkpoint.size == 2);
    // What was remembered before is.
    grows = false;
    REQUIRE(memory.read_all({small.vkey(), small.vkey()})->size() == 1);
    CHECK(memory.read_all({small.vkey()})->front().checkpoint.size == 4);
    CHECK(LogView::open(growing, Policy::of(small.vkey()), memory).error().kind == Kind::trust);
}
