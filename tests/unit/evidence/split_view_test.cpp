// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/split_view.hpp"

#include "albs/log/directory.hpp"
#include "unit/evidence/fixture.hpp"

using evidence_test::Fixture;

TEST_CASE("split view: saved once, with the log's own proof where it was read; not of what is only shorter")
{
    Fixture f;
    const CheckpointMemory memory = CheckpointMemory::at(f.directory.path() + "/memory").value();
    LogView log = LogView::open(fetch_from_directory(f.path), f.trust).value();
    RememberedCheckpoint other{.checkpoint = log.checkpoint, .note = "another note\n"};
    CHECK(check_extends(log, other, memory, false));
    --other.checkpoint.size;
    other.checkpoint.root = sha256("another tree");
    CHECK(check_extends(log, other, memory, true).error().kind == Kind::trust);
    RememberedCheckpoint longer = other;
    longer.checkpoint.size = log.checkpoint.size + 1;
    CHECK(check_extends(log, longer, memory, false).error().hint.empty());
    const std::string split = memory.file(log.checkpoint.origin) + ".split";
    CHECK_FALSE(sys::exists(split));

    const std::string stem = std::to_string(other.checkpoint.size) + "-" + other.checkpoint.root.hex().substr(0, 16);
    const std::string saved = split + "/" + stem + ".checkpoint";
    for (int times = 0; times < 2; ++times) {
        Status split_found = check_extends(log, other, memory, false);
        REQUIRE(!split_found);
        CHECK(split_found.error().kind == Kind::trust);
        CHECK(split_found.error().hint.find("'" + saved + "'") != std::string::npos);
    }
    CHECK(sys::read_file(saved).value() == other.note);
    std::size_t requests = 0;
    const std::vector<std::string> names = sys::list_directory(split).value();
    for (const std::string& name : names) {
        if (!name.ends_with(".add-checkpoint"))
            continue;
        ++requests;
        const std::string text = sys::read_file(split + "/" + name).value();
        CHECK(text.starts_with("old " + std::to_string(other.checkpoint.size) + "\n"));
        CHECK(text.ends_with("\n\n" + log.note));
    }
    CHECK(requests == 1);
}
