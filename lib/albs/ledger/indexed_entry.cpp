// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/indexed_entry.hpp"

#include "albs/crypto/dsse.hpp"
#include "albs/json/fields.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/origin.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/status.hpp"
#include "albs/statement/status_list.hpp"

namespace albs {

std::vector<std::string> indexed_subjects(const Json& statement)
{
    std::vector<std::string> subjects = subjects_of(statement);
    const std::string type = text_member(statement, "predicateType");
    if (type == status_type && status_of(statement))
        subjects.push_back(status_subject());
    else if (type == statuses_type)
        subjects.push_back(statuses_subject());
    else if (type == commit_type)
        subjects.push_back(commits_subject());
    else
        for (const Origin& origin : stated_origins(statement))
            subjects.push_back(made_from_subject(origin.from));
    return subjects;
}

Result<IndexedEntry> index_entry(std::uint64_t index, const std::string& entry, const std::string& envelope)
{
    IndexedEntry indexed{.index = index, .key = {}, .subjects = {}};
    ALBS_TRY(indexed.key, leaf_key(entry));
    if (envelope.empty()) {
        indexed.subjects.push_back(withheld_subject());
        return indexed;
    }
    ALBS_TRY(Json json, read_json(envelope));
    ALBS_TRY(Envelope opened, Envelope::from(json));
    ALBS_TRY(Json statement, read_json(opened.payload));
    indexed.subjects = indexed_subjects(statement);
    return indexed;
}

std::string commits_subject()
{
    return sha256(commit_type).hex();
}

std::string withheld_subject()
{
    return sha256("withheld").hex();
}

std::string made_from_subject(const std::string& node)
{
    return sha256("made from " + node).hex();
}

} // namespace albs
