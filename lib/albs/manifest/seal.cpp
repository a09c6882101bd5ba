// SPDX-License-Identifier: GPL-3.0-or-later
// Seals: what a stage wrote is what the next one reads.
#include "albs/manifest/manifest.hpp"

namespace albs {

Digest Manifest::digest() const
{
    return canonical_digest(root_);
}

Digest Manifest::seal(bool but_last_stage) const
{
    // The first stage makes the table if it must; the seal is of the manifest with an empty one.
    if (root_.find("stages") == nullptr) {
        Json with_table = root_;
        with_table.set("stages", Json::array());
        return canonical_digest(with_table);
    }
    const Json* last = nullptr;
    if (but_last_stage && !stages().empty())
        last = &root_.find("stages")->elements()->back();
    return canonical_digest(root_, last);
}

Status Manifest::check_seal() const
{
    if (stages().empty() || seal(true).hex() == stages().back().seal)
        return {};
    return fail(Kind::trust, "records were changed after " + stages().back().tool + " wrote the manifest",
                "a stage may only add: use the manifest as that stage wrote it, or run the stage again");
}

} // namespace albs
