// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/record.hpp"

#include <map>
#include <set>

#include "albs/json/fields.hpp"
#include "albs/json/value.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "platform/definition_json.hpp"

namespace albs::platform {
namespace {

constexpr const char* schema = "albs.platform/1";

/// "NAME BODY" by name, a macro that goes on over lines as one.
std::map<std::string, std::string> macros_in(const Json& record)
{
    std::map<std::string, std::string> macros;
    std::string line;
    for (const std::string& one : split_lines(text_member(record, "macros"))) {
        line += one;
        if (one.ends_with('\\')) {
            line += '\n';
            continue;
        }
        const std::size_t space = line.find(' ');
        macros[line.substr(0, space)] = space == std::string::npos ? "" : line.substr(space + 1);
        line.clear();
    }
    return macros;
}

/// Members by their way from the top ("data.mock.releasever"), repositories by name and architecture.
void flatten(const Json& json, const std::string& way, std::map<std::string, std::string>& all)
{
    if (const Json::Object* members = json.members()) {
        for (const auto& [name, value] : *members)
            flatten(value, way.empty() ? std::string(name.view()) : format_text("{}.{}", way, name.view()), all);
        return;
    }
    const Json::Array* elements = json.elements();
    if (elements == nullptr || way != "repositories") {
        all[way] = write_json(json);
        return;
    }
    for (const Json& one : *elements) {
        all[format_text("repository {} {}", text_member(one, "name"), text_member(one, "arch"))] = write_json(one);
    }
}

void compare(const std::map<std::string, std::string>& first, const std::map<std::string, std::string>& second,
             const std::string& noun, std::vector<std::string>& found)
{
    std::set<std::string> names;
    for (const auto* side : {&first, &second})
        for (const auto& [name, value] : *side)
            names.insert(name);
    auto told = [](const auto& side, const std::string& name) {
        auto there = side.find(name);
        return there == side.end() ? std::string("nothing") : "'" + there->second + "'";
    };
    for (const std::string& name : names)
        if (told(first, name) != told(second, name))
            found.push_back(format_text("{}{}: {}, then {}", noun, name, told(first, name), told(second, name)));
}

Result<Json> read_record(const std::string& text)
{
    auto json = read_json(text);
    if (!json)
        return fail(std::move(json).error(), "the record of a platform");
    const Json* definition = json->find("definition");
    if (text_member(*json, "schema") != schema || definition == nullptr || !definition->is_object())
        return fail(Kind::input, format_text("the record of a platform is no {}", schema));
    return json;
}

} // namespace

std::string platform_record(const Platform& platform)
{
    const bool has_root = platform.backend() == "chroot";
    Json record = Json::object({{"schema", schema},
                                {"backend", platform.backend()},
                                {"macros", has_root ? platform.macros() : platform.macros_here()},
                                {"rpmrc", has_root ? std::string() : platform.rpmrc()},
                                {"definition", definition_json(platform.definition())}});
    return write_pretty_json(record) + "\n";
}

Result<std::string> platforms_file(const std::string& record)
{
    ALBS_TRY(Json json, read_record(record));
    return write_pretty_json(Json::array({*json.find("definition")})) + "\n";
}

Result<std::vector<std::string>> platform_differences(const std::string& first, const std::string& second)
{
    ALBS_TRY(Json before, read_record(first));
    ALBS_TRY(Json after, read_record(second));
    std::vector<std::string> found;
    std::map<std::string, std::string> members[2];
    flatten(*before.find("definition"), "", members[0]);
    flatten(*after.find("definition"), "", members[1]);
    compare(members[0], members[1], "", found);
    compare(macros_in(before), macros_in(after), "macro ", found);
    for (const char* name : {"backend", "rpmrc"})
        if (std::string then = text_member(before, name), now = text_member(after, name); then != now)
            found.push_back(format_text("{}: '{}', then '{}'", name, then, now));
    return found;
}

} // namespace albs::platform
