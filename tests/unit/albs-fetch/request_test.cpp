// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-fetch/request.hpp"

#include <doctest/doctest.h>

#include "sys/file.hpp"
#include "sys/temporary.hpp"

using albs::fetch::Form;
using albs::fetch::read_request;
using albs::fetch::read_requests;

TEST_CASE("a request: repositories, source packages and directories are told apart")
{
    albs::sys::TemporaryDirectory directory = *albs::sys::TemporaryDirectory::make("albs-unit");
    std::string file = directory.path() + "/a.rpm";
    REQUIRE(albs::sys::write_cache(file, "x"));
    CHECK(read_request(directory.path())->form == Form::directory);
    CHECK(read_request(file)->form == Form::srpm_file);
    CHECK(read_request("https://example.org/a-1-1.src.rpm")->form == Form::srpm_url);
    CHECK(read_request("http://example.org/a-1-1.nosrc.rpm")->form == Form::srpm_url);
    albs::Result<albs::fetch::Request> git = read_request("https://bob:secret@example.org/rpms/which.git#c9");
    REQUIRE(git);
    CHECK(git->form == Form::git);
    CHECK(git->location.ref == "c9");
    CHECK(git->shown.find("secret") == std::string::npos);
}

TEST_CASE("a request: what is none of them is refused by its kind")
{
    CHECK(read_request("git@example.org:rpms/which").error().kind == albs::Kind::usage);
    // What is not there is that source's failure, and of no other.
    for (const char* text : {"/nonexistent/a.src.rpm", "", "/nonexistent#c9"}) {
        albs::Result<albs::fetch::Request> request = read_request(text);
        REQUIRE(request);
        REQUIRE(request->refusal);
        CHECK(request->refusal->kind == albs::Kind::input);
    }
    CHECK(!read_request("/")->refusal);
}

TEST_CASE("a request: a repository of this machine that is named by its path is told how to be named")
{
    albs::sys::TemporaryDirectory directory = *albs::sys::TemporaryDirectory::make("albs-unit");
    const std::string path = directory.path();
    CHECK(read_request(path + "#c9")->refusal->hint == "a repository of this machine is file://" + path + "#c9");
    for (const char* name : {"/objects", "/refs"})
        REQUIRE(albs::sys::make_directories(path + name));
    CHECK(!read_request(path)->refusal);
    REQUIRE(albs::sys::write_cache(path + "/HEAD", "ref: refs/heads/c9\n"));
    CHECK(read_request(path)->refusal->message == "it is a git repository without files");
    REQUIRE(albs::sys::make_directories(path + "/.git"));
    CHECK(!read_request(path)->refusal);
}

TEST_CASE("a list of requests: comments and blank lines are none; an error names the line")
{
    albs::sys::TemporaryDirectory directory = *albs::sys::TemporaryDirectory::make("albs-unit");
    std::string list = directory.path() + "/list";
    REQUIRE(albs::sys::write_cache(list, "# all of them\n\n  https://example.org/a.git#c9 \t# a comment\r\n" +
                                             directory.path() + "\n   # nothing\nhttps://example.org/b.src.rpm"));
    albs::Result<std::vector<albs::fetch::Request>> requests = read_requests({"https://example.org/first.git#x"}, list);
    REQUIRE(requests);
    REQUIRE(requests->size() == 4);
    CHECK((*requests)[0].text == "https://example.org/first.git#x");
    CHECK((*requests)[1].text == "https://example.org/a.git#c9");
    CHECK((*requests)[2].form == Form::directory);
    CHECK((*requests)[3].form == Form::srpm_url);

    REQUIRE(albs::sys::write_cache(list, "https://example.org/a.git#c9\ngit@example.org:which\n"));
    requests = read_requests({}, list);
    REQUIRE(!requests);
    CHECK(requests.error().kind == albs::Kind::input);
    CHECK(requests.error().message.find("line 2") != std::string::npos);
    // An editor's mark is none of the source; what is no text is no list, and nothing is no list either.
    REQUIRE(albs::sys::write_cache(list, "\xef\xbb\xbf"
                                         "https://example.org/a.git#c9\r\n/nonexistent\n"));
    requests = read_requests({}, list);
    REQUIRE(requests);
    REQUIRE(requests->size() == 2);
    CHECK(requests->front().text == "https://example.org/a.git#c9");
    CHECK(requests->back().refusal->message.find("', line 2: cannot open '/nonexistent'") != std::string::npos);
    for (const char* text : {"a\x01\n", "\xff\n", "# only this\n", ""}) {
        REQUIRE(albs::sys::write_cache(list, text));
        requests = read_requests({}, list);
        REQUIRE(!requests);
        CHECK(requests.error().kind == albs::Kind::input);
    }
    CHECK(read_requests({}, list + "/none").error().kind == albs::Kind::usage);
    REQUIRE(!read_requests({}, ""));
    CHECK(read_requests({}, "").error().kind == albs::Kind::usage);
}
