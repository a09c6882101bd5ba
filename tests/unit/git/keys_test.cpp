// SPDX-License-Identifier: GPL-3.0-or-later
// Both keys of a commit's record against those that the build system's own code made of the same commit, of a whole
// clone and of a shallow one (tests/vectors/git-keys.json: its text as Python wrote it, and the digest).
#include <doctest/doctest.h>

#include "albs/statement/albs_record.hpp"
#include "base/digest.hpp"
#include "git/history.hpp"
#include "git/library.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"
#include "sys/temporary.hpp"
#include "unit/source_file.hpp"

using namespace albs;
using namespace albs::git;

namespace {

const std::string commit = "da35d28f41f647a7551bd3113fadb537c8cd6d53";

void run(const std::string& directory, std::vector<std::string> words, const std::string& input = {})
{
    sys::Command command;
    command.argv = std::move(words);
    command.environment = sys::clean_environment();
    command.environment.insert(command.environment.end(), {"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null"});
    command.directory = directory;
    command.input = input;
    REQUIRE(sys::run_checked(command));
}

/// The repository of the vectors' recipe: three commits of one file.
std::string stream()
{
    std::string text;
    for (int i = 1; i <= 3; ++i) {
        std::string who = " Zoë Ünï <z@x.org> " + std::to_string(1704096000 + (i - 1) * 86400) + " +0200\n";
        std::string message = "commit " + std::to_string(i) + " – dash\n";
        text += "commit refs/heads/main\nauthor" + who + "committer" + who + "data " + std::to_string(message.size()) +
                "\n" + message + "M 100644 inline f\ndata 2\n" + std::to_string(i) + "\n\n";
    }
    return text;
}

const Json& vector_of(const Json& vectors, const std::string& clone)
{
    for (const Json& one : *vectors.find("vectors")->elements())
        if (*one.find("clone")->string() == clone)
            return one;
    FAIL("no vector");
    return vectors;
}

} // namespace

TEST_CASE("keys of commits are those of the build system, from a whole clone")
{
    Json vectors = *read_json(*sys::read_file(source_file("tests/vectors/git-keys.json")));
    auto directory = *sys::TemporaryDirectory::make("albs-unit");
    run(directory.path(), {"git", "init", "-q", "--bare", "whole"});
    run(directory.path() + "/whole", {"git", "fast-import", "--quiet"}, stream());
    auto whole = open_any(directory.path() + "/whole");
    REQUIRE(whole);
    auto record = commit_record(**whole, commit);
    REQUIRE_MESSAGE(record, (record ? "" : record.error().message));
    const Json& full = vector_of(vectors, "full");
    CHECK(python_json(record->git) == *full.find("canonical")->string());
    CHECK(record->key == *full.find("key")->string());
    CHECK(record->cas_key == *vectors.find("cas_key")->string());
    CHECK(git_record_name("https://git.almalinux.org/rpms/bash.git", commit) == *full.find("Name")->string());

    // What that code made of a shallow clone is another key of the same commit. It can be made again from a whole one,
    // so that such records can be found, and is never made from a shallow one.
    Json cut = record->git;
    cut.set("Parents", Json::array());
    const Json& shallow = vector_of(vectors, "depth=1");
    CHECK(python_json(cut) == *shallow.find("canonical")->string());
    CHECK(sha256(python_json(cut)).hex() == *shallow.find("key")->string());
    run(directory.path(), {"git", "clone", "-q", "--bare", "--depth", "1", "--branch", "main",
                           "file://" + directory.path() + "/whole", "shallow"});
    auto refused = open_any(directory.path() + "/shallow");
    REQUIRE(!refused);
    CHECK(refused.error().kind == Kind::input);
    CHECK(refused.error().message.find("shallow clone") != std::string::npos);
    auto forced = library().open(directory.path() + "/shallow");
    REQUIRE(forced);
    CHECK(!commit_record(**forced, commit));
}
