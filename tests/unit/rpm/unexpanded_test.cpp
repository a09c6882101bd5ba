// SPDX-License-Identifier: GPL-3.0-or-later
// A macro that is left in a name, an architecture or a dependency is found, and named.
#include <doctest/doctest.h>

#include "rpm/unexpanded.hpp"

using namespace albs::rpm;

namespace {

std::string found(const Package& package)
{
    std::optional<Unexpanded> left = find_unexpanded(package);
    return left ? left->macro + " in " + left->where : "";
}

Package hello()
{
    Package package;
    package.info.name = "hello";
    package.info.version = "1.0";
    package.info.release = "1.el9";
    package.info.arch = "src";
    return package;
}

} // namespace

TEST_CASE("a package without macros has none")
{
    Package package = hello();
    package.needs.push_back({"perl(Foo)", 0, ""});
    package.provides.push_back({"odd(100%)", 0, ""});
    package.provides.push_back({"odd(5%5)", 0, ""});
    CHECK(found(package).empty());
}

TEST_CASE("a macro is found wherever it goes into a name")
{
    Package version = hello();
    version.info.version = "%{nover}";
    CHECK(found(version) == "nover in version '%{nover}'");
    Package release = hello();
    release.info.release = "1%dist";
    CHECK(found(release) == "dist in release '1%dist'");
    Package name = hello();
    name.info.name = "lib%{?nolib:x}";
    CHECK(found(name) == "nolib in name 'lib%{?nolib:x}'");
    Package arch = hello();
    arch.exclusive_arches = {"x86_64", "%{golang_arches}"};
    CHECK(found(arch) == "golang_arches in architecture '%{golang_arches}'");
    Package needs = hello();
    needs.needs.push_back({"%{py3dep}-devel", 0, ""});
    CHECK(found(needs) == "py3dep in BuildRequires '%{py3dep}-devel'");
    needs.info.arch = "x86_64";
    CHECK(found(needs) == "py3dep in Requires '%{py3dep}-devel'");
    Package shell = hello();
    shell.info.release = "1%(date)";
    CHECK(found(shell) == "(date in release '1%(date)'");
}
