// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/lineage.hpp"

namespace albs {

Lineage::Lineage(const Manifest& manifest) : manifest_(manifest)
{
    for (const Source& source : manifest.sources())
        by_content_.emplace(content_of(source), &source);
}

std::vector<std::string> Lineage::of_source(const Source& source)
{
    std::vector<std::string> digests;
    for (const OptionalString& digest : {source.files, source.srpm, source.commit})
        if (digest)
            digests.push_back(*digest);
    return digests;
}

std::vector<std::string> Lineage::of(const Artifact& artifact) const
{
    std::vector<std::string> digests{artifact.sha256};
    if (artifact.unsigned_sha256)
        digests.push_back(*artifact.unsigned_sha256);
    const std::string built = digests.back();
    auto add = [&](const Source& source) {
        for (std::string& digest : of_source(source))
            digests.push_back(std::move(digest));
    };
    for (const Task* task : manifest_.tasks_with(built)) {
        if (task->srpm)
            digests.push_back(*task->srpm);
        for (const Source* source : manifest_.attempts<Source>(task->source))
            add(*source);
    }
    if (auto source = by_content_.find(built); source != by_content_.end())
        add(*source->second);
    return digests;
}

std::vector<std::string> Lineage::of(const std::string& digest) const
{
    const Artifact* artifact = manifest_.artifact(digest);
    return artifact == nullptr ? std::vector<std::string>{digest} : of(*artifact);
}

} // namespace albs
