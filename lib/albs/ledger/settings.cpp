// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/settings.hpp"

#include "albs/json/fields.hpp"
#include "albs/json/value.hpp"
#include "sys/file.hpp"

namespace albs {

constexpr std::string_view settings_schema = "albs.log/1";

std::string LogSettings::text() const
{
    return write_pretty_json(Json::object({{"schema", settings_schema},
                                           {"origin", origin},
                                           {"profile", profile_name(profile)},
                                           {"created", created},
                                           {"vkeys", Json::strings(vkeys)},
                                           {"statement_keys", Json::strings(statement_keys)}})) +
           "\n";
}

Result<LogSettings> LogSettings::parse(std::string_view text)
{
    ALBS_TRY(Json json, read_json(text));
    Fields in(json);
    LogSettings settings;
    (void)in.one_of("schema", {settings_schema});
    settings.origin = in.string("origin");
    std::string profile = in.string("profile");
    settings.created = in.string("created");
    settings.vkeys = in.strings("vkeys");
    settings.statement_keys = in.strings("statement_keys");
    ALBS_CHECK(in.done());
    ALBS_TRY(settings.profile, parse_profile(profile));
    if (settings.vkeys.empty() || settings.statement_keys.empty())
        return fail(Kind::input, "a log without keys");
    return settings;
}

Result<LogSettings> read_log_settings(const std::string& directory)
{
    std::string path = directory + "/log.json";
    if (!sys::exists(path))
        return fail(Kind::environment, "no ledger in '" + directory + "'",
                    "make one: albs-notarize init --origin NAME --ledger " + directory);
    ALBS_TRY(std::string text, sys::read_file(path, std::size_t{1} << 20));
    Result<LogSettings> settings = LogSettings::parse(text);
    if (!settings)
        return fail(std::move(settings).error(), "'" + path + "'");
    return settings;
}

} // namespace albs
