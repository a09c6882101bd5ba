// SPDX-License-Identifier: GPL-3.0-or-later
// Git: what may be given to it, and that we read its repositories as it does.
#include <doctest/doctest.h>

#include <sys/stat.h>

#include "git/bundle.hpp"
#include "git/checkout.hpp"
#include "git/library.hpp"
#include "git/location.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"
#include "sys/temporary.hpp"

using namespace albs;
using namespace albs::git;

namespace {

/// A bare repository filled by git fast-import.
class Imported {
public:
    explicit Imported(const std::string& stream)
    {
        run({"init", "-q", "--bare", "."});
        run({"fast-import", "--quiet"}, stream);
    }
    std::string run(std::vector<std::string> words, const std::string& input = {}) const
    {
        sys::Command command;
        command.argv = {"git"};
        command.argv.insert(command.argv.end(), words.begin(), words.end());
        command.environment = sys::clean_environment();
        command.environment.insert(command.environment.end(), {"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null"});
        command.directory = directory_.path();
        command.input = input;
        auto done = sys::run_checked(command);
        REQUIRE(done);
        return done->out;
    }
    std::unique_ptr<Repository> open() const
    {
        auto repository = library().open(directory_.path());
        REQUIRE(repository);
        return std::move(*repository);
    }

private:
    sys::TemporaryDirectory directory_ = *sys::TemporaryDirectory::make("albs-unit");
};

std::string commit_text(int mark, int time, const std::string& more)
{
    return "commit refs/heads/main\nmark :" + std::to_string(mark) + "\nauthor A U Thor <a@example.org> " +
           std::to_string(time) + " -0530\ncommitter C O Mitter <c@example.org> " + std::to_string(time) +
           " +0100\ndata 4\nabc\n" + more + "\n";
}

} // namespace

TEST_CASE("URLs and refs that are orders to git or ssh are refused")
{
    for (const char* good : {"https://example.org/x.git#c9", "http://u:p@example.org/x", "ssh://git@example.org/x#v1.0",
                             "file:///srv/x.git#refs/heads/a", "https://example.org/x#imports/c9/x-1.0-1.el9"})
        CHECK_MESSAGE(parse_location(good), good);
    for (const char* bad :
         {"ext::sh -c true", "fd::3", "git://example.org/x", "/srv/x", "ssh://-oProxyCommand=x/y", "ssh://u@-o/y",
          "https:///x", "https://example.org/a b", "https://example.org/x#", "https://example.org/x#-f",
          "https://example.org/x#a..b", "https://example.org/x#a^{}", "https://example.org/x#a:b",
          "https://example.org/x#/a", "https://example.org/x\n", "-uhttps://example.org", ""}) {
        auto location = parse_location(bad);
        CHECK_MESSAGE(!location, bad);
        if (!location)
            CHECK(location.error().kind == Kind::usage);
    }
    auto secret = parse_location("https://u:p@example.org/x.git#c9");
    REQUIRE(secret);
    CHECK(secret->url == "https://example.org/x.git");
    CHECK(secret->secret_url == "https://u:p@example.org/x.git");
    CHECK(secret->ref == "c9");
    // No password in a complaint either.
    CHECK(parse_location("https://u:pass@example.org/x#..").error().message.find("pass") == std::string::npos);
}

TEST_CASE("links that leave a tree are told from those that stay")
{
    CHECK(link_stays_inside("a", "b"));
    CHECK(link_stays_inside("a/b", "../c/d"));
    CHECK(link_stays_inside("a/b/c", "../../x"));
    CHECK(link_stays_inside("a", "./b//c"));
    CHECK(!link_stays_inside("a", "../b"));
    CHECK(!link_stays_inside("a/b", "../../c"));
    CHECK(!link_stays_inside("a", "/etc/passwd"));
    CHECK(!link_stays_inside("a/b", "c/../../d"));
    CHECK(!link_stays_inside("a", ""));
    CHECK(!link_stays_inside("a", ".."));
}

TEST_CASE("a commit is read as git wrote it")
{
    Imported imported(commit_text(1, 1700000000, "M 100644 inline f\ndata 2\nx\n\n") +
                      commit_text(2, 1700000001, "from :1\n"));
    std::unique_ptr<Repository> repository = imported.open();
    auto head = repository->resolve("main");
    REQUIRE(head);
    REQUIRE(*head);
    auto commit = repository->commit((*head)->commit);
    REQUIRE(commit);
    CHECK(commit->tree + "\n" == imported.run({"rev-parse", "main^{tree}"}));
    CHECK(commit->parents.size() == 1);
    CHECK(commit->author.name == "A U Thor");
    CHECK(commit->author.email == "a@example.org");
    CHECK(commit->author.time == 1700000001);
    CHECK(commit->author.offset_minutes == -330);
    CHECK(commit->committer.offset_minutes == 60);
    CHECK(commit->message == "abc\n");
    CHECK(commit->signature.empty());
    CHECK((*head)->branch == "main");
    CHECK(!*repository->resolve("nothing"));
    CHECK(!*repository->resolve(std::string(40, '1')));
    CHECK(!repository->commit(std::string(40, '1')));
    CHECK((*repository->resolve(commit->id.substr(0, 10)))->commit == commit->id);
}

TEST_CASE("ancestors come in the order of git rev-list, also where times are equal or run backwards")
{
    // A small generator of our own: the same histories in every run.
    unsigned state = 1;
    auto random = [&](unsigned below) {
        state = state * 1103515245U + 12345U;
        return (state >> 16U) % below;
    };
    for (int round = 0; round < 8; ++round) {
        std::string stream;
        for (int mark = 1; mark <= 60; ++mark) {
            std::string parents;
            if (mark > 1) {
                parents = "from :" + std::to_string(mark - 1) + "\n";
                for (unsigned more = random(3); more > 0 && mark > 3; --more)
                    parents += "merge :" + std::to_string(1 + random(static_cast<unsigned>(mark) - 2)) + "\n";
            }
            stream += commit_text(mark, 1700000000 + mark / 7 + static_cast<int>(random(4)), parents);
        }
        Imported imported(stream);
        std::unique_ptr<Repository> repository = imported.open();
        auto ancestors = repository->ancestors((*repository->resolve("main"))->commit);
        REQUIRE(ancestors);
        std::string list;
        for (const std::string& id : *ancestors)
            list += id + "\n";
        CHECK(list == imported.run({"rev-list", "--skip=1", "main"}));
    }
}

TEST_CASE("a checkout is the tree: modes, links, times, no submodules")
{
    Imported imported(commit_text(1, 1700000000,
                                  "M 100644 inline d/f\ndata 2\nx\n\nM 100755 inline run\ndata 1\ny\n"
                                  "M 120000 inline link\ndata 3\nd/f\n"
                                  "M 160000 1111111111111111111111111111111111111111 sub\n"));
    std::unique_ptr<Repository> repository = imported.open();
    std::string commit = (*repository->resolve("main"))->commit;
    auto directory = *sys::TemporaryDirectory::make("albs-unit");
    auto submodules = check_out(*repository, commit, directory.path(), 1234567890);
    REQUIRE(submodules);
    CHECK(*submodules == std::vector<std::string>{"sub"});
    CHECK(*sys::read_file(directory.path() + "/d/f") == "x\n");
    CHECK(*sys::read_file(directory.path() + "/link") == "x\n");
    struct stat status {};
    REQUIRE(lstat((directory.path() + "/run").c_str(), &status) == 0);
    CHECK((status.st_mode & 07777) == 0755);
    CHECK(status.st_mtime == 1234567890);
    REQUIRE(lstat((directory.path() + "/d/f").c_str(), &status) == 0);
    CHECK((status.st_mode & 07777) == 0644);
}

TEST_CASE("a bundle has the whole history, and the same bytes however the objects are packed")
{
    std::string stream = "blob\nmark :9\ndata 70000\n" + std::string(70000, 'x') + "\n";
    stream += commit_text(1, 1000, "M 100644 :9 large\nM 160000 1111111111111111111111111111111111111111 module\n");
    stream += commit_text(2, 2000, "M 100644 inline d/empty\ndata 0\n\nM 100755 inline d/run\ndata 2\nhi\n");
    Imported imported(stream);
    const std::string head = imported.run({"rev-parse", "main"}).substr(0, 40);
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("albs-unit");
    const std::string bundle = directory.path() + "/a.bundle";
    REQUIRE(write_bundle(*imported.open(), head, bundle));
    CHECK(imported.run({"bundle", "list-heads", bundle}) == head + " HEAD\n");
    imported.run({"repack", "-q", "-a", "-d", "-f", "--depth=3"});
    const std::string again = directory.path() + "/b.bundle";
    REQUIRE(write_bundle(*imported.open(), head, again));
    const std::string bytes = *sys::read_file(bundle);
    CHECK(bytes == *sys::read_file(again));

    const std::string restored = directory.path() + "/restored";
    REQUIRE(sys::make_directories(restored));
    auto named = library().restore(bundle, restored);
    REQUIRE_MESSAGE(named, (named ? "" : named.error().message));
    CHECK(*named == head);
    auto repository = library().open(restored + "/.git");
    REQUIRE(repository);
    CHECK((*repository)->ancestors(head)->size() == 1);
    CHECK((*repository)->reachable(head)->size() == 8);
    CHECK((*repository)->list(head)->size() == 5);
    auto now = (*repository)->revision("HEAD");
    REQUIRE(now);
    CHECK(*now == head);
    // As git sees it, all is there, and nothing of it is staged.
    imported.run({"--git-dir=" + restored + "/.git", "fsck", "--strict"});
    CHECK(imported.run({"--git-dir=" + restored + "/.git", "diff", "--cached", "HEAD", "--"}).empty());

    int number = 0;
    auto refused = [&](const std::string& text) {
        const std::string file = directory.path() + "/bad" + std::to_string(++number);
        REQUIRE(sys::write_file(file, text));
        REQUIRE(sys::make_directories(file + ".d"));
        auto result = library().restore(file, file + ".d");
        return !result && result.error().kind == Kind::input;
    };
    CHECK(refused(""));
    CHECK(refused("# v2 git bundle\n" + head + " HEAD\n\n"));
    CHECK(refused(bytes.substr(0, bytes.size() - 30)));
    CHECK(refused("# v2 git bundle\n-" + head + " x\n" + bytes.substr(16)));
    std::string other = bytes;
    other[bytes.size() / 2] = 'y';
    CHECK(refused(other));
    other = bytes;
    other.replace(16, 40, std::string(40, 'a'));
    CHECK(refused(other));
}

TEST_CASE("tags are listed, and the nearest of a pattern is found as git describe finds it")
{
    Imported imported(commit_text(1, 100, "") + commit_text(2, 200, "from :1\n") + commit_text(3, 300, "from :2\n"));
    const std::string head = imported.run({"rev-parse", "main"}).substr(0, 40);
    imported.run({"tag", "imports/c9/x-1", "main~2"});
    imported.run({"tag", "imports/c9-beta/x-2", "main~1"});
    imported.run({"tag", "changed/a9/x-1.alma.1", "main"});
    auto repository = imported.open();
    auto tags = repository->tags();
    REQUIRE(tags);
    CHECK(*tags == std::vector<std::string>{"changed/a9/x-1.alma.1", "imports/c9-beta/x-2", "imports/c9/x-1"});
    for (const std::string pattern : {"imports/c9/*", "imports/*", "changed/*"}) {
        auto nearest = repository->nearest_tag(head, pattern);
        REQUIRE(nearest);
        CHECK(*nearest + "\n" == imported.run({"describe", "--tags", "--abbrev=0", "--match", pattern, "main"}));
    }
    auto none = repository->nearest_tag(head, "imports/c8/*");
    REQUIRE(none);
    CHECK(none->empty());
    CHECK(!repository->nearest_tag(std::string(40, '0'), "*"));
}
