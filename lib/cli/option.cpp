// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/option.hpp"

namespace albs::cli {

std::string Option::long_name() const
{
    std::size_t dashes = names.find("--");
    return names.substr(dashes, names.find(',', dashes) - dashes);
}

std::vector<Option> joined(std::initializer_list<std::vector<Option>> lists)
{
    std::vector<Option> all;
    for (const std::vector<Option>& list : lists)
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

std::vector<Option> Common::options()
{
    return {
        {.names = "-o",
         .value = "FILE",
         .help = "write to FILE, which is replaced at once or not at all",
         .target = &output},
        {.names = "-n,--dry-run", .value = "", .help = "touch nothing, say what would be done", .target = &dry_run},
        {.names = "-j,--jobs",
         .value = "N",
         .help = "do N things at a time (default: one per processor)",
         .target = &jobs},
        {.names = "-q,--quiet", .value = "", .help = "say errors and warnings only", .target = &quiet},
        {.names = "-v,--verbose", .value = "", .help = "say more", .target = &verbose},
        {.names = "--log-format",
         .value = "FORMAT",
         .help = "messages as text or as JSON lines",
         .target = &log_format,
         .choices = {"text", "json"}},
        {.names = "--workspace",
         .value = "DIR",
         .help = "where the store and the ledger are (default: $ALBS_WORKSPACE, else .albs)",
         .target = &workspace},
        {.names = "--output",
         .value = "DIR",
         .help = "also lay the files that were made out in DIR under their own names",
         .target = &output_directory},
    };
}

} // namespace albs::cli
