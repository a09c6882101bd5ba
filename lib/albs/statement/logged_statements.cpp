// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/logged_statements.hpp"

#include <algorithm>

#include "albs/log/directory.hpp"
#include "albs/statement/leaf.hpp"

namespace albs {
namespace {

Result<StatementBundle> read_from(const Fetch& from, LogView& log, std::uint64_t number)
{
    Result<std::string> text = from(attestations_path(number));
    if (!text && text.error().kind != Kind::input)
        return tl::unexpected<Error>(std::move(text).error());
    StatementBundle bundle;
    bundle.lines = attestation_lines(text.value_or(""), tile_width_at(0, number, log.checkpoint.size));
    bundle.envelopes.resize(bundle.lines.size());
    if (std::all_of(bundle.lines.begin(), bundle.lines.end(), [](const std::string& line) { return line.empty(); }))
        return bundle;
    ALBS_TRY(bundle.entries, log.tiles.bundle(number));
    for (std::size_t i = 0; i < bundle.lines.size(); ++i) {
        if (bundle.lines[i].empty())
            continue;
        Result<Envelope> envelope = read_envelope_line(bundle.lines[i]);
        Status named = envelope ? check_leaf_names(bundle.entries[i], *envelope) : Status();
        if (!envelope || !named) // is not "nothing found"
            return fail(Kind::trust, "'" + attestations_path(number) +
                                         "': " + (envelope ? named.error().message : envelope.error().message));
        bundle.envelopes[i] = *std::move(envelope);
    }
    return bundle;
}

} // namespace

Result<StatementBundle> read_statements(LogView& log, std::uint64_t number)
{
    return read_authentic(log.fetch, [&](const Fetch& from) { return read_from(from, log, number); });
}

tl::unexpected<Error> unreadable(Error error, std::uint64_t number)
{
    error.kind = error.kind == Kind::input ? Kind::trust : error.kind;
    const std::string name = "'" + attestations_path(number) + "'";
    return error.message.starts_with(name) ? tl::unexpected(std::move(error)) : fail(std::move(error), name);
}

Result<StatementBundle> look_through(LogView& log, std::uint64_t number)
{
    Result<StatementBundle> bundle = read_statements(log, number);
    return bundle ? std::move(bundle) : unreadable(std::move(bundle).error(), number);
}

std::optional<LoggedStatement> statement_in(const StatementBundle& bundle, std::uint64_t number, std::size_t at)
{
    if (!bundle.envelopes[at])
        return std::nullopt;
    return LoggedStatement{.index = number * tile_width + at,
                           .line = bundle.lines[at],
                           .entry = bundle.entries[at],
                           .envelope = *bundle.envelopes[at]};
}

Status visit_bundle(const StatementBundle& bundle, std::uint64_t number, std::uint64_t from,
                    const std::function<Status(const LoggedStatement&)>& visit, std::uint64_t& withheld)
{
    for (std::size_t i = 0; i < bundle.lines.size(); ++i) {
        if (number * tile_width + i < from)
            continue;
        std::optional<LoggedStatement> one = statement_in(bundle, number, i);
        if (!one) {
            ++withheld;
            continue;
        }
        if (Status visited = visit(*one); !visited)
            return unreadable(std::move(visited).error(), number);
    }
    return {};
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
    for (std::uint64_t number = 0; number * tile_width < log.checkpoint.size; ++number) {
        ALBS_TRY(const StatementBundle bundle, look_through(log, number));
        ALBS_CHECK(visit_bundle(bundle, number, 0, visit, withheld));
    }
    return withheld;
}

} // namespace albs
