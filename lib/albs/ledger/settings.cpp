// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/settings.hpp"

#include "albs/json/fields.hpp"
#include "albs/json/value.hpp"
#include "albs/log/directory.hpp"

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

bool is_vkey_file(const std::string& text, const LogSettings& settings, std::size_t key)
{
    if (key >= settings.vkeys.size())
        return false;
    std::string one = settings.vkeys[key] + "\n";
    return text == one || (key + 1 < settings.vkeys.size() && text == one + settings.vkeys[key + 1] + "\n");
}

Result<LogSettings> read_log_settings(const std::string& directory)
{
    std::string path = directory + "/log.json";
    Result<std::string> text = read_log_file(path, max_resource_bytes("log.json"));
    if (!text && text.error().kind == Kind::input)
        return fail(Kind::environment, "no ledger in '" + directory + "'",
                    "make one: albs-notarize init --origin NAME --ledger " + directory);
    if (!text)
        return tl::unexpected<Error>(std::move(text).error());
    Result<LogSettings> settings = LogSettings::parse(*text);
    if (!settings)
        return fail(std::move(settings).error(), "'" + path + "'");
    return settings;
}

} // namespace albs
