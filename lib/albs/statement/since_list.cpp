// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/since_list.hpp"

#include <deque>

#include "albs/log/merkle.hpp"
#include "albs/statement/leaf.hpp"

namespace albs {
namespace {

constexpr std::size_t max_bundles = 64; // in memory

// Nothing when it is no list that may be relied on.
Result<std::optional<StatusList>> acceptable_list(LogView& log, const Policy& policy, const LoggedStatement& one)
{
    if (one.envelope.payload.find(statuses_type) == std::string::npos)
        return std::optional<StatusList>();
    ALBS_TRY(Json statement, read_json(one.envelope.payload));
    Result<std::optional<StatusList>> list = status_list_of(statement);
    if (!list || !*list)
        return std::optional<StatusList>();
    ALBS_TRY(PublicKey signer, check_leaf(one.entry, one.envelope));
    if (!policy.accepts_statement(signer.fingerprint().hex(), statuses_kind) || (*list)->size > one.index)
        return std::optional<StatusList>();
    ALBS_TRY(Digest root, tree_root((*list)->size, log.tiles.nodes()));
    if (root != (*list)->root)
        return std::optional<StatusList>();
    return list;
}

// Reads bundles from the end of the log backwards until one of them has a list.
struct Tail {
    std::uint64_t first = 0; ///< bundle
    std::deque<StatementBundle> bundles;
    std::optional<StatusList> list;

    Status read(LogView& log, const Policy& policy)
    {
        first = (log.checkpoint.size + tile_width - 1) / tile_width;
        while (first > 0 && !list && bundles.size() < max_bundles) {
            ALBS_TRY(StatementBundle bundle, look_through(log, first - 1));
            bundles.push_front(std::move(bundle));
            --first;
            for (std::size_t i = bundles.front().lines.size(); i-- > 0 && !list;)
                if (std::optional<LoggedStatement> one = statement_in(bundles.front(), first, i)) {
                    Result<std::optional<StatusList>> found = acceptable_list(log, policy, *one);
                    if (!found)
                        return unreadable(std::move(found).error(), first);
                    list = *std::move(found);
                }
        }
        return {};
    }
};

} // namespace

bool is_heard(const ListedChange& one, const Policy& policy)
{
    return one.change.withdraws() || policy.accepts_statement(one.signer, status_kind);
}

Result<std::uint64_t> for_each_since_list(LogView& log, const Policy& policy,
                                          const std::function<Status(const StatusList&)>& begin,
                                          const std::function<Status(const LoggedStatement&)>& visit)
{
    Tail tail;
    ALBS_CHECK(tail.read(log, policy));
    std::uint64_t withheld = 0;
    std::uint64_t from = 0;
    if (tail.list) {
        ALBS_CHECK(begin(*tail.list));
        withheld = tail.list->withheld;
        from = tail.list->size;
    }
    for (std::uint64_t number = from / tile_width; number * tile_width < log.checkpoint.size; ++number) {
        if (number >= tail.first) {
            ALBS_CHECK(visit_bundle(tail.bundles[number - tail.first], number, from, visit, withheld));
            continue;
        }
        ALBS_TRY(const StatementBundle bundle, look_through(log, number));
        ALBS_CHECK(visit_bundle(bundle, number, from, visit, withheld));
    }
    return withheld;
}

} // namespace albs
