// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/status.hpp"

#include <map>

#include "albs/digest.hpp"
#include "albs/notarized.hpp"

namespace albs {

std::string StatusChange::text() const
{
    return "entry " + std::to_string(index) + " of the log says that it is " + status + ": " + reason;
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
                        .reason = reason != nullptr && reason->string() != nullptr ? *reason->string() : ""};
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
    return digests;
}

Result<std::optional<StatusChange>> told_status(const Manifest& manifest, const std::vector<std::string>& digests,
                                                const std::vector<Vkey>& keys)
{
    std::map<std::string, StatusChange> last; // by log: indexes of two logs cannot be compared
    for (const std::string& digest : digests)
        for (const Notarization* notarization : manifest.notarizations_about(digest)) {
            const Vkey* key = notarization->kind == status_kind ? signer_among(*notarization, keys) : nullptr;
            if (key == nullptr)
                continue;
            ALBS_TRY(Notarized verified, verify_notarization(manifest, *notarization, *key));
            std::optional<StatusChange> change = status_of(verified.statement);
            if (!change)
                return fail(Kind::trust, "notarization '" + notarization->id + "' is no change of status");
            change->index = static_cast<std::uint64_t>(notarization->index);
            StatusChange& known = last[notarization->log];
            if (known.status.empty() || known.index <= change->index)
                known = std::move(*change);
        }
    for (const auto& [log, change] : last)
        if (change.withdraws())
            return std::optional<StatusChange>(change);
    return last.empty() ? std::optional<StatusChange>() : last.begin()->second;
}

} // namespace albs
