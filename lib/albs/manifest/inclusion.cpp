// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/inclusion.hpp"

#include "base/format.hpp"

namespace albs {

InclusionProofs::InclusionProofs(const Manifest& manifest) : manifest_(&manifest)
{
    for (const LedgerRecord& ledger : manifest.ledgers())
        nodes_.emplace(std::string(ledger.id), TreeNodes::of(ledger));
}

Result<const TreeNodes*> InclusionProofs::nodes_of(std::string_view log) const
{
    auto found = nodes_.find(log);
    if (found == nodes_.end())
        return nullptr;
    if (!found->second)
        return fail(found->second.error(), format_text("ledgers '{}', nodes", log));
    return &*found->second;
}

Result<Inclusion> InclusionProofs::of(const Notarization& notarization) const
{
    Inclusion inclusion;
    if (notarization.proof) {
        ALBS_TRY(TlogProof proof, TlogProof::parse(*notarization.proof));
        inclusion.proofs.push_back(std::move(proof));
    }
    for (const JsonText& id : notarization.checkpoints) {
        const CheckpointRecord* checkpoint = manifest_ == nullptr ? nullptr : manifest_->find<CheckpointRecord>(id);
        if (checkpoint == nullptr)
            inclusion.lacking = format_text("the manifest lacks the checkpoint '{}'", id);
        else
            ALBS_CHECK(add(*checkpoint, notarization, inclusion));
    }
    return inclusion;
}

// A node that is not there makes the entry one that cannot be proved: it may have been left out by who did not need it.
Status InclusionProofs::add(const CheckpointRecord& checkpoint, const Notarization& notarization,
                            Inclusion& inclusion) const
{
    if (checkpoint.log != notarization.log || notarization.index < 0 || notarization.index >= checkpoint.size)
        return fail(Kind::trust, format_text("the checkpoint '{}' has no entry {} of '{}'", checkpoint.id,
                                             notarization.index, notarization.log));
    static const TreeNodes none;
    ALBS_TRY(const TreeNodes* nodes, nodes_of(notarization.log));
    auto index = static_cast<std::uint64_t>(notarization.index);
    Result<std::vector<Digest>> hashes = make_inclusion_proof(index, static_cast<std::uint64_t>(checkpoint.size),
                                                              (nodes == nullptr ? none : *nodes).source());
    if (hashes)
        inclusion.proofs.push_back(
            {.extra = {}, .index = index, .hashes = *std::move(hashes), .checkpoint = checkpoint.note});
    else
        inclusion.lacking = hashes.error().message;
    return {};
}

} // namespace albs
