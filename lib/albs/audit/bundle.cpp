// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/audit/bundle.hpp"

#include <algorithm>

#include "albs/crypto/dsse.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/merkle.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/statement.hpp"
#include "base/bytes.hpp"

namespace albs {
namespace {

// An envelope has one spelling only: writing it again gives the same bytes.
Result<Envelope> read_envelope(const std::string& line)
{
    if (std::optional<Envelope> written = Envelope::from_written(line))
        return *std::move(written);
    ALBS_TRY(Json json, read_json(line));
    if (write_json(json) != line)
        return fail(Kind::trust, "the envelope is not as it was written");
    ALBS_TRY(Envelope envelope, Envelope::from(json));
    if (write_json(envelope.json()) != line)
        return fail(Kind::trust, "the envelope holds more than it should");
    return envelope;
}

Result<AuditedFacts> check_statement(std::uint64_t index, const std::string& entry, const std::string& line,
                                     const std::vector<std::string>& keys)
{
    ALBS_TRY(Envelope envelope, read_envelope(line));
    ALBS_TRY(PublicKey key, check_leaf(entry, envelope));
    if (!keys.empty() && std::find(keys.begin(), keys.end(), to_base64(key.spki())) == keys.end())
        return fail(Kind::trust, "signed by a key that log.json does not name");
    ALBS_TRY(Json statement, read_json(envelope.payload));
    ALBS_CHECK(stated_subject(statement));
    AuditedFacts audited{.index = index, .facts = status_facts(statement, index), .signer = key.fingerprint().hex()};
    ALBS_TRY(audited.list, status_list_of(statement));
    return audited;
}

} // namespace

void check_bundle(AuditedBundle& bundle, const std::vector<std::string>& keys)
{
    if (!bundle.bytes) { // the caller has said so
        bundle.whole = false;
        return;
    }
    Result<std::vector<std::string>> entries = read_bundle(*bundle.bytes, bundle.path.width);
    if (!entries) {
        bundle.problems.push_back(bundle.path.text() + ": " + entries.error().message);
        bundle.whole = false;
        return;
    }
    entries->resize(bundle.width);
    for (const std::string& entry : *entries) {
        bundle.leaves.push_back(leaf_hash(entry));
        Result<Digest> key = leaf_key(entry);
        bundle.keys.push_back(key ? std::optional<Digest>(*key) : std::nullopt);
    }
    std::vector<std::string> lines = attestation_lines(bundle.statements, entries->size());
    bool cut = !bundle.statements.empty() && !bundle.statements.ends_with('\n');
    if (cut && static_cast<std::size_t>(std::count(bundle.statements.begin(), bundle.statements.end(), '\n')) <
                   entries->size())
        bundle.problems.push_back(attestations_path(bundle.number) + ": ends in the middle of a line");
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::uint64_t index = bundle.number * tile_width + i;
        if (lines[i].empty()) {
            bundle.withheld.push_back(index);
            continue;
        }
        ++bundle.stated;
        Result<AuditedFacts> good = check_statement(index, (*entries)[i], lines[i], keys);
        if (!good)
            bundle.problems.push_back("statement " + std::to_string(index) + ": " + good.error().message);
        else if (good->list || !good->facts.none())
            bundle.facts.push_back(*std::move(good));
    }
}

} // namespace albs
