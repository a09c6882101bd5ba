// SPDX-License-Identifier: GPL-3.0-or-later
// The one file that includes CLI11 (5 s to compile). Its exit statuses (100-116) and its help are not used.
#include "cli/parse.hpp"

#include <CLI/CLI.hpp>
#include <charconv>

#include "base/format.hpp"

namespace albs::cli {
namespace {

struct DeclaredOption {
    Command* command;
    CLI::App* app;
    std::vector<std::pair<CLI::Option*, const Option*>> options;
    CLI::Option* operands = nullptr; ///< null: it takes none
};

/// What is wrong with a value; empty if nothing is. A variable of a shell that is not set must not be as good as an
/// option that is not given.
std::string not_empty(const std::string& text)
{
    return text.empty() ? "its value is empty" : "";
}

/// What is wrong with it; empty if it is a whole number.
std::string whole_number(const std::string& text)
{
    std::int64_t value = 0;
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size() ? "" : "'" + text + "' is not a whole number";
}

CLI::Option* declare(CLI::App& app, const Option& option)
{
    CLI::Option* made = std::visit(
        [&](auto* target) -> CLI::Option* {
            using T = std::remove_pointer_t<decltype(target)>;
            if constexpr (std::is_same_v<T, bool>)
                return app.add_flag(option.names, *target);
            else
                return app.add_option(option.names, *target);
        },
        option.target);
    if (std::holds_alternative<std::vector<std::string>*>(option.target))
        made->allow_extra_args(false)->take_all();
    else if (!std::holds_alternative<bool*>(option.target))
        made->take_last();
    if (!std::holds_alternative<bool*>(option.target))
        made->check(not_empty);
    if (std::holds_alternative<std::int64_t*>(option.target))
        made->check(whole_number); // CLI11 takes what is too large for the largest there is
    if (!option.choices.empty())
        made->check(CLI::IsMember(option.choices));
    return made;
}

DeclaredOption declare(CLI::App& app, Command& command, std::vector<Option>& common, std::vector<std::string>& operands)
{
    DeclaredOption declared{&command, &app, {}, nullptr};
    app.set_help_flag();
    for (const Option& option : command.options)
        declared.options.emplace_back(declare(app, option), &option);
    for (const Option& option : common)
        (void)declare(app, option);
    if (!command.operands.empty())
        declared.operands = app.add_option("operands", operands);
    return declared;
}

/// "--key=" is to CLI11 as "--key", and takes the next word.
Status check_values(int argc, char** argv)
{
    for (int i = 1; i < argc; ++i) {
        const std::string_view word(argv[i]);
        if (word == "--")
            break;
        if (word.starts_with("--") && word.find('=') + 1 == word.size())
            return fail(Kind::usage, std::string(word) + " has no value");
    }
    return {};
}

/// What stands before a verb belongs to the tool's own job, which is not done then: it would be lost.
Status check_place(const DeclaredOption& own, const std::string& tool, const std::string& verb)
{
    auto misplaced = [&](const std::string& what, const std::string& value) {
        return fail(Kind::usage, format_text("{} stands before the verb '{}', and would be ignored", what, verb),
                    format_text("write it after the verb: {} {} {}", tool, verb, value));
    };
    for (const auto& [made, option] : own.options)
        if (made->count() > 0)
            return misplaced(option->long_name(),
                             option->long_name() + (option->value.empty() ? "" : " " + option->value));
    if (own.operands != nullptr && own.operands->count() > 0)
        return misplaced("the operand '" + own.operands->results().front() + "'", own.operands->results().front());
    return {};
}

Json value_of(const Target& target)
{
    return std::visit(
        [](auto* value) -> Json {
            using T = std::remove_pointer_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::vector<std::string>>)
                return Json::strings(*value);
            else
                return Json(*value);
        },
        target);
}

std::string lower_first(std::string text)
{
    if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0)
        text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    while (!text.empty() && (text.back() == '.' || text.back() == '\n'))
        text.pop_back();
    return text;
}

} // namespace

Result<ParsedCommand> parse(int argc, char** argv, Tool& tool, Common& common)
{
    ParsedCommand parsed;
    std::vector<Option> common_options = common.options();
    CLI::App app(tool.summary, tool.name);
    app.require_subcommand(0, 1);
    std::vector<DeclaredOption> declared;
    declared.push_back(declare(app, tool.commands.at(0), common_options, parsed.operands));
    for (std::size_t i = 1; i < tool.commands.size(); ++i) {
        CLI::App* verb = app.add_subcommand(tool.commands[i].name, tool.commands[i].summary);
        declared.push_back(declare(*verb, tool.commands[i], common_options, parsed.operands));
    }
    std::string hint = "see '" + tool.name + " --help'";
    if (Status values = check_values(argc, argv); !values)
        return fail(Kind::usage, values.error().message, hint);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        for (const auto& [option, instead] : tool.commands.at(0).gone)
            for (int i = 1; i < argc; ++i)
                if (std::string_view word(argv[i]); word == option || word.starts_with(option + "="))
                    return fail(Kind::usage, "there is no option " + option + " any more", instead);
        return fail(Kind::usage, lower_first(error.what()), hint);
    }
    if (common.jobs < 0)
        return fail(Kind::usage, "--jobs wants a positive number", hint);
    const DeclaredOption* chosen = &declared[0];
    for (const DeclaredOption& one : declared)
        if (one.app != &app && one.app->parsed())
            chosen = &one;
    if (chosen != &declared[0])
        ALBS_CHECK(check_place(declared[0], tool.name, chosen->command->name));
    parsed.command = chosen->command;
    // Not CLI11's own check: what the tool's own job requires is not required with a verb.
    for (const auto& [made, option] : chosen->options)
        if (option->required && made->count() == 0)
            return fail(Kind::usage, option->long_name() + " is required", hint);
    parsed.parameters = Json::object();
    for (const auto& [made, option] : chosen->options)
        if (made->count() > 0 && !option->local)
            parsed.parameters.set(option->long_name().substr(2), value_of(option->target));
    return parsed;
}

} // namespace albs::cli
