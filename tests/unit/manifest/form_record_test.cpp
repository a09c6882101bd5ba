// SPDX-License-Identifier: GPL-3.0-or-later
// A statement and its form: what is common, what is besides, and what the two make.
#include "albs/manifest/form_record.hpp"

#include <doctest/doctest.h>

#include "albs/manifest/manifest.hpp"

using namespace albs;

namespace {

Json json(std::string_view text)
{
    Result<Json> read = read_json(text);
    REQUIRE_MESSAGE(read, std::string(text));
    return *std::move(read);
}

std::string common(std::string_view first, std::string_view second)
{
    return write_json(common_form(json(first), json(second)));
}

std::string whole(std::string_view form, std::string_view own)
{
    return write_json(with_form(json(form), json(own)));
}

// "-" when it cannot be made.
std::string besides(std::string_view form, std::string_view statement)
{
    std::optional<Json> own = besides_form(json(form), json(statement));
    return own ? write_json(*own) : "-";
}

} // namespace

TEST_CASE("forms: what two statements begin with, null where they differ")
{
    CHECK(common(R"({"a":1,"b":{"c":1,"d":2}})", R"({"a":1,"b":{"c":1,"d":3}})") == R"({"a":1,"b":{"c":1,"d":null}})");
    CHECK(common(R"({"a":1,"b":2,"c":3})", R"({"a":1,"b":2})") == R"({"a":1,"b":2})");
    CHECK(common(R"({"a":1,"b":2})", R"({"b":2,"a":1})") == "{}");
    CHECK(common(R"({"a":[1],"b":[1]})", R"({"a":[1],"b":[2]})") == R"({"a":[1],"b":null})");
    CHECK(common(R"({"a":{"b":1}})", R"({"a":"b"})") == R"({"a":null})");
    CHECK(common("1", "2") == "null");
}

TEST_CASE("forms: members keep the order of the form, and those of the statement alone stand behind them")
{
    const std::string form = R"({"a":1,"b":{"c":1,"d":null},"e":null})";
    CHECK(whole(form, "{}") == form);
    CHECK(whole(form, R"({"e":7,"b":{"f":3,"d":2}})") == R"({"a":1,"b":{"c":1,"d":2,"f":3},"e":7})");
    CHECK(whole(form, R"({"b":5,"z":{"y":1}})") == R"({"a":1,"b":5,"e":null,"z":{"y":1}})");
    CHECK(whole(form, R"({"a":null})") == R"({"a":null,"b":{"c":1,"d":null},"e":null})");
    CHECK(whole(form, R"({"a":{"x":1}})") == R"({"a":{"x":1},"b":{"c":1,"d":null},"e":null})");
}

TEST_CASE("forms: what is besides is the least, and what no form can say is not said")
{
    const std::string form = R"({"a":1,"b":{"c":1,"d":null}})";
    CHECK(besides(form, form) == "{}");
    CHECK(besides(form, R"({"a":1,"b":{"c":1,"d":2},"e":3})") == R"({"b":{"d":2},"e":3})");
    CHECK(besides(form, R"({"a":1,"b":7})") == R"({"b":7})");
    CHECK(besides(form, R"({"a":null,"b":{"c":1,"d":null}})") == R"({"a":null})");
    CHECK(besides(form, R"({"b":{"c":1,"d":null},"a":1})") == "-");     // another order
    CHECK(besides(form, R"({"b":{"c":1,"d":2}})") == "-");              // without a member of the form
    CHECK(besides(form, R"({"a":1,"b":{}})") == "-");                   // the same inside
    CHECK(besides(form, R"({"a":1,"e":3,"b":{"c":1,"d":2}})") == "-");  // one between them
}

TEST_CASE("forms: the id is that of the content, and a changed form is named")
{
    const FormRecord form = form_record(json(R"({"_type":"x","a":null})"));
    CHECK(form.id == sha256(R"({"_type":"x","a":null})").hex().substr(0, 12));
    Manifest manifest;
    REQUIRE(manifest.add(form));
    REQUIRE(manifest.add(form));
    CHECK(manifest.forms().size() == 1);
    std::string text = manifest.text();
    text.replace(text.find(R"("a":null)"), 8, R"("a":true)");
    auto changed = Manifest::parse(text);
    REQUIRE(!changed);
    CHECK(changed.error().kind == Kind::trust);
    CHECK(changed.error().message == "forms[0]: the statement of form '" + std::string(form.id) + "' has another digest");
}

TEST_CASE("forms: a manifest makes the statement, or has none where it lacks the form")
{
    const FormRecord form = form_record(json(R"({"_type":"x","a":null})"));
    Notarization one{.id = "log#0", .about = "a", .kind = "file", .subject = "s", .log = "log"};
    Manifest manifest;
    CHECK(manifest.statement_of(one).is_null());
    one.statement = json(R"({"a":1})");
    CHECK(write_json(manifest.statement_of(one)) == R"({"a":1})");
    one.form = form.id;
    CHECK(manifest.statement_of(one).is_null());
    REQUIRE(manifest.add(form));
    CHECK(write_json(manifest.statement_of(one)) == R"({"_type":"x","a":1})");
}
