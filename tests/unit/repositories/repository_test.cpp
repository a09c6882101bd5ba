// SPDX-License-Identifier: GPL-3.0-or-later
// Where repositories are: .repo files, names on the command line, lists of mirrors and metalinks.
#include <doctest/doctest.h>

#include "metalink/library.hpp"
#include "repositories/sync.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;
using namespace albs::repositories;

namespace {

struct Files {
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("albs-test");
    std::string write(const std::string& name, const std::string& text) const
    {
        std::string path = directory.path() + "/" + name;
        REQUIRE(sys::write_file(path, text).has_value());
        return path;
    }
    Result<std::vector<Repository>> read(const std::string& text) const
    {
        return read_repo_file(write("x.repo", text), {"x86_64", "9"});
    }
    /// Why the file is refused.
    std::string refusal(const std::string& text) const
    {
        auto list = read(text);
        REQUIRE_FALSE(list.has_value());
        CHECK(list.error().kind == Kind::input);
        return list.error().message;
    }
};

const std::string metalink_text = R"(<?xml version="1.0" encoding="utf-8"?>
<metalink version="3.0" xmlns="http://www.metalinker.org/" xmlns:mm0="http://fedorahosted.org/mirrormanager"><files>
<file name="other"><resources/></file><file name="repomd.xml"><size>7</size>
<verification><hash type="md5">1</hash><hash type="sha256">AAAA</hash></verification>
<mm0:alternates><mm0:alternate><size>6</size><verification><hash type="sha256">bbbb</hash></verification></mm0:alternate></mm0:alternates>
<resources><url protocol="rsync" preference="100">rsync://r/repodata/repomd.xml</url>
<url protocol="https" preference="10">https://low/repodata/repomd.xml</url>
<url protocol="http" preference="90">http://high/repodata/repomd.xml</url></resources></file></files></metalink>)";

} // namespace

TEST_CASE("a .repo file says what dnf takes it for")
{
    auto list = Files().read("# words\n[main]\nfastestmirror=1\nobsoletes=0\n[base]\nname = Base $releasever\n"
                             "baseurl=http://a/$releasever/$basearch/,http://b/${arch}\n  http://c/$unknown\n"
                             "gpgkey=file:///etc/key\npriority = 10\nexcludepkgs=old* bad,worse\nmodule_hotfixes=yes\n"
                             "; more\n[off]\nmirrorlist=http://m\nenabled=0\ngpgcheck=no\nrepo_gpgcheck=on\n");
    REQUIRE(list.has_value());
    REQUIRE(list->size() == 2);
    const Repository& base = (*list)[0];
    CHECK(base.name == "base");
    CHECK(base.urls == std::vector<std::string>{"http://a/9/x86_64/", "http://b/x86_64", "http://c/$unknown"});
    CHECK(base.keys == std::vector<std::string>{"file:///etc/key"});
    CHECK(base.priority == 10);
    CHECK(base.excludes == std::vector<std::string>{"old*", "bad", "worse"});
    CHECK(base.module_hotfixes);
    CHECK(base.enabled);
    const Repository& off = (*list)[1];
    CHECK_FALSE(off.enabled);
    CHECK_FALSE(off.check_packages);
    CHECK(off.check_metadata);
    CHECK(off.priority == 99);
}

TEST_CASE("a .repo file says how its servers are asked, which keys it has and what is taken from it")
{
    auto list = read_repo_file(
        Files().write("x.repo", "[a]\nbaseurl=http://a/$releasever_major/$releasever_minor\nsslverify=0\n"
                                "sslcacert=/ca\nsslclientcert=/cert\nsslclientkey=/key\nusername=me\npassword=p$arch\n"
                                "proxy=http://p:1\nproxy_username=u\nproxy_password=s\nincludepkgs=one,two*\n"
                                "gpgkey=https://k/1\n  file:///k2 /k3\ngpgcheck=1\n[b]\nbaseurl=http://b\nproxy=_none_\n"),
        {"x86_64", "9.4"});
    REQUIRE(list.has_value());
    const Repository& one = list->at(0);
    CHECK(one.urls == std::vector<std::string>{"http://a/9/4"});
    CHECK_FALSE(one.access.verify);
    CHECK(one.access.authorities == "/ca");
    CHECK(one.access.client_certificate == "/cert");
    CHECK(one.access.client_key == "/key");
    CHECK(one.access.user == "me");
    CHECK(one.access.password == "p$arch");
    CHECK(one.access.proxy == "http://p:1");
    CHECK(one.access.proxy_user == "u");
    CHECK(one.access.proxy_password == "s");
    CHECK(one.includes == std::vector<std::string>{"one", "two*"});
    CHECK(one.keys == std::vector<std::string>{"https://k/1", "file:///k2", "/k3"});
    CHECK(one.wants_key);
    CHECK(list->at(1).access.proxy == "");
    CHECK_FALSE(list->at(1).wants_key);
}

TEST_CASE("what a path may not hold is encoded in a URL, and what is encoded stays")
{
    CHECK(join_url("http://a", "Packages/g/gcc-c++-1.rpm") == "http://a/Packages/g/gcc-c%2B%2B-1.rpm");
    CHECK(join_url("http://a/", "sub dir/a^1~2.rpm") == "http://a/sub%20dir/a%5E1~2.rpm");
    CHECK(join_url("http://a/my repo", "b") == "http://a/my%20repo/b");
    CHECK(join_url("http://a", "x%20y/100%/%zz") == "http://a/x%20y/100%25/%25zz");
}

TEST_CASE("a .repo file that says what is not known here is refused with its line")
{
    const Files files;
    const std::string start = "[a]\nbaseurl=http://a\n";
    for (const char* line : {"sslverify=perhaps", "pluginconfig=1", "priority=high", "priority=", "enabled=maybe",
                             "just words"}) {
        CAPTURE(line);
        CHECK(files.refusal(start + line + "\n").find("x.repo', line 3: ") != std::string::npos);
    }
    CHECK(files.refusal("baseurl=http://a\n").find("line 1") != std::string::npos);
    CHECK(files.refusal("[a]\nname=x\n").find("has no baseurl, mirrorlist or metalink") != std::string::npos);
    CHECK_FALSE(read_repo_file("/nonexistent.repo", {"x86_64", ""}).has_value());
}

TEST_CASE("a repository is named by URL, NAME=URL or path")
{
    auto one = parse_repository("mine=https://u:p@h/x/$basearch", {"i386", ""});
    REQUIRE(one.has_value());
    CHECK(one->front().name == "mine");
    CHECK(one->front().urls.front() == "https://u:p@h/x/i386");
    auto plain = parse_repository("https://u:p@h/x y", {"x86_64", ""});
    REQUIRE(plain.has_value());
    CHECK(plain->front().name == "h_x_y"); // no secrets in names
    auto path = parse_repository("/srv/repo", {"x86_64", ""});
    REQUIRE(path.has_value());
    CHECK(path->front().urls.front() == "file:///srv/repo");
    for (const char* bad : {"", "words", "ftp://h/x", "name=", "a=b", "=http://h/x", "http://"}) {
        CAPTURE(bad);
        auto none = parse_repository(bad, {"x86_64", ""});
        REQUIRE_FALSE(none.has_value());
        CHECK(none.error().kind == Kind::usage);
    }
}

TEST_CASE("a list of mirrors has URLs, one a line, and what is none is passed over")
{
    const Files files;
    Repository repository{.name = "a"};
    repository.urls = {"http://own/"};
    repository.mirrorlist =
        "file://" +
        files.write("list", "# c\r\nhttp://one/\r\n\nrsync://two\nhttps://three  \nhttp://own\nwords\nfile:///four");
    auto mirrors = find_mirrors(repository, {});
    REQUIRE(mirrors.has_value());
    CHECK(mirrors->bases == std::vector<std::string>{"http://own", "http://one", "https://three", "file:///four"});
    repository.mirrorlist = "file://" + files.write("list", "# nothing\n");
    repository.urls.clear();
    CHECK(find_mirrors(repository, {}).error().kind == Kind::input);
    repository.mirrorlist = "file:///nonexistent/list";
    CHECK_FALSE(find_mirrors(repository, {}).has_value());
    repository.urls = {"http://own"}; // a list that cannot be had is no trouble then
    CHECK(find_mirrors(repository, {}).has_value());
}

TEST_CASE("a metalink has mirrors, the preferred first, and the digests of good versions")
{
    auto link = metalink::library().read(metalink_text, "repomd.xml");
    REQUIRE(link.has_value());
    CHECK(link->urls == std::vector<std::string>{"http://high/repodata/repomd.xml", "https://low/repodata/repomd.xml"});
    REQUIRE(link->versions.size() == 2);
    CHECK(link->versions[0].sha256 == "aaaa");
    CHECK(link->versions[0].size == 7);
    CHECK(link->versions[1].sha256 == "bbbb");
    for (std::size_t length = 0; length < metalink_text.size(); ++length)
        CHECK_FALSE(metalink::library().read(metalink_text.substr(0, length), "repomd.xml").has_value());
    CHECK_FALSE(metalink::library().read(metalink_text, "primary.xml").has_value());
    CHECK_FALSE(metalink::library().read("<html/>", "repomd.xml").has_value());
    // An entity is not followed to a file of this machine.
    auto hostile =
        metalink::library().read("<!DOCTYPE metalink [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><metalink><files>"
                                "<file name=\"repomd.xml\"><resources><url protocol=\"http\">http://h/&x;</url>"
                                "</resources></file></files></metalink>",
                                "repomd.xml");
    if (hostile)
        CHECK((hostile->urls.empty() || hostile->urls.front() == "http://h/"));
}
