// SPDX-License-Identifier: GPL-3.0-or-later
// Options as data: one table per command, from which parsing, --help, completions and the recorded parameters come.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <variant>
#include <vector>

namespace albs::cli {

/// What an option fills: a flag, a text, a repeatable text, a number.
using Target = std::variant<bool*, std::string*, std::vector<std::string>*, std::int64_t*>;

struct Option {
    std::string names;  ///< "-k,--key" or "--key"
    std::string value;  ///< placeholder, "FINGERPRINT"; empty for flags
    std::string help;   ///< one sentence, lower case, no full stop
    Target target;
    std::vector<std::string> choices = {}; ///< allowed values; empty: any
    bool required = false;
    /// About this machine only (a directory of keys, say): not recorded in the stage's parameters.
    bool local = false;

    std::string long_name() const; ///< "--key"
};

/// One list of several.
std::vector<Option> joined(std::initializer_list<std::vector<Option>> lists);

/// The options that every command has.
struct Common {
    std::string output = "-"; ///< -o
    bool dry_run = false;     ///< -n
    std::int64_t jobs = 0;    ///< -j; 0: as many as processors
    bool quiet = false;
    bool verbose = false;
    std::string log_format = "text";
    std::string workspace;  ///< empty: $ALBS_WORKSPACE or .albs
    std::string output_directory; ///< --output
    std::vector<Option> options();
};

} // namespace albs::cli
