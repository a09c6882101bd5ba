// SPDX-License-Identifier: GPL-3.0-or-later
#include "history.hpp"

#include <algorithm>

#include "albs/json/fields.hpp"
#include "albs/manifest/records.hpp"
#include "sys/file.hpp"

namespace albs::release {
namespace {

std::set<std::string> texts(const Json& record, std::string_view list, std::string_view key)
{
    std::set<std::string> found;
    const Json* value = record.find(list);
    if (value == nullptr || value->elements() == nullptr)
        return found;
    for (const Json& element : *value->elements()) {
        const Json* member = key.empty() ? &element : element.find(key);
        if (member != nullptr && member->string() != nullptr)
            found.insert(*member->string());
    }
    return found;
}

} // namespace

Result<History> History::parse(std::string_view text)
{
    ALBS_TRY(Json root, read_json(text));
    Fields in(root);
    (void)in.one_of("schema", {schema});
    History history{.name = in.string("name"),
                    .baseurl = in.string("baseurl"),
                    .replaces = in.optional_integer("replaces"),
                    .releases = {}};
    for (const Json* record : in.objects("releases")) {
        ALBS_CHECK(read_record<Release>(*record));
        history.releases.push_back(*record);
    }
    ALBS_CHECK(in.done());
    return history;
}

std::string History::text() const
{
    Json list = Json::array();
    for (const Json& record : releases)
        list.push(record);
    return write_pretty_json(Json::object({{"schema", schema},
                                           {"name", name},
                                           {"baseurl", baseurl},
                                           {"replaces", optional_json(replaces)},
                                           {"releases", list}})) +
           "\n";
}

const Json* History::find(std::string_view repository, const std::set<std::string>& packages,
                          const std::set<std::string>& errata) const
{
    auto holds = [](const std::set<std::string>& all, const std::set<std::string>& some) {
        return std::includes(all.begin(), all.end(), some.begin(), some.end());
    };
    for (auto record = releases.rbegin(); record != releases.rend(); ++record) {
        const Json* where = record->find("repository");
        if (where != nullptr && where->string() != nullptr && *where->string() == repository &&
            holds(texts(*record, "packages", "artifact"), packages) && holds(texts(*record, "errata", ""), errata))
            return &*record;
    }
    return nullptr;
}

Result<Revisions> read_revisions(const std::string& path)
{
    Revisions revisions;
    if (!sys::exists(path))
        return revisions;
    ALBS_TRY(std::string text, sys::read_file(path));
    auto root = read_json(text);
    if (!root || root->members() == nullptr)
        return fail(Kind::input, "'" + path + "' is damaged", "remove it if nothing was reverted lately");
    for (const Json::Member& member : *root->members())
        if (member.value.integer() != nullptr)
            revisions[member.key] = *member.value.integer();
    return revisions;
}

Status write_revisions(const std::string& path, const Revisions& revisions)
{
    Json root = Json::object();
    for (const auto& [name, revision] : revisions)
        root.set(name, revision);
    return sys::write_file(path, write_json(root) + "\n");
}

} // namespace albs::release
