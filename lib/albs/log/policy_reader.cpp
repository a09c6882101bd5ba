// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a policy line by line; names must be known before they are used, so a group cannot hold itself.
#include <algorithm>
#include <array>

#include "albs/log/policy.hpp"
#include "albs/log/rebuilders.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace albs {
namespace {

// What a statement can be, as albs-ledger(5) lists it.
constexpr std::array statement_kinds{"source", "srpm", "build",  "test",   "signature", "release",
                                     "errata", "file", "commit", "status", "statuses",  "reproduction"};

/// A key of a kind that this version does not know, a post-quantum one say: its bytes.
std::optional<Bytes> key_of_unknown_kind(std::string_view vkey)
{
    std::size_t first = vkey.find('+');
    std::size_t second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
    if (second == std::string_view::npos || second - first != 9 || !is_note_name(vkey.substr(0, first)) ||
        !from_hex(vkey.substr(first + 1, 8)))
        return std::nullopt;
    Result<Bytes> key = from_base64(vkey.substr(second + 1));
    if (!key || key->size() < 2 || key->front() == static_cast<std::uint8_t>(NoteKeyType::ed25519) ||
        key->front() == static_cast<std::uint8_t>(NoteKeyType::cosignature))
        return std::nullopt;
    return *std::move(key);
}

// The words behind "#albs:", however it is spaced: a requirement must not become a comment by a space. Nothing for a
// comment of others.
std::optional<std::vector<std::string>> own_words(std::string_view comment)
{
    comment.remove_prefix(std::min(comment.find_first_not_of("# \t"), comment.size()));
    if (lower_case(comment.substr(0, 4)) != "albs")
        return std::nullopt;
    comment.remove_prefix(4);
    comment.remove_prefix(std::min(comment.find_first_not_of(" \t"), comment.size()));
    if (!comment.starts_with(':'))
        return std::nullopt;
    return split_words(comment.substr(1));
}

} // namespace

class PolicyReader {
public:
    Status read_line(std::string_view line)
    {
        if (std::any_of(line.begin(), line.end(), [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; }))
            return fail(Kind::input, "a control character",
                        "lines end with a newline alone, words with spaces or tabs");
        std::vector<std::string> words = split_words(line);
        if (words.empty())
            return {};
        if (words.front().starts_with('#')) {
            std::optional<std::vector<std::string>> own = own_words(line);
            return own ? read_own(*own) : Status();
        }
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
        ALBS_CHECK(finish_rebuilders());
        if (policy_.logs_.empty())
            return fail(Kind::input,
                        passed_over_.empty() ? "no log" : "no log with a key of a kind that is known here");
        if (!has_quorum_)
            return fail(Kind::input, "no quorum",
                        "end the policy with 'quorum none' or the name of a witness or group");
        std::set<std::string> known;
        for (const Policy::Witness& witness : policy_.witnesses_)
            known.insert(witness.name);
        if (!policy_.is_quorum(known))
            return fail(
                Kind::input,
                format_text("the quorum '{}' cannot be met without {}, with keys of a kind that is not known here",
                            policy_.quorum_, join_quoted(passed_over_)),
                "a newer version of this program may know it");
        return policy_;
    }

private:
    Status add_log(const std::vector<std::string>& words)
    {
        if (std::optional<Bytes> foreign = key_of_unknown_kind(words[1]))
            return pass_over("log", *std::move(foreign));
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
    // Its signatures can be checked by nobody here, so it counts for nothing.
    Status pass_over(const std::string& name, Bytes key)
    {
        if (!keys_.insert(std::move(key)).second)
            return fail(Kind::input, "the key of '" + name + "' stands here twice");
        passed_over_.push_back(name);
        return {};
    }
    Status add_witness(const std::vector<std::string>& words)
    {
        ALBS_CHECK(add_name(words[1]));
        if (std::optional<Bytes> foreign = key_of_unknown_kind(words[2]))
            return pass_over(words[1], *std::move(foreign));
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
        ALBS_TRY(group.threshold, read_threshold("the group '" + words[1] + "'", words[2], group.members.size()));
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

    // A word that is not known might be a requirement, so it is no comment.
    Status read_own(const std::vector<std::string>& words)
    {
        const std::string keyword = words.empty() ? "" : words.front();
        if (keyword == "max-age" && words.size() == 2)
            return set_max_age(words[1]);
        if (keyword == "statement-key" && words.size() == 3)
            return add_statement_key(words[1], words[2]);
        if (keyword == "rebuilder" && words.size() == 3)
            return rebuilders_.add(words[1], words[2]);
        if (keyword == "reproduced" && (words.size() == 2 || words.size() == 3))
            return rebuilders_.set_wanted(words[1], words.size() == 3 ? words[2] : "identical");
        if (keyword == "without-quorum" && words.size() == 2 && (words[1] == "stop" || words[1] == "continue")) {
            if (!own_.insert(keyword).second)
                return fail(Kind::input, "a second without-quorum");
            policy_.may_go_on_ = words[1] == "continue";
            return {};
        }
        return fail(Kind::input, "'#albs: " + join(words, " ") + "' is not known here, and may be a requirement",
                    "known are: max-age TIME, statement-key SHA256 KIND,..., without-quorum stop|continue, rebuilder "
                    "NAME SHA256,..., reproduced any|all|K [RESULT]");
    }
    Status set_max_age(const std::string& text)
    {
        policy_.max_age_ = parse_length_of_time(text);
        policy_.max_age_text_ = text;
        if (!policy_.max_age_ || !own_.insert("max-age").second)
            return fail(Kind::input, "max-age '" + text + "' is no time, or the second one",
                        "write it as 90s, 30m, 12h or 7d");
        return {};
    }
    Status add_statement_key(const std::string& key, const std::string& list)
    {
        ALBS_CHECK(check_statement_key(key));
        std::set<std::string>& kinds = policy_.statement_keys_[key];
        for (std::string_view rest = list; !rest.empty();) {
            std::size_t end = std::min(rest.find(','), rest.size());
            std::string_view kind = rest.substr(0, end);
            if (kind != "all" &&
                std::find(statement_kinds.begin(), statement_kinds.end(), kind) == statement_kinds.end())
                return fail(Kind::input, format_text("'{}' is no kind of statement", kind),
                            format_text("kinds are {}, and 'all'", join(statement_kinds, ", ")));
            kinds.emplace(kind);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return {};
    }

    // Their keys may sign what rebuilders say, and nothing else.
    Status finish_rebuilders()
    {
        ALBS_TRY(policy_.rebuilders_, rebuilders_.finish());
        for (const Rebuilder& one : policy_.rebuilders_.all)
            for (const std::string& key : one.keys)
                if (!policy_.statement_keys_.empty() && policy_.accepts_statement(key, "build"))
                    return fail(Kind::input, "the key of the rebuilder '" + one.name + "' may sign builds as well",
                                "who built a file is not independent of who built it");
        for (const Rebuilder& one : policy_.rebuilders_.all)
            for (const std::string& key : one.keys)
                policy_.statement_keys_[key].insert({"reproduction", "status"});
        return {};
    }

    Policy policy_;
    bool has_quorum_ = false;
    RebuilderLines rebuilders_;
    std::set<std::string> names_;
    std::set<std::string> members_;
    std::set<std::string> own_; ///< words of ours that may stand once
    std::set<Bytes> keys_;
    std::vector<std::string> passed_over_;
};

Result<Policy> Policy::parse(std::string_view text)
{
    if (text.size() > (std::size_t{1} << 20))
        return fail(Kind::input, "a policy of more than a megabyte");
    PolicyReader reader;
    std::size_t number = 0;
    for (const std::string& line : split_lines(text)) {
        ++number;
        if (Status read = reader.read_line(line); !read)
            return fail(std::move(read).error(), "line " + std::to_string(number));
    }
    return reader.finish();
}

} // namespace albs
