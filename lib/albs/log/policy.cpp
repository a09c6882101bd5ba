// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/policy.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace albs {
// Reads line by line; names must be known before they are used, so a group cannot hold itself.
class PolicyReader {
public:
    Status read_line(const std::vector<std::string>& words)
    {
        const std::string& keyword = words.front();
        if (keyword == "log" && (words.size() == 2 || words.size() == 3))
            return add_log(words);
        if (keyword == "witness" && (words.size() == 3 || words.size() == 4))
            return add_witness(words);
        if (keyword == "group" && words.size() >= 4)
            return add_group(words);
        if (keyword == "quorum" && words.size() == 2)
            return set_quorum(words[1]);
        return fail(Kind::input, "'" + keyword + "' is not a line of a policy, or has the wrong number of words");
    }
    Result<Policy> finish()
    {
        if (policy_.logs_.empty())
            return fail(Kind::input, "no log");
        if (!has_quorum_)
            return fail(Kind::input, "no quorum",
                        "end the policy with 'quorum none' or the name of a witness or group");
        return policy_;
    }

private:
    Status add_log(const std::vector<std::string>& words)
    {
        ALBS_TRY(Vkey key, Vkey::parse(words[1]));
        if (key.type != NoteKeyType::ed25519 || !keys_.insert(key.key).second)
            return fail(Kind::input, "the key of '" + key.name + "' is no log's, or stands here twice");
        policy_.logs_.push_back({.key = std::move(key), .url = words.size() == 3 ? words[2] : ""});
        return {};
    }
    Status add_name(const std::string& name)
    {
        if (name == "none" || !names_.insert(name).second)
            return fail(Kind::input, "the name '" + name + "' is taken");
        return {};
    }
    Status add_witness(const std::vector<std::string>& words)
    {
        ALBS_CHECK(add_name(words[1]));
        ALBS_TRY(Vkey key, Vkey::parse(words[2]));
        // One key under two names would count twice.
        if (key.type != NoteKeyType::cosignature || !keys_.insert(key.key).second)
            return fail(Kind::input, "the key of '" + key.name + "' is no witness's, or stands here twice");
        policy_.witnesses_.push_back(
            {.name = words[1], .key = std::move(key), .url = words.size() == 4 ? words[3] : ""});
        return {};
    }
    Status add_group(const std::vector<std::string>& words)
    {
        Policy::Group group;
        for (std::size_t i = 3; i < words.size(); ++i) {
            if (!names_.contains(words[i]))
                return fail(Kind::input,
                            format_text("the group '{}' names '{}', which is not known yet", words[1], words[i]));
            if (!members_.insert(words[i]).second)
                return fail(Kind::input, "'" + words[i] + "' is in a group already");
            group.members.push_back(words[i]);
        }
        ALBS_CHECK(add_name(words[1]));
        if (words[2] == "any") {
            group.threshold = 1;
        } else if (words[2] == "all") {
            group.threshold = group.members.size();
        } else {
            ALBS_TRY(std::uint64_t count, parse_decimal(words[2]));
            if (count == 0 || count > group.members.size())
                return fail(Kind::input,
                            format_text("the group '{}' wants {} of {}", words[1], words[2], group.members.size()));
            group.threshold = count;
        }
        policy_.groups_.emplace(words[1], std::move(group));
        return {};
    }
    Status set_quorum(const std::string& name)
    {
        if (has_quorum_)
            return fail(Kind::input, "a second quorum");
        if (name != "none" && !names_.contains(name))
            return fail(Kind::input, "the quorum '" + name + "' is not known");
        policy_.quorum_ = name;
        has_quorum_ = true;
        return {};
    }

    Policy policy_;
    bool has_quorum_ = false;
    std::set<std::string> names_;
    std::set<std::string> members_;
    std::set<Bytes> keys_;
};

Result<Policy> Policy::parse(std::string_view text)
{
    if (text.size() > (std::size_t{1} << 20))
        return fail(Kind::input, "a policy of more than a megabyte");
    PolicyReader reader;
    std::size_t number = 0;
    while (!text.empty()) {
        std::size_t end = std::min(text.find('\n'), text.size());
        std::vector<std::string> words = split_words(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (words.empty() || words.front().starts_with('#'))
            continue;
        if (Status read = reader.read_line(words); !read)
            return fail(std::move(read).error(), "line " + std::to_string(number));
    }
    return reader.finish();
}

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

bool Policy::holds(const std::string& name, const Note& note) const
{
    auto witness = std::find_if(witnesses_.begin(), witnesses_.end(),
                                [&](const Witness& one) { return one.name == name; });
    if (witness != witnesses_.end())
        return verify_cosignature(note, witness->key).has_value();
    const Group& group = groups_.at(name);
    auto count = std::count_if(group.members.begin(), group.members.end(),
                               [&](const std::string& member) { return holds(member, note); });
    return static_cast<std::size_t>(count) >= group.threshold;
}

Status Policy::check_known(const Note& note) const
{
    std::vector<Vkey> keys;
    for (const Witness& witness : witnesses_)
        keys.push_back(witness.key);
    return verify_known(note, keys);
}

Status Policy::check_quorum(const Note& note) const
{
    ALBS_CHECK(check_known(note));
    if (quorum_ == "none" || holds(quorum_, note))
        return {};
    return fail(Kind::trust, "too few witnesses cosigned the checkpoint for the quorum '" + quorum_ + "'",
                "ask the witnesses: albs-notarize witness URL; then notarize or export again");
}

// Names stand before their use, so a group's own groups come first.
void Policy::add_group_line(const std::string& name, std::set<std::string>& written, std::string& text) const
{
    auto group = groups_.find(name);
    if (group == groups_.end() || !written.insert(name).second)
        return;
    std::string line = "group " + name + " " + std::to_string(group->second.threshold);
    for (const std::string& member : group->second.members) {
        add_group_line(member, written, text);
        line += " " + member;
    }
    text += line + "\n";
}

std::string Policy::sigsum_text() const
{
    std::string text;
    for (const Log& log : logs_)
        text += "log " + to_hex(log.key.key) + (log.url.empty() ? "" : " " + log.url) + "\n";
    for (const Witness& witness : witnesses_)
        text += format_text("witness {} {}{}\n", witness.name, to_hex(witness.key.key),
                            witness.url.empty() ? "" : " " + witness.url);
    std::set<std::string> written;
    for (const auto& [name, group] : groups_)
        add_group_line(name, written, text);
    return text + "quorum " + quorum_ + "\n";
}

Result<Checkpoint> Policy::open(std::string_view note) const
{
    ALBS_TRY(Note parsed, Note::parse(note));
    ALBS_TRY(Checkpoint checkpoint, Checkpoint::parse(parsed.text));
    // Several keys of one log (rotation): any of them will do, but a false signature by a known key will not.
    std::vector<Vkey> known = keys();
    std::erase_if(known, [&](const Vkey& key) { return key.name != checkpoint.origin; });
    ALBS_CHECK(verify_known(parsed, known));
    if (std::any_of(known.begin(), known.end(), [&](const Vkey& key) { return has_signature_of(parsed, key); })) {
        ALBS_CHECK(check_quorum(parsed));
        return checkpoint;
    }
    return fail(Kind::trust, "no log of the policy signed the checkpoint of '" + checkpoint.origin + "'");
}

} // namespace albs
