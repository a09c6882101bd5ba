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
    const std::pair<const char*, albs::Kind> bad[] = {{"git@example.org:rpms/which", albs::Kind::usage},
                                                      {"/nonexistent/a.src.rpm", albs::Kind::environment},
                                                      {"", albs::Kind::environment}};
    for (auto [text, kind] : bad) {
        albs::Result<albs::fetch::Request> request = read_request(text);
        REQUIRE(!request);
        CHECK(request.error().kind == kind);
    }
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
    REQUIRE(!read_requests({}, ""));
    CHECK(read_requests({}, "").error().kind == albs::Kind::usage);
}
