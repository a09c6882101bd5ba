// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/overrides.hpp"
#include "base/format.hpp"

#include <algorithm>
#include <fnmatch.h>

namespace albs::platform {
namespace {

/// A JSON object whose members are all taken by name.
class Members {
public:
    Members(const Json& json, std::string where) : json_(json), where_(std::move(where))
    {
        if (!json.is_object())
            error_ = where_ + " is no object";
    }
    const Json* take(const std::string& key)
    {
        taken_.push_back(key);
        return json_.find(key);
    }
    std::vector<std::string> texts(const std::string& key, bool with_numbers = false)
    {
        std::vector<std::string> list;
        const Json* value = take(key);
        if (value == nullptr || value->is_null())
            return list;
        if (value->elements() == nullptr) {
            refuse(key, "a list");
            return list;
        }
        for (const Json& item : *value->elements())
            if (item.string() != nullptr)
                list.push_back(*item.string());
            else if (with_numbers && item.integer() != nullptr)
                list.push_back(std::to_string(*item.integer()));
            else
                refuse(key, "a list of texts");
        return list;
    }
    Macros macros(const std::string& key)
    {
        Macros macros;
        const Json* value = take(key);
        if (value == nullptr || value->is_null())
            return macros;
        if (!value->is_object())
            refuse(key, "an object");
        else
            for (const Json::Member& member : *value->members())
                if (member.value.string() != nullptr)
                    macros.emplace_back(member.key, *member.value.string());
                else if (member.value.integer() != nullptr)
                    macros.emplace_back(member.key, std::to_string(*member.value.integer()));
                else
                    refuse(member.key, "a text");
        return macros;
    }
    void refuse(const std::string& key, const std::string& wanted)
    {
        if (error_.empty())
            error_ = format_text("'{}' of {} is not {}", key, where_, wanted);
    }
    Status end(const std::string& file)
    {
        if (json_.is_object())
            for (const Json::Member& member : *json_.members())
                if (error_.empty() && std::find(taken_.begin(), taken_.end(), member.key) == taken_.end())
                    error_ = "unknown key '" + member.key + "' in " + where_;
        if (!error_.empty())
            return fail(Kind::input, "'" + file + "': " + error_, "albs-platforms(5) lists the keys");
        return {};
    }

private:
    const Json& json_;
    std::string where_;
    std::vector<std::string> taken_;
    std::string error_;
};

Result<Override> read_override(const std::string& package, const std::string& branch, const Json& json,
                               const std::string& file)
{
    const std::string where = format_text("package '{}', branch '{}'", package, branch);
    Override one;
    one.package = package;
    one.branch = branch;
    Members in(json, where);
    if (const Json* flag = in.take("secure_boot"); flag != nullptr && !flag->is_null()) {
        if (flag->boolean() == nullptr)
            in.refuse("secure_boot", "true or false");
        else
            one.secure_boot = *flag->boolean();
    }
    one.flavors = in.texts("platform_flavors");
    one.linked = in.texts("linked_builds", true);
    const Json* options = in.take("mock_options");
    ALBS_CHECK(in.end(file));
    if (options == nullptr || options->is_null())
        return one;
    Members mock(*options, "mock_options of " + where);
    one.options.definitions = mock.macros("definitions");
    one.options.module_enable = mock.texts("module_enable");
    one.options.yum_exclude = mock.texts("yum_exclude");
    one.options.with = mock.texts("with");
    one.options.without = mock.texts("without");
    if (const Json* arch = mock.take("target_arch"); arch != nullptr && arch->string() != nullptr)
        one.options.target_arch = *arch->string();
    else if (arch != nullptr && !arch->is_null())
        mock.refuse("target_arch", "a text");
    ALBS_CHECK(mock.end(file));
    return one;
}

std::ptrdiff_t literals(const std::string& pattern)
{
    return std::count_if(pattern.begin(), pattern.end(),
                         [](char letter) { return std::string_view("*?[]").find(letter) == std::string_view::npos; });
}

} // namespace

Result<Overrides> Overrides::read(const std::string& text, const std::string& file)
{
    auto json = read_json(text);
    if (!json)
        return fail(std::move(json).error(), "'" + file + "'");
    Overrides overrides;
    if (!json->is_object())
        return fail(Kind::input, "'" + file + "': not an object of packages");
    for (const Json::Member& package : *json->members()) {
        if (!package.value.is_object())
            return fail(Kind::input, format_text("'{}': package '{}' is no object of branches", file, package.key));
        for (const Json::Member& branch : *package.value.members()) {
            ALBS_TRY(Override one, read_override(package.key, branch.key, branch.value, file));
            overrides.all_.push_back(std::move(one));
        }
    }
    return overrides;
}

const Override* Overrides::find(const std::string& package, const std::string& branch) const
{
    const Override* best = nullptr;
    for (const Override& one : all_)
        if (one.package == package && ::fnmatch(one.branch.c_str(), branch.c_str(), 0) == 0 &&
            (best == nullptr || literals(one.branch) > literals(best->branch)))
            best = &one;
    return best;
}

} // namespace albs::platform
