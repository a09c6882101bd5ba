// SPDX-License-Identifier: GPL-3.0-or-later
// Option tables: parsing, --help, --describe. The rest of cli/ is held to the laws as executables.
#include <doctest/doctest.h>

#include "cli/parse.hpp"

using albs::Kind;
using albs::cli::Common;
using albs::cli::ParsedCommand;
using albs::cli::Tool;

namespace {

struct Fixture {
    std::vector<std::string> keys;
    std::string to;
    std::string end;
    std::int64_t number = 0;
    bool flag = false;
    Common common;
    Tool tool{.name = "albs-sample", .summary = "do a thing", .commands = {}};

    Fixture()
    {
        tool.commands.push_back(
            {.name = "",
             .summary = "do a thing",
             .operands = "[MANIFEST]...",
             .options =
                 {{.names = "-k,--key", .value = "FINGERPRINT", .help = "sign with this key", .target = &keys},
                  {.names = "--to", .value = "DIR", .help = "where to", .target = &to, .required = true, .local = true},
                  {.names = "--number", .value = "N", .help = "a number", .target = &number},
                  {.names = "--flag", .value = "", .help = "a flag", .target = &flag}},
             .run = {}});
        tool.commands.push_back(
            {.name = "verify",
             .summary = "check it",
             .operands = "FILE...",
             .input = albs::cli::Input::operands,
             .options = {{.names = "--end", .value = "WORD", .help = "a word", .target = &end, .choices = {"a", "b"}}},
             .run = {}});
    }
    albs::Result<ParsedCommand> parse(std::vector<std::string> words)
    {
        words.insert(words.begin(), "albs-sample");
        std::vector<char*> argv;
        for (std::string& word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        return albs::cli::parse(static_cast<int>(words.size()), argv.data(), tool, common);
    }
    std::string error(std::vector<std::string> words)
    {
        auto parsed = parse(std::move(words));
        REQUIRE(!parsed);
        CHECK(parsed.error().kind == Kind::usage);
        CHECK(parsed.error().hint == "see 'albs-sample --help'");
        return parsed.error().message;
    }
};

} // namespace

TEST_CASE_FIXTURE(Fixture, "cli: options in every spelling, operands anywhere")
{
    auto parsed =
        parse({"one.json", "-k", "A", "--key=B", "-kC", "--to", "there", "-n", "two.json", "-j4", "--", "--flag"});
    REQUIRE(parsed);
    CHECK(keys == std::vector<std::string>{"A", "B", "C"});
    CHECK(parsed->operands == std::vector<std::string>{"one.json", "two.json", "--flag"});
    CHECK(common.dry_run);
    CHECK(common.jobs == 4);
    CHECK(!flag);
    // What was given and is not about this machine is recorded; common options are not.
    CHECK(albs::write_json(parsed->parameters) == R"({"key":["A","B","C"]})");
}

TEST_CASE_FIXTURE(Fixture, "cli: the last of an option that is not a list counts, and - is an operand")
{
    auto parsed = parse({"--to=a", "--to=b", "--number", "1", "--number=-2", "-"});
    REQUIRE(parsed);
    CHECK(to == "b");
    CHECK(number == -2);
    CHECK(parsed->operands == std::vector<std::string>{"-"});
    CHECK(albs::write_json(parsed->parameters) == R"({"number":-2})");
}

TEST_CASE_FIXTURE(Fixture, "cli: a verb has its own options, and does not want those of the tool's own job")
{
    auto parsed = parse({"verify", "--end", "a", "file", "-q"});
    REQUIRE(parsed);
    CHECK(parsed->command->name == "verify");
    CHECK(parsed->operands == std::vector<std::string>{"file"});
    CHECK(common.quiet);
    CHECK(error({"verify", "--key", "A"}).find("--key") != std::string::npos);
    CHECK(error({"verify", "--end", "c"}).find("--end") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "cli: a value that is spelled like a verb is a value")
{
    CHECK(error({"--key", "verify"}) == "--to is required");
    auto parsed = parse({"--key", "verify", "--to", "verify"});
    REQUIRE(parsed);
    CHECK(parsed->command->name.empty());
    CHECK(keys == std::vector<std::string>{"verify"});
}

TEST_CASE_FIXTURE(Fixture, "cli: what is not in the tables is refused")
{
    CHECK(error({}) == "--to is required");
    CHECK(error({"--to", "x", "--no-such"}).find("--no-such") != std::string::npos);
    CHECK(error({"--to"}).find("--to") != std::string::npos);
    CHECK(error({"--to", "x", "--number", "many"}).find("--number") != std::string::npos);
    CHECK(error({"--to", "x", "--number", "1.5"}).find("--number") != std::string::npos);
    CHECK(error({"--to", "x", "--number", "99999999999999999999"}).find("--number") != std::string::npos);
    CHECK(!error({"--to", "x", "--fl"}).empty());
    CHECK(!error({"--to", "x", "--flag=maybe"}).empty());
    CHECK(error({"--to", "x", "-j", "-1"}) == "--jobs wants a positive number");
}

TEST_CASE_FIXTURE(Fixture, "cli: help and description come from the same tables")
{
    std::string help = albs::cli::help_text(tool, tool.commands[0], common);
    CHECK(help.find("Usage: albs-sample [OPTION]... [MANIFEST]...\n       albs-sample verify [OPTION]... FILE...\n") ==
          0);
    CHECK(help.find("  -k, --key FINGERPRINT     sign with this key\n") != std::string::npos);
    std::string described = albs::cli::describe(tool, common);
    CHECK(described.find("\t-k,--key\tFINGERPRINT\t\tsign with this key\n") != std::string::npos);
    CHECK(described.find("verify\t--end\tWORD\ta,b\ta word\n") != std::string::npos);
    CHECK(described.find("verify\t\tFILE...\t\tcheck it\n") != std::string::npos);
}
