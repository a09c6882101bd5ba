// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/view.hpp"

#include "albs/log/merkle.hpp"
#include "base/format.hpp"

namespace albs {

Result<LogView> LogView::open(Fetch fetch, const Policy& policy)
{
    Result<std::string> note = fetch("checkpoint");
    if (!note)
        return tl::unexpected<Error>(std::move(note).error());
    ALBS_TRY(Checkpoint checkpoint, policy.open(*note));
    Result<TileReader> tiles = TileReader::open(fetch, checkpoint.size, checkpoint.root);
    if (!tiles)
        return fail(std::move(tiles).error(), "log '" + checkpoint.origin + "'");
    return LogView{.fetch = std::move(fetch),
                   .checkpoint = std::move(checkpoint),
                   .note = std::move(*note),
                   .tiles = *std::move(tiles)};
}

Result<LogView> LogView::open(Fetch fetch, const Policy& policy, const CheckpointMemory& memory)
{
    ALBS_TRY(const std::vector<RememberedCheckpoint> heads, memory.read_all(policy.keys()));
    ALBS_TRY(LogView view, open(std::move(fetch), policy));
    for (const RememberedCheckpoint& head : heads)
        if (head.checkpoint.origin == view.checkpoint.origin)
            ALBS_CHECK(view.extends(head.checkpoint, head.note));
    return view;
}

Status LogView::extends(const Checkpoint& older, const std::string& older_note)
{
    std::string both = "\n" + older_note + "\n" + note;
    if (older.size > checkpoint.size)
        return fail(Kind::trust,
                    format_text("the log had {} entries and now has {}:{}", older.size, checkpoint.size, both));
    // Every tree begins with the empty one, which has one root only.
    if (older.size == 0 && older.root == empty_root())
        return {};
    ALBS_TRY(std::vector<Digest> proof, make_consistency_proof(older.size, checkpoint.size, tiles.nodes()));
    if (!verify_consistency(older.size, checkpoint.size, older.root, checkpoint.root, proof))
        return fail(Kind::trust, "the log shows two histories:" + both);
    return {};
}

} // namespace albs
