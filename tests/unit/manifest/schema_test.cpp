// SPDX-License-Identifier: GPL-3.0-or-later
// manifest.schema.json says of every record what the record's list of members says, and nothing else. When this test
// fails, it prints the definition that belongs into the schema; descriptions are the schema's own.
#include <doctest/doctest.h>

#include "albs/manifest/manifest.hpp"
#include "sys/file.hpp"
#include "unit/source_file.hpp"

using albs::Json;

namespace {

Json without_descriptions(const Json& schema)
{
    Json plain = schema;
    if (Json::Object* members = plain.members()) {
        std::erase_if(*members, [](const Json::Member& member) { return member.key == "description"; });
        for (Json::Member& member : *members)
            member.value = without_descriptions(member.value);
    }
    return plain;
}

// What the schema is to have of the tables and of the records in them.
template <class... Records> void define(const std::tuple<albs::Table<Records>...>& /*tables*/, Json& properties,
                                        Json& definitions)
{
    auto define_one = [&](std::string_view table, auto define) {
        define(definitions);
        const std::string& name = definitions.members()->back().key;
        properties.set(table, Json::object({{"type", "array"},
                                            {"items", Json::object({{"$ref", "#/$defs/" + name}})}}));
    };
    (define_one(Records::table, albs::RecordType<Records>::define), ...);
}

} // namespace

TEST_CASE("schema: every record has the members of its list")
{
    auto text = albs::sys::read_file(albs::source_file("share/albs/manifest.schema.json"));
    REQUIRE(text);
    Json schema = without_descriptions(*albs::read_json(*text));
    Json tables = Json::object({{"schema", Json::object({{"const", "albs.manifest/1"}})}});
    Json definitions = Json::object();
    define(albs::Tables(), tables, definitions);
    CHECK(albs::write_json(*schema.find("properties")) == albs::write_json(tables));
    for (const Json::Member& wanted : *definitions.members()) {
        CAPTURE(wanted.key);
        const Json* found = schema.find("$defs")->find(wanted.key);
        REQUIRE(found != nullptr);
        CHECK(albs::write_json(*found) == albs::write_json(wanted.value));
    }
    for (std::string_view plain : {"sha256", "time", "size", "integer", "file_name", "relative_path", "value"})
        definitions.set(plain, true);
    for (const Json::Member& member : *schema.find("$defs")->members()) {
        CAPTURE(member.key);
        CHECK(definitions.find(member.key) != nullptr);
    }
}
