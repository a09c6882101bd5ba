// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand_config.hpp"

#include <algorithm>
#include <charconv>

#include "base/format.hpp"
#include "base/text.hpp"
#include "debrand_entry.hpp"
#include "debrand_pattern.hpp"
#include "platform/library.hpp"

namespace albs::fetch {
namespace {

using platform::Value;

void read_replace(Entry& entry, Action& action)
{
    action.target = entry.needed("target");
    const std::string literal = entry.text("find");
    const std::string regular = entry.text("rfind");
    if (literal.empty() == regular.empty())
        entry.wrong(entry.line(), "one of 'find' and 'rfind' has to say what is replaced");
    action.is_regular = !regular.empty();
    action.find = lines_of(action.is_regular ? regular : literal);
    if (entry.any("replace") == nullptr)
        entry.wrong(entry.line(), "'replace' is missing");
    if (std::string text = entry.text("replace"); !text.empty())
        action.replacement = lines_of(text);
    if (const Value* count = entry.find("count", Value::Type::integer, "a number"))
        action.count = count->integer;
    if (action.count == 0 || action.count < -1)
        entry.wrong(entry.line(), "'count' is neither -1 nor at least 1");
    if (action.is_regular && action.find.size() != 1)
        entry.wrong(entry.line(), "'rfind' has more than one line");
    else if (action.is_regular)
        entry.check(check_pattern(action.find.front(), join(action.replacement, "\n")));
}

/// A file of that folder, files/ or scripts/, and no way to any other.
std::string read_file_name(Entry& entry, const std::string& key, const std::string& folder)
{
    std::string name = entry.needed(key);
    if (name.find('/') != name.npos || name == "." || name == "..")
        entry.wrong(entry.line(), format_text("'{}' is not the name of a file in {}", name, folder));
    return name;
}

/// "0001" is a number for YAML 1.1, of base eight.
void read_number(Entry& entry, const Value& value, Action& action)
{
    if (value.type == Value::Type::text && value.text == "Latest")
        return;
    std::int64_t number = value.type == Value::Type::integer ? value.integer : 0;
    const char* end = value.text.data() + value.text.size();
    if (value.type == Value::Type::number && std::from_chars(value.text.data(), end, number, 8).ptr != end)
        number = 0;
    if (number < 1)
        entry.wrong(value.line, "'number' is neither Latest nor at least 1");
    action.number = number;
}

void read_add_files(Entry& entry, Action& action)
{
    const std::string type = entry.needed("type");
    if (type != "patch" && type != "source")
        entry.wrong(entry.line(), "'type' is neither patch nor source");
    action.is_patch = type == "patch";
    action.file = read_file_name(entry, "name", "files/");
    if (const Value* number = entry.any("number"))
        read_number(entry, *number, action);
    action.modify_spec = entry.flag("modify_spec", true);
    action.marks = entry.flag("insert_almalinux_line", action.marks);
    action.backup = !entry.flag("no_backup", false);
}

void read_add_line(Entry& entry, Action& action)
{
    if (entry.needed("target") != "spec")
        entry.wrong(entry.line(), "'target' is not spec");
    action.section = entry.needed("section");
    action.subpackage = entry.text("subpackage");
    const std::string location = entry.needed("location");
    if (location != "top" && location != "bottom")
        entry.wrong(entry.line(), "'location' is neither top nor bottom");
    action.at_top = location == "top";
    action.texts = {entry.needed("content")};
}

void read_changelog(Entry& entry, Action& action)
{
    action.person = entry.needed("name");
    action.email = entry.needed("email");
    action.texts = entry.texts("line");
    if ((action.person + action.email).find('\n') != std::string::npos)
        entry.wrong(entry.line(), "'name' or 'email' has more than one line");
}

void read_script(Entry& entry, Action& action)
{
    action.script = read_file_name(entry, "script", "scripts/");
    const std::string place = entry.text("cwd");
    if (!place.empty() && place != "rpms" && place != "autopatch")
        entry.wrong(entry.line(), "'cwd' is neither rpms nor autopatch");
    action.in_configuration = place == "autopatch";
}

/// Nothing: it is switched off.
bool read_release(Entry& entry, Action& action)
{
    action.suffix = entry.needed("suffix");
    if (action.suffix.find_first_of(" \t\n") != std::string::npos)
        entry.wrong(entry.line(), "'suffix' has white space");
    action.counts_tags = entry.flag("auto_increment", false);
    const bool ends_in_digit = !action.suffix.empty() && action.suffix.back() >= '0' && action.suffix.back() <= '9';
    if (action.counts_tags && !ends_in_digit)
        entry.wrong(entry.line(), "'suffix' has no number at its end, which 'auto_increment' could count up");
    return entry.flag("enabled", true);
}

constexpr std::string_view names[] = {"replace",   "delete_line",  "modify_release", "changelog_entry",
                                      "add_files", "delete_files", "add_line",       "run_script"};

Status read_entries(const Value::Entry& block, const std::string& file, bool marks, std::vector<Action>& actions)
{
    const std::string& name = block.key;
    if (std::find(std::begin(names), std::end(names), name) == std::end(names))
        return refuse(file, block.line, format_text("unknown action '{}'", name));
    if (block.value.type != Value::Type::list || block.value.items.empty())
        return refuse(file, block.line, name + ": has no list of entries");
    std::vector<Action> here;
    for (const Value& item : block.value.items) {
        Entry entry(item, file, name);
        Action action{.action = name, .line = item.line, .marks = marks};
        bool counts = true;
        if (name == "replace")
            read_replace(entry, action);
        else if (name == "delete_line") {
            action.target = entry.needed("target");
            action.texts = entry.texts("lines");
        } else if (name == "modify_release")
            counts = read_release(entry, action);
        else if (name == "changelog_entry")
            read_changelog(entry, action);
        else if (name == "add_files")
            read_add_files(entry, action);
        else if (name == "delete_files")
            action.target = entry.needed("file_name");
        else if (name == "run_script")
            read_script(entry, action);
        else
            read_add_line(entry, action);
        ALBS_CHECK(entry.end());
        if (counts)
            here.push_back(std::move(action));
    }
    // Each goes on top of the changelog, and the first is to stay there.
    if (name == "changelog_entry")
        std::reverse(here.begin(), here.end());
    std::move(here.begin(), here.end(), std::back_inserter(actions));
    return {};
}

/// Text, or a number without quotes.
std::string read_version(Entry& entry, const std::string& key)
{
    const Value* value = entry.any(key);
    if (value == nullptr)
        return {};
    const std::string text = value->type == Value::Type::integer ? std::to_string(value->integer)
                             : value->type == Value::Type::text  ? value->text
                                                                 : std::string();
    const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
    if (!is_number)
        entry.wrong(value->line, format_text("'{}' is no number", key));
    return text;
}

Result<Parameters> read_parameters(const Value& map, const std::string& file)
{
    Entry entry(map, file, "parameters");
    Parameters read;
    read.marks = entry.flag("insert_almalinux_line", true);
    read.target_branch = entry.text("custom_target_branch");
    read.tag_prefix = entry.text("tag_prefix");
    read.has_raw_version = entry.flag("ignore_version_macros", false);
    read.has_raw_release = entry.flag("ignore_release_macros", false);
    const std::string old_name = read_version(entry, "rhel_version");
    read.el_version = read_version(entry, "el_version");
    if (read.el_version.empty())
        read.el_version = old_name;
    entry.flag("pre_clean", false); // of a merge of branches; here is a new tree each time
    ALBS_CHECK(entry.end());
    return read;
}

} // namespace

Result<ReadActions> read_actions(const std::string& text, const std::string& file)
{
    ALBS_TRY(Value root, platform::library().read_yaml(text, file));
    Entry top(root, file, "the configuration");
    const Value* parameters = top.find("parameters", Value::Type::map, "a map");
    const Value* list = top.find("actions", Value::Type::list, "a list");
    ALBS_CHECK(top.end());
    if (list == nullptr || list->items.empty())
        return refuse(file, root.line, "it has no list 'actions'");
    ReadActions read;
    if (parameters != nullptr) {
        ALBS_TRY(read.parameters, read_parameters(*parameters, file));
    }
    for (const Value& item : list->items) {
        if (item.type != Value::Type::map)
            return refuse(file, item.line, "an action is no map of its name to its entries");
        for (const Value::Entry& block : item.entries)
            ALBS_CHECK(read_entries(block, file, read.parameters.marks, read.actions));
    }
    return read;
}

Status told_of(const Action& action, const std::string& file, Status done)
{
    if (!done)
        return fail(std::move(done).error(), format_text("{}:{}: {}", file, action.line, action.action));
    return {};
}

} // namespace albs::fetch
