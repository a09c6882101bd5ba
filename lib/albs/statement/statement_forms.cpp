// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/statement_forms.hpp"

#include <map>
#include <string>

#include "albs/json/fields.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/status.hpp"

namespace albs {
namespace {

constexpr std::size_t bytes_of_record = 40; // a form beside its statement: {"id":"012345678901","statement":},
constexpr std::size_t bytes_of_name = 22;   // the form in a notarization: "form":"012345678901",

// Those that have most in common: a task has the same provenance for all its files.
std::string group_of(const Notarization& notarization)
{
    std::string group(notarization.kind);
    if (notarization.kind == "build")
        if (Result<Json> binding = stated_binding(notarization.statement))
            group += " " + text_member(*binding, "task");
    return group;
}

// False when the manifest is not smaller for it: then nothing was changed.
bool share_form(const std::vector<Notarization*>& group, FormRecord& form)
{
    Json common = group.front()->statement;
    for (const Notarization* one : group)
        common = common_form(common, one->statement);
    form = form_record(std::move(common));
    std::size_t before = 0;
    std::size_t after = write_json(form.statement).size() + bytes_of_record;
    std::vector<Json> own;
    for (const Notarization* one : group) {
        std::optional<Json> part = besides_form(form.statement, one->statement);
        if (!part)
            return false;
        before += write_json(one->statement).size();
        after += write_json(*part).size() + bytes_of_name;
        own.push_back(*std::move(part));
    }
    if (after >= before)
        return false;
    for (std::size_t i = 0; i < group.size(); ++i) {
        group[i]->form = form.id;
        group[i]->statement = std::move(own[i]);
    }
    return true;
}

} // namespace

std::vector<FormRecord> share_forms(std::vector<Notarization>& notarizations)
{
    std::map<std::string, std::size_t> places;
    std::vector<std::vector<Notarization*>> groups; // in the order of the entries
    for (Notarization& one : notarizations) {
        if (!one.statement.is_object() || one.kind == status_kind)
            continue;
        auto [place, is_new] = places.try_emplace(group_of(one), groups.size());
        if (is_new)
            groups.emplace_back();
        groups[place->second].push_back(&one);
    }
    std::vector<FormRecord> forms;
    for (const std::vector<Notarization*>& group : groups) {
        FormRecord form;
        if (group.size() > 1 && share_form(group, form))
            forms.push_back(std::move(form));
    }
    return forms;
}

} // namespace albs
