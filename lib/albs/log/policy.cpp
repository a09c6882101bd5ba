// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/policy.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

constexpr Seconds clock_difference = 600; // of a witness that is ahead of us

} // namespace

Policy Policy::of(const std::vector<Vkey>& keys)
{
    Policy policy;
    for (const Vkey& key : keys)
        policy.logs_.push_back({.key = key, .url = ""});
    return policy;
}

std::vector<Vkey> Policy::keys() const
{
    std::vector<Vkey> keys;
    for (const Log& log : logs_)
        keys.push_back(log.key);
    return keys;
}

std::vector<Vkey> Policy::witness_keys() const
{
    std::vector<Vkey> keys;
    for (const Witness& witness : witnesses_)
        keys.push_back(witness.key);
    return keys;
}

bool Policy::holds(const std::string& name, const std::function<bool(const std::string&)>& counts) const
{
    auto group = groups_.find(name);
    if (group == groups_.end())
        return counts(name);
    auto count = std::count_if(group->second.members.begin(), group->second.members.end(),
                               [&](const std::string& member) { return holds(member, counts); });
    return static_cast<std::size_t>(count) >= group->second.threshold;
}

bool Policy::is_quorum(const std::set<std::string>& names) const
{
    return quorum_ == "none" || holds(quorum_, [&](const std::string& name) { return names.contains(name); });
}

Status Policy::check_known(const Note& note) const
{
    return verify_known(note, witness_keys());
}

bool Policy::has_quorum(const Note& note) const
{
    std::set<std::string> cosigned;
    for (const Witness& witness : witnesses_)
        if (quorum_ != "none" && verify_cosignature(note, witness.key))
            cosigned.insert(witness.name);
    return is_quorum(cosigned);
}

std::string Policy::shortfall(const Note& note, Seconds now) const
{
    if (quorum_ == "none")
        return {};
    std::set<std::string> cosigned;
    std::set<std::string> fresh;
    for (const Witness& witness : witnesses_) {
        Result<std::uint64_t> time = verify_cosignature(note, witness.key);
        if (!time)
            continue;
        cosigned.insert(witness.name);
        auto seconds = static_cast<Seconds>(*time); // below 2^63, or it did not verify
        bool in_time = seconds <= now + clock_difference && (!max_age_ || seconds >= now - *max_age_);
        if (in_time || !max_age_)
            fresh.insert(witness.name);
    }
    if (is_quorum(fresh))
        return {};
    if (!is_quorum(cosigned))
        return "too few witnesses cosigned the checkpoint for the quorum '" + quorum_ + "'";
    return format_text("the quorum '{}' cosigned the checkpoint longer ago than the policy allows (max-age {}), or in "
                       "the future",
                       quorum_, max_age_text_);
}

bool Policy::accepts_statement(std::string_view key, std::string_view kind) const
{
    if (statement_keys_.empty())
        return true;
    auto kinds = statement_keys_.find(key);
    return kinds != statement_keys_.end() &&
           (kinds->second.contains("all") || kinds->second.contains(std::string(kind)));
}

Result<Checkpoint> Policy::open(std::string_view note) const
{
    ALBS_TRY(Note parsed, Note::parse(note));
    ALBS_TRY(Checkpoint checkpoint, Checkpoint::parse(parsed.text));
    // Several keys of one log (rotation): any of them will do, but a false signature by a known key will not.
    std::vector<Vkey> known = keys();
    ALBS_CHECK(verify_known(parsed, known));
    std::erase_if(known, [&](const Vkey& key) { return key.name != checkpoint.origin; });
    ALBS_CHECK(check_known(parsed));
    if (std::none_of(known.begin(), known.end(), [&](const Vkey& key) { return has_signature_of(parsed, key); }))
        return fail(Kind::input, "no known key signed the checkpoint of '" + checkpoint.origin + "'",
                    "it is another log, or it has a new key: get its log.vkey anew, by a way that you trust");
    if (std::string missing = shortfall(parsed, clock_time()); !missing.empty())
        return fail(Kind::input, std::move(missing),
                    "the log's writer asks the witnesses: albs-notarize --policy FILE, or albs-notarize witness URL");
    return checkpoint;
}

// Names stand before their use, so a group's own groups come first. False for a group, or a name, that can never be
// complete: Sigsum's readers know no witness whose key we do not know.
bool Policy::add_group_line(const std::string& name, std::set<std::string>& written, std::string& text) const
{
    auto group = groups_.find(name);
    if (group == groups_.end())
        return std::any_of(witnesses_.begin(), witnesses_.end(), [&](const Witness& one) { return one.name == name; });
    if (written.contains(name))
        return true;
    std::string members;
    std::size_t count = 0;
    for (const std::string& member : group->second.members)
        if (add_group_line(member, written, text)) {
            members += " " + member;
            ++count;
        }
    if (count < group->second.threshold)
        return false;
    written.insert(name);
    text += format_text("group {} {}{}\n", name, group->second.threshold, members);
    return true;
}

std::string Policy::sigsum_text() const
{
    std::string text;
    for (const Log& log : logs_)
        text += format_text("log {}{}{}\n", to_hex(log.key.key), log.url.empty() ? "" : " ", log.url);
    for (const Witness& witness : witnesses_)
        text += format_text("witness {} {}{}\n", witness.name, to_hex(witness.key.key),
                            witness.url.empty() ? "" : " " + witness.url);
    std::set<std::string> written;
    for (const auto& [name, group] : groups_)
        add_group_line(name, written, text);
    return text + "quorum " + quorum_ + "\n";
}

} // namespace albs
