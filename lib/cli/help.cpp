// SPDX-License-Identifier: GPL-3.0-or-later
// --help and the option description, both from the option tables.
#include "base/format.hpp"
#include "cli/parse.hpp"

namespace albs::cli {
namespace {

constexpr std::size_t columns = 80;
constexpr std::size_t help_column = 28;

/// Appends text from the current column on, broken at spaces, continued under indent.
void flow(std::string& out, std::size_t column, std::size_t indent, std::string_view text)
{
    while (!text.empty()) {
        std::size_t space = text.find(' ');
        std::string_view word = text.substr(0, space);
        if (column > indent && column + 1 + word.size() > columns) {
            out.append("\n").append(indent, ' ');
            column = indent;
        } else if (column > indent) {
            out += ' ';
            ++column;
        }
        out.append(word);
        column += word.size();
        text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
    }
    out += '\n';
}

std::string spelled(const Option& option)
{
    std::string names;
    for (char c : option.names)
        names += c == ',' ? std::string(", ") : std::string(1, c);
    return (names.substr(0, 2) == "--" ? "    " : "") + names + (option.value.empty() ? "" : " " + option.value);
}

void write_options(std::string& out, const std::vector<Option>& options)
{
    for (const Option& option : options) {
        std::string line = "  " + spelled(option);
        std::string help = option.help;
        if (!option.choices.empty()) {
            help += ": ";
            for (const std::string& choice : option.choices)
                help += (&choice == option.choices.data() ? "" : ", ") + choice;
        }
        if (line.size() + 2 > help_column)
            line += "\n" + std::string(help_column, ' ');
        else
            line.append(help_column - line.size(), ' ');
        out += line;
        flow(out, help_column, help_column, help);
    }
}

/// A command line, continued as a shell takes it where it is too long.
void write_example(std::string& out, std::string_view example)
{
    std::string indent = "  ";
    while (indent.size() + example.size() > columns) {
        std::size_t space = example.rfind(' ', columns - indent.size() - 2);
        if (space == std::string_view::npos || space == 0)
            break;
        out.append(indent).append(example.substr(0, space)).append(" \\\n");
        example.remove_prefix(space + 1);
        indent = "      ";
    }
    out.append(indent).append(example).append("\n");
}

std::string usage(const Tool& tool, const Command& command)
{
    std::string line = tool.name + (command.name.empty() ? "" : " " + command.name) + " [OPTION]...";
    return line + (command.operands.empty() ? "" : " " + command.operands);
}

} // namespace

std::string help_text(const Tool& tool, const Command& command, Common& common)
{
    std::string out = "Usage: " + usage(tool, command) + "\n";
    bool own = command.name.empty();
    if (own)
        for (std::size_t i = 1; i < tool.commands.size(); ++i)
            out += "       " + usage(tool, tool.commands[i]) + "\n";
    flow(out, 0, 0, format_text("{}{}{}: {}", tool.name, own ? "" : " ", own ? "" : command.name, command.summary));
    if (own && tool.commands.size() > 1) {
        out += "\nVerbs (each has its own --help):\n";
        for (std::size_t i = 1; i < tool.commands.size(); ++i) {
            std::string line = "  " + tool.commands[i].name;
            line.append(line.size() < 14 ? 14 - line.size() : 1, ' ');
            out += line;
            flow(out, line.size(), line.size(), tool.commands[i].summary);
        }
    }
    if (!command.options.empty()) {
        out += "\nOptions:\n";
        write_options(out, command.options);
    }
    out += "\nCommon options:\n";
    write_options(out, common.options());
    out += "  -h, --help                show this help\n      --version             show the version\n";
    if (!command.examples.empty()) {
        out += "\nExamples:\n";
        for (const std::string& example : command.examples)
            write_example(out, example);
    }
    return out + "\nSee " + tool.name + "(1).\n";
}

std::string describe(const Tool& tool, Common& common)
{
    std::string out;
    for (const Command& command : tool.commands) {
        std::vector<Option> options = command.options;
        for (Option& option : common.options())
            options.push_back(std::move(option));
        options.push_back(
            {.names = "-h,--help", .value = "", .help = "show this help", .target = static_cast<bool*>(nullptr)});
        options.push_back(
            {.names = "--version", .value = "", .help = "show the version", .target = static_cast<bool*>(nullptr)});
        out += format_text("{}\t\t{}\t\t{}\n", command.name, command.operands, command.summary);
        for (const Option& option : options) {
            std::string choices;
            for (const std::string& choice : option.choices)
                choices += (choices.empty() ? "" : ",") + choice;
            out += format_text("{}\t{}\t{}\t{}\t{}\n", command.name, option.names, option.value, choices, option.help);
        }
    }
    return out;
}

} // namespace albs::cli
