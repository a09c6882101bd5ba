// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "sandbox/sandbox.hpp"
#include "sandbox/view.hpp"
#include "sys/file.hpp"

using namespace albs;

namespace {

/// Null where this machine allows no namespaces (a container, say): nothing to test then.
std::unique_ptr<sandbox::View> made()
{
    auto view = sandbox::View::make();
    if (!view) {
        MESSAGE("no views on this machine: " << view.error().message);
        return nullptr;
    }
    return std::make_unique<sandbox::View>(std::move(*view));
}

sys::ProcessResult inside(const sandbox::View& view, std::vector<std::string> argv)
{
    sandbox::Job job;
    job.argv = std::move(argv);
    job.view = &view;
    job.user = sandbox::User::installer;
    job.directory = "/";
    auto ended = sandbox::run(job);
    REQUIRE_MESSAGE(ended, ended.error().message);
    return ended->finished;
}

} // namespace

TEST_CASE("what a job writes to a view stays for the next job and never reaches the machine")
{
    auto view = made();
    if (!view)
        return;
    CHECK(inside(*view, {"touch", "/usr/bin/albs-view-test", "/etc/albs-view-test"}).err == "");
    CHECK(inside(*view, {"ls", "/usr/bin/albs-view-test", "/etc/albs-view-test"}).status == 0);
    CHECK(!sys::exists("/usr/bin/albs-view-test"));
    CHECK(!sys::exists("/etc/albs-view-test"));
    CHECK(sys::exists(view->root_from_here() + "/etc/albs-view-test"));
    CHECK(inside(*view, {"rm", "/usr/bin/env"}).status == 0);
    CHECK(inside(*view, {"ls", "/usr/bin/env"}).status != 0);
    CHECK(sys::exists("/usr/bin/env"));
}

TEST_CASE("inside a view one is root, without a network, and with the users of a new machine")
{
    auto view = made();
    if (!view)
        return;
    CHECK(inside(*view, {"id", "-u"}).out == "0\n");
    CHECK(inside(*view, {"cat", "/proc/net/route"}).out.find("eth") == std::string::npos);
    CHECK(inside(*view, {"getent", "passwd", "daemon"}).out == "daemon:x:2:2:daemon:/sbin:/sbin/nologin\n");
    if (view->has_many_ids())
        CHECK(inside(*view, {"chown", "daemon:mail", "/etc/hosts"}).err == "");
}

TEST_CASE("a view is gone with its object, and another knows nothing of it")
{
    auto first = made();
    if (!first)
        return;
    CHECK(inside(*first, {"touch", "/usr/left"}).status == 0);
    std::string place = sys::directory_name(sys::directory_name(first->root()));
    CHECK(sys::list_directory(place)->empty());
    first.reset();
    CHECK(!sys::exists(place));
    auto second = made();
    REQUIRE(second);
    CHECK(inside(*second, {"ls", "/usr/left"}).status != 0);
}
