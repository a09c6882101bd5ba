// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/status.hpp"

#include "albs/statement/statement.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"

namespace albs {

std::string StatusChange::text() const
{
    return format_text("entry {} of the log says that it is {}: {}", index, status, reason);
}

std::optional<StatusChange> status_of(const Json& statement)
{
    const Json* type = statement.find("predicateType");
    const Json* predicate = statement.find("predicate");
    const Json* status = predicate == nullptr ? nullptr : predicate->find("albs_status");
    const Json* reason = predicate == nullptr ? nullptr : predicate->find("reason");
    if (type == nullptr || type->string() == nullptr || *type->string() != status_type || status == nullptr ||
        status->string() == nullptr)
        return std::nullopt;
    return StatusChange{.index = 0,
                        .status = *status->string(),
                        .reason = reason != nullptr && reason->string() != nullptr ? *reason->string() : "",
                        .subject = stated_subject(statement).value_or("")};
}

std::string status_subject()
{
    return sha256(status_type).hex();
}

std::vector<std::string> digests_of(const Manifest& manifest)
{
    std::vector<std::string> digests;
    for (const Source& source : manifest.sources())
        if (source.commit)
            digests.push_back(*source.commit);
    for (const Artifact& artifact : manifest.artifacts())
        digests.push_back(artifact.sha256);
    for (const Release& release : manifest.releases())
        digests.push_back(release.repomd_sha256);
    for (const Erratum& erratum : manifest.errata())
        digests.push_back(erratum.sha256);
    for (const Reproduction& reproduction : manifest.reproductions()) {
        digests.push_back(reproduction.artifact);
        digests.insert(digests.end(), reproduction.signed_files.begin(), reproduction.signed_files.end());
    }
    return digests;
}

} // namespace albs
