// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/logged_statements.hpp"

#include <algorithm>

#include "albs/log/directory.hpp"
#include "albs/statement/leaf.hpp"

namespace albs {
namespace {

Status visit_bundle(LogView& log, std::uint64_t number, const std::function<Status(const LoggedStatement&)>& visit,
                    std::uint64_t& withheld)
{
    ALBS_TRY(const StatementBundle bundle, read_statements(log, number));
    for (std::size_t i = 0; i < bundle.lines.size(); ++i) {
        if (bundle.lines[i].empty()) {
            ++withheld;
            continue;
        }
        ALBS_TRY(const Envelope envelope, read_envelope_line(bundle.lines[i]));
        ALBS_CHECK(check_leaf_names(bundle.entries[i], envelope));
        ALBS_CHECK(visit({.index = number * tile_width + i,
                          .line = bundle.lines[i],
                          .entry = bundle.entries[i],
                          .envelope = envelope}));
    }
    return {};
}

} // namespace

Result<StatementBundle> read_statements(LogView& log, std::uint64_t number)
{
    Result<std::string> text = log.fetch(attestations_path(number));
    if (!text && text.error().kind != Kind::input)
        return tl::unexpected<Error>(std::move(text).error());
    StatementBundle bundle;
    bundle.lines = attestation_lines(text.value_or(""), tile_width_at(0, number, log.checkpoint.size));
    if (std::any_of(bundle.lines.begin(), bundle.lines.end(), [](const std::string& line) { return !line.empty(); })) {
        ALBS_TRY(bundle.entries, log.tiles.bundle(number));
    }
    return bundle;
}

Result<Envelope> read_envelope_line(const std::string& line)
{
    if (std::optional<Envelope> written = Envelope::from_written(line))
        return *std::move(written);
    ALBS_TRY(Json json, read_json(line));
    return Envelope::from(json);
}

Result<std::uint64_t> for_each_statement(LogView& log, const std::function<Status(const LoggedStatement&)>& visit)
{
    std::uint64_t withheld = 0;
    for (std::uint64_t number = 0; number * tile_width < log.checkpoint.size; ++number)
        if (Status visited = visit_bundle(log, number, visit, withheld); !visited) {
            // Statements that cannot be read or are not their entries' are not "nothing found".
            Error error = std::move(visited).error();
            error.kind = error.kind == Kind::input ? Kind::trust : error.kind;
            return fail(std::move(error), "'" + attestations_path(number) + "'");
        }
    return withheld;
}

} // namespace albs
