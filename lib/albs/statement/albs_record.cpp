// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/albs_record.hpp"

#include <cstdio>

namespace albs {

Json AlbsRecord::json() const
{
    Json complete = metadata.is_object() ? metadata : Json::object();
    Json value = Json::object({{"Name", name},
                               {"Kind", kind},
                               {"Size", human_size(size)},
                               {"Hash", key},
                               {"Signer", signer},
                               {"Metadata", std::move(complete)}});
    return Json::object({{"key", key}, {"value", std::move(value)}});
}

std::string human_size(std::int64_t bytes)
{
    auto value = static_cast<double>(bytes);
    const char* const units[] = {"", "K", "M", "G", "T", "P", "E", "Z"};
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < std::size(units)) {
        value /= 1024;
        ++unit;
    }
    char text[64];
    (void)std::snprintf(text, sizeof text, "%.2f %sB", value, units[unit]);
    return text;
}

std::string git_record_name(const std::string& url, const std::string& commit)
{
    std::size_t scheme = url.find("://");
    std::string rest = scheme == std::string::npos ? url : url.substr(scheme + 3);
    std::size_t slash = scheme == std::string::npos ? std::string::npos : rest.find('/');
    if (slash != std::string::npos)
        rest[slash] = ':';
    return "git@" + rest + "@" + commit.substr(0, 7);
}

} // namespace albs
