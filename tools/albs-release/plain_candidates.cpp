// SPDX-License-Identifier: GPL-3.0-or-later
// Packages that albs-sign took from files, with `sign` or `rotate`: the manifest knows no build of them.
#include <algorithm>

#include "base/format.hpp"
#include "plan.hpp"

namespace albs::release {

bool Candidate::takes_the_place_of(std::string_view sha256) const
{
    return signature != nullptr &&
           std::any_of(signature->replaces.begin(), signature->replaces.end(),
                       [&](const JsonText& id) { return id.view().substr(0, id.view().find('/')) == sha256; });
}

std::vector<Candidate> plain_candidates(const Manifest& manifest, const RecordIndex& records,
                                        std::list<Source>& plain_sources)
{
    std::set<std::string_view> of_sources;
    for (const Source& source : manifest.sources())
        of_sources.insert(content_of(source));
    std::vector<Candidate> found;
    for (const Artifact& artifact : manifest.artifacts()) {
        if (!artifact.rpm || artifact.unsigned_sha256 || of_sources.contains(artifact.sha256) ||
            records.signatures_over(artifact.sha256).empty() || !manifest.tasks_with(artifact.sha256).empty())
            continue;
        const RpmInfo& info = *artifact.rpm;
        const JsonText id(info.sourcerpm ? std::string(*info.sourcerpm)
                                         : format_text("{}-{}-{}.src.rpm", info.name, info.version, info.release));
        auto source =
            std::find_if(plain_sources.begin(), plain_sources.end(), [&](const Source& one) { return one.id == id; });
        if (source == plain_sources.end()) {
            Source plain;
            plain.id = id;
            source = plain_sources.insert(source, std::move(plain));
        }
        Candidate candidate;
        candidate.source = &*source;
        candidate.built = &artifact;
        found.push_back(std::move(candidate));
    }
    return found;
}

} // namespace albs::release
