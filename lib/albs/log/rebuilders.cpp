// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/rebuilders.hpp"

#include <algorithm>

#include "albs/log/checkpoint.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"

namespace albs {

const Rebuilder* Rebuilders::with_key(std::string_view key) const
{
    auto found =
        std::find_if(all.begin(), all.end(), [&](const Rebuilder& one) { return one.keys.contains(std::string(key)); });
    return found == all.end() ? nullptr : &*found;
}

Result<std::size_t> read_threshold(const std::string& what, const std::string& text, std::size_t members)
{
    if (text == "any")
        return std::size_t{1};
    if (text == "all")
        return members;
    ALBS_TRY(std::uint64_t count, parse_decimal(text));
    if (count == 0 || count > members)
        return fail(Kind::input, format_text("{} wants {} of {}", what, text, members));
    return static_cast<std::size_t>(count);
}

Status check_statement_key(const std::string& key)
{
    if (Digest::parse(key))
        return {};
    return fail(Kind::input, "'" + key + "' is no SHA-256 of a statement key",
                "albs-notarize verify prints that of the key that signed each statement");
}

// A key under two names would count twice.
Status RebuilderLines::add(const std::string& name, const std::string& keys)
{
    if (!names_.insert(name).second)
        return fail(Kind::input, "the name '" + name + "' is taken");
    Rebuilder rebuilder{.name = name, .keys = {}};
    for (std::string_view rest = keys; !rest.empty();) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        std::string key(rest.substr(0, end));
        ALBS_CHECK(check_statement_key(key));
        if (!keys_.insert(key).second)
            return fail(Kind::input, "the key of '" + name + "' stands here twice");
        rebuilder.keys.insert(std::move(key));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    rebuilders_.all.push_back(std::move(rebuilder));
    return {};
}

Status RebuilderLines::set_wanted(const std::string& count, const std::string& weakest)
{
    if (!wanted_.empty())
        return fail(Kind::input, "a second reproduced");
    if (weakest != "identical" && weakest != "metadata" && weakest != "payload")
        return fail(Kind::input, "'" + weakest + "' is no result of a rebuilder that may count",
                    "identical, metadata and payload are, from the strictest to the weakest");
    rebuilders_.weakest = weakest;
    wanted_ = count;
    return {};
}

Result<Rebuilders> RebuilderLines::finish()
{
    if (rebuilders_.all.empty() != wanted_.empty())
        return fail(Kind::input,
                    wanted_.empty() ? "rebuilders, and no line that says how many of them it takes"
                                    : "'#albs: reproduced' without a rebuilder",
                    "'#albs: rebuilder NAME SHA256' names one, '#albs: reproduced 2' wants two of them");
    if (!wanted_.empty()) {
        ALBS_TRY(rebuilders_.wanted, read_threshold("reproduced", wanted_, rebuilders_.all.size()));
    }
    return rebuilders_;
}

} // namespace albs
