// SPDX-License-Identifier: GPL-3.0-or-later
// Units of systemd, as systemd.unit(5), systemd.service(5) and their like say what is in them. systemd-analyze verify
// is not asked: it loads all that a unit names, of the machine that it runs on.
#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "base/text.hpp"
#include "settings.hpp"
#include "subject.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

struct Choice {
    std::string_view section;
    std::string_view key;
    std::vector<std::string_view> values;
};

const std::vector<Choice>& choices()
{
    static const std::vector<Choice> all = {
        {"Service",
         "Type",
         {"simple", "exec", "forking", "oneshot", "dbus", "notify", "notify-reload", "idle"}},
        {"Service",
         "Restart",
         {"no", "on-success", "on-failure", "on-abnormal", "on-watchdog", "on-abort", "always"}},
        {"Service", "KillMode", {"control-group", "mixed", "process", "none"}},
        {"Service", "ProtectHome", {"yes", "no", "true", "false", "on", "off", "1", "0", "read-only", "tmpfs"}},
        {"Service", "ProtectSystem", {"yes", "no", "true", "false", "on", "off", "1", "0", "full", "strict"}},
        {"Service", "NotifyAccess", {"none", "main", "exec", "all"}}};
    return all;
}

/// Sections of any unit, and that of its kind: "Service" for .service.
bool is_known_section(const std::string& section, const std::string& kind)
{
    return section == "Unit" || section == "Install" || section.starts_with("X-") || lower_case(section) == kind;
}

/// The program of "-@!+:/usr/bin/x -v"; empty if there is none.
std::string program_of(std::string_view command)
{
    while (!command.empty() && std::string_view("-@:+!|").find(command.front()) != std::string_view::npos)
        command.remove_prefix(1);
    const std::vector<std::string> words = split_words(command);
    std::string program = words.empty() ? std::string() : words.front();
    if (program.size() > 1 && program.front() == '"' && program.back() == '"')
        program = program.substr(1, program.size() - 2);
    return program;
}

void inspect_commands(const Subject& subject, const std::string& path, const Settings& unit, Faults& faults)
{
    for (const Setting& one : unit.settings) {
        if (one.section != "Service" || !one.key.starts_with("Exec") || one.key.find("Condition") != one.key.npos)
            continue;
        const std::string program = program_of(one.value);
        // %i and the like, and variables, are known when it runs.
        if (program.empty() || program.find('%') != program.npos || program.find('$') != program.npos)
            continue;
        if (!program.starts_with('/') && program.find('/') != program.npos)
            faults.add("bad-unit", format_text("'{}' starts '{}', which is no absolute path", path, program));
        else if (subject.knows_required && !one.value.starts_with('-') && !subject.has_program(program))
            faults.add("missing-unit-program",
                       format_text("'{}' starts '{}', which nothing at hand has", path, program));
    }
}

void inspect_unit(const Subject& subject, const std::string& path, const std::string& text, Faults& faults)
{
    static constexpr std::array kinds = {"service", "socket", "timer", "path",  "mount", "automount",
                                         "target",  "slice",  "swap",  "device", "scope"};
    const std::string name = sys::base_name(path);
    const std::string kind = name.substr(name.rfind('.') + 1);
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
        return;
    faults.look_at("units");
    const Settings unit = read_settings(text);
    for (const std::string& line : unit.bad_lines)
        faults.add("bad-unit", format_text("'{}' has the line '{}'", path, line.substr(0, 200)));
    for (const std::string& section : unit.sections)
        if (!is_known_section(section, kind))
            faults.add("unknown-unit-section", format_text("'{}' has a section '{}'", path, section));
    for (const Choice& choice : choices())
        if (const std::string* value = unit.find(choice.section, choice.key);
            value != nullptr && !value->empty() && value->find('%') == value->npos &&
            std::find(choice.values.begin(), choice.values.end(), *value) == choice.values.end())
            faults.add("bad-unit", format_text("'{}' has {}={}, which is none", path, choice.key, *value));
    inspect_commands(subject, path, unit, faults);
    const std::string* type = unit.find("Service", "Type");
    const bool needs_command = kind == "service" && (type == nullptr || *type != "oneshot") && !text.empty() &&
                               name.find("@.") == name.npos && unit.find("Service", "BusName") == nullptr;
    if (needs_command && unit.find("Service", "ExecStart") == nullptr)
        faults.add("bad-unit", format_text("'{}' starts nothing", path));
    if (kind == "timer" && !unit.settings.empty() &&
        std::none_of(unit.settings.begin(), unit.settings.end(),
                     [](const Setting& one) { return one.section == "Timer" && one.key.starts_with("On"); }))
        faults.add("bad-unit", format_text("'{}' has no time", path));
    if (kind == "socket" && !unit.settings.empty() &&
        std::none_of(unit.settings.begin(), unit.settings.end(),
                     [](const Setting& one) { return one.section == "Socket" && one.key.starts_with("Listen"); }))
        faults.add("bad-unit", format_text("'{}' listens to nothing", path));
}

} // namespace

void inspect_units(const Subject& subject, Faults& faults)
{
    for (const auto& [path, text] : subject.contents.texts)
        if (path.find("/systemd/") != path.npos && path.find(".d/") == path.npos)
            inspect_unit(subject, path, text, faults);
}

namespace {

bool is_application(const Settings& entry)
{
    const std::string* type = entry.find("Desktop Entry", "Type");
    return type != nullptr && *type == "Application";
}

void inspect_desktop_file(const Subject& subject, const std::string& path, const std::string& text, Faults& faults)
{
    faults.look_at("desktop");
    const Settings entry = read_settings(text);
    for (const std::string& line : entry.bad_lines)
        faults.add("bad-desktop", format_text("'{}' has the line '{}'", path, line.substr(0, 200)));
    for (const char* key : {"Type", "Name"})
        if (entry.find("Desktop Entry", key) == nullptr)
            faults.add("bad-desktop", format_text("'{}' has no {} in [Desktop Entry]", path, key));
    const std::string* command = entry.find("Desktop Entry", "Exec");
    const std::string* activated = entry.find("Desktop Entry", "DBusActivatable");
    if (is_application(entry) && command == nullptr && (activated == nullptr || *activated != "true"))
        faults.add("bad-desktop", format_text("'{}' has no Exec in [Desktop Entry]", path));
    const std::string program = command == nullptr ? "" : program_of(*command);
    if (!program.empty() && subject.knows_required && !subject.has_program(program))
        faults.add("missing-desktop-program",
                   format_text("'{}' starts '{}', which nothing at hand has", path, program));
}

} // namespace

void inspect_desktop_files(const Subject& subject, Faults& faults)
{
    for (const auto& [path, text] : subject.contents.texts)
        if (path.ends_with(".desktop"))
            inspect_desktop_file(subject, path, text, faults);
}

} // namespace albs::test
