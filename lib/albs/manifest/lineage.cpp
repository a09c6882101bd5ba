// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/lineage.hpp"

namespace albs {

Lineage::Lineage(const Manifest& manifest) : manifest_(manifest)
{
    for (const Source& source : manifest.sources())
        by_srpm_.emplace(source.srpm, &source);
}

void Lineage::add_source(const Source* source, std::vector<std::string>& digests) const
{
    if (source == nullptr)
        return;
    digests.push_back(source->srpm);
    if (source->commit)
        digests.push_back(*source->commit);
}

std::vector<std::string> Lineage::of(const Artifact& artifact) const
{
    std::vector<std::string> digests{artifact.sha256};
    if (artifact.unsigned_sha256)
        digests.push_back(*artifact.unsigned_sha256);
    const std::string built = digests.back();
    for (const Task* task : manifest_.tasks_with(built))
        add_source(manifest_.source(task->source), digests);
    if (auto source = by_srpm_.find(built); source != by_srpm_.end())
        add_source(source->second, digests);
    return digests;
}

std::vector<std::string> Lineage::of(const std::string& digest) const
{
    const Artifact* artifact = manifest_.artifact(digest);
    return artifact == nullptr ? std::vector<std::string>{digest} : of(*artifact);
}

} // namespace albs
