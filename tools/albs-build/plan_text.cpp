// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan_text.hpp"

#include <map>

#include "albs/json/fields.hpp"
#include "base/format.hpp"
#include "base/visible.hpp"

namespace albs::build {
namespace {

/// For a line of its own.
std::string shown(const Json& object, std::string_view member)
{
    return escape_hidden(text_member(object, member));
}

std::int64_t number_of(const Json& object, std::string_view member)
{
    const Json* value = object.find(member);
    const std::int64_t* number = value != nullptr ? value->integer() : nullptr;
    return number != nullptr ? *number : 0;
}

bool is_true(const Json& object, std::string_view member)
{
    const Json* value = object.find(member);
    return value != nullptr && *value == Json(true);
}

const Json::Array& list_of(const Json& object, std::string_view member)
{
    static const Json::Array none;
    const Json* value = object.find(member);
    return value != nullptr && value->elements() != nullptr ? *value->elements() : none;
}

/// "12.3 MB"
std::string megabytes(std::int64_t bytes)
{
    const std::int64_t tenths = (bytes + 50000) / 100000;
    return format_text("{}.{} MB", tenths / 10, tenths % 10);
}

std::string line_of(const Json& task, const std::map<std::string, const Json*>& roots)
{
    const char* what = !is_true(task, "build") ? "skip " : is_true(task, "reuse") ? "reuse" : "build";
    std::string line = format_text("  {} {}", what, shown(task, "id"));
    if (!is_true(task, "build"))
        return line + ": " + shown(task, "reason");
    if (auto root = roots.find(text_member(task, "root")); root != roots.end())
        line +=
            format_text("  ({} packages, {}, {} to fetch)", list_of(*root->second, "packages").size(),
                        megabytes(number_of(*root->second, "size")), megabytes(number_of(*root->second, "missing")));
    line += "\n";
    for (const Json& wait : list_of(task, "waits_for")) {
        const std::string need = shown(wait, "need");
        line += format_text("        after {}, for {}\n", shown(wait, "task"),
                            need.empty() ? "the order of its module" : need);
    }
    if (std::string late = shown(task, "late"); !late.empty())
        line += format_text("        after all others: {}\n", late);
    line.pop_back();
    return line;
}

std::string line_of_module(const Json& module)
{
    std::string line =
        format_text("module {}:{}:{}:{} for {}\n  {} components, dist {}\n", shown(module, "name"),
                    shown(module, "stream"), shown(module, "version"), shown(module, "context"),
                    shown(module, "platform"), list_of(module, "components").size(), shown(module, "dist"));
    for (const Json& stream : list_of(module, "built_with"))
        if (stream.string() != nullptr)
            line += format_text("  built with {}\n", escape_hidden(std::string(*stream.string())));
    return line;
}

std::string quoted(const std::string& text)
{
    std::string all = "\"";
    for (char letter : text) {
        if (letter == '"' || letter == '\\')
            all += '\\';
        all += letter;
    }
    return all + "\"";
}

} // namespace

std::string plan_text(const Json& document)
{
    std::map<std::string, const Json*> roots;
    std::int64_t missing = 0;
    for (const Json& root : list_of(document, "roots")) {
        roots.emplace(text_member(root, "id"), &root);
        missing += number_of(root, "missing");
    }
    std::string text;
    for (const Json& module : list_of(document, "modules"))
        text += line_of_module(module);
    std::int64_t wave = 0;
    std::map<std::string_view, std::size_t> counts;
    for (const Json& task : list_of(document, "tasks")) {
        if (std::int64_t next = number_of(task, "wave"); next != wave) {
            wave = next;
            text += format_text("wave {}\n", wave);
        }
        text += line_of(task, roots) + "\n";
        ++counts[!is_true(task, "build") ? "skip" : is_true(task, "reuse") ? "reuse" : "build"];
    }
    for (const Json& circle : list_of(document, "circles"))
        if (circle.string() != nullptr)
            text += format_text("circle: {}\n", escape_hidden(std::string(*circle.string())));
    for (const Json& one : list_of(document, "dependants"))
        text += format_text("dependant: {} for {}/{}, since {} needs {} of {}\n", shown(one, "source"),
                            shown(one, "platform"), shown(one, "arch"), shown(one, "package"), shown(one, "need"),
                            shown(one, "of"));
    text += format_text("{} to build, {} to reuse, {} skipped, in {} waves; at most {} to fetch\n", counts["build"],
                        counts["reuse"], counts["skip"], wave, megabytes(missing));
    return text;
}

std::string plan_dot(const Json& document)
{
    std::string text = "digraph plan {\n  rankdir=LR;\n  node [shape=box];\n";
    for (const Json& task : list_of(document, "tasks")) {
        const char* style = !is_true(task, "build")  ? " [style=dotted]"
                            : is_true(task, "reuse") ? " [style=dashed]"
                                                     : "";
        text += format_text("  {}{};\n", quoted(text_member(task, "id")), style);
        for (const Json& wait : list_of(task, "waits_for"))
            text += format_text("  {} -> {} [label={}];\n", quoted(text_member(wait, "task")),
                                quoted(text_member(task, "id")), quoted(text_member(wait, "need")));
    }
    return text + "}\n";
}

} // namespace albs::build
