// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/trust.hpp"

#include <algorithm>
#include <vector>

#include "sys/file.hpp"

namespace albs {
namespace {

Result<std::vector<Vkey>> read_keys(std::string_view text)
{
    std::vector<Vkey> keys;
    while (!text.empty()) {
        std::size_t end = std::min(text.find('\n'), text.size());
        ALBS_TRY(Vkey key, Vkey::parse(text.substr(0, end)));
        keys.push_back(std::move(key));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (keys.empty())
        return fail(Kind::input, "no verifier key");
    return keys;
}

} // namespace

Result<Policy> read_log_trust(const std::string& path)
{
    ALBS_TRY(std::string text, sys::read_file(path, 4096));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    Result<std::vector<Vkey>> keys = read_keys(text);
    if (!keys)
        return fail(std::move(keys).error(), "'" + path + "'");
    return Policy::of(*keys);
}

Result<Policy> read_policy(const std::string& path)
{
    ALBS_TRY(std::string text, sys::read_file(path, std::size_t{1} << 20));
    Result<Policy> policy = Policy::parse(text);
    if (!policy)
        return fail(std::move(policy).error(), "'" + path + "'");
    return policy;
}

} // namespace albs
