// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/formats/sigstore.hpp"

#include "albs/crypto/dsse.hpp"
#include "albs/json/fields.hpp"
#include "albs/log/checkpoint.hpp"
#include "albs/statement/binding.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/statement.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

constexpr std::string_view bundle_type = "application/vnd.dev.sigstore.bundle.v0.3+json";
constexpr std::string_view root_type = "application/vnd.dev.sigstore.trustedroot+json;version=0.1";

Result<std::int64_t> number_of(const Json& object, std::string_view key)
{
    const Json* value = object.find(key);
    if (value == nullptr || value->string() == nullptr)
        return fail(Kind::input, "a bundle without '" + std::string(key) + "'");
    ALBS_TRY(std::uint64_t number, parse_decimal(*value->string()));
    return static_cast<std::int64_t>(number);
}

Bytes spki_of(const Vkey& log)
{
    Result<PublicKey> key = PublicKey::from_ed25519(log.key);
    return key ? key->spki() : Bytes();
}

} // namespace

Result<Json> sigstore_bundle(const LoggedEntry& entry, const TlogProof& proof, const Vkey& log)
{
    if (leaf_profile(entry.leaf) != Profile::rekor)
        return fail(Kind::input, "only logs of the rekor profile have Sigstore bundles");
    ALBS_TRY(Note note, Note::parse(proof.checkpoint));
    ALBS_TRY(Checkpoint checkpoint, Checkpoint::parse(note.text));
    if (checkpoint.origin != log.name)
        return fail(Kind::trust, format_text("a proof of the log '{}', not of '{}'", checkpoint.origin, log.name));
    Json hashes = Json::array();
    for (const Digest& hash : proof.hashes)
        hashes.push(to_base64(hash.bytes()));
    Json inclusion = Json::object({{"logIndex", std::to_string(proof.index)},
                                   {"rootHash", to_base64(checkpoint.root.bytes())},
                                   {"treeSize", std::to_string(checkpoint.size)},
                                   {"hashes", std::move(hashes)},
                                   {"checkpoint", Json::object({{"envelope", proof.checkpoint}})}});
    Json tlog = Json::object({{"logIndex", std::to_string(proof.index)},
                              {"logId", Json::object({{"keyId", to_base64(log.full_id().bytes())}})},
                              {"kindVersion", Json::object({{"kind", "hashedrekord"}, {"version", "0.0.2"}})},
                              {"integratedTime", "0"},
                              {"inclusionProof", std::move(inclusion)},
                              {"canonicalizedBody", to_base64(entry.leaf)}});
    Json material = Json::object({{"publicKey", Json::object({{"hint", ""}})},
                                  {"tlogEntries", Json::array({std::move(tlog)})},
                                  {"timestampVerificationData", Json::object()}});
    return Json::object({{"mediaType", bundle_type},
                         {"verificationMaterial", std::move(material)},
                         {"dsseEnvelope", entry.envelope.json()}});
}

Result<Notarization> read_sigstore_bundle(const Json& bundle)
{
    const Json* material = bundle.find("verificationMaterial");
    const Json* entries = material == nullptr ? nullptr : material->find("tlogEntries");
    const Json* envelope = bundle.find("dsseEnvelope");
    if (entries == nullptr || entries->elements() == nullptr || entries->elements()->size() != 1 || envelope == nullptr)
        return fail(Kind::input, "not a bundle with one log entry and a DSSE envelope");
    const Json& entry = entries->elements()->front();
    const Json* inclusion = entry.find("inclusionProof");
    if (inclusion == nullptr || inclusion->find("checkpoint") == nullptr)
        return fail(Kind::input, "a bundle without an inclusion proof");
    Fields in(*inclusion);
    Fields note(*inclusion->find("checkpoint"));
    Fields outer(entry);
    TlogProof proof;
    std::vector<std::string> hashes = in.strings("hashes");
    proof.checkpoint = note.string("envelope");
    std::string body = outer.string("canonicalizedBody");
    ALBS_CHECK(in.done());
    ALBS_CHECK(note.done());
    ALBS_CHECK(outer.done());
    ALBS_TRY(std::int64_t index, number_of(*inclusion, "logIndex"));
    // Readers differ in which of the two they take.
    ALBS_TRY(std::int64_t outer_index, number_of(entry, "logIndex"));
    if (outer_index != index)
        return fail(Kind::input, "a bundle with two log indexes");
    proof.index = static_cast<std::uint64_t>(index);
    for (const std::string& hash : hashes) {
        ALBS_TRY(Digest digest, parse_base64_digest(hash));
        proof.hashes.push_back(digest);
    }
    ALBS_TRY(Note parsed, Note::parse(proof.checkpoint));
    ALBS_TRY(Checkpoint checkpoint, Checkpoint::parse(parsed.text));
    ALBS_TRY(Envelope opened, Envelope::from(*envelope));
    ALBS_TRY(Json statement, read_json(opened.payload));
    ALBS_TRY(std::string subject, stated_subject(statement));
    return Notarization{.id = checkpoint.origin + "#" + std::to_string(index),
                        .about = subject,
                        .kind = "file",
                        .subject = subject,
                        .log = checkpoint.origin,
                        .index = index,
                        .entry = body,
                        .proof = proof.text(),
                        .envelope = *envelope};
}

Json sigstore_trusted_root(const std::vector<Vkey>& logs, const std::string& created)
{
    Json entries = Json::array();
    for (const Vkey& log : logs) {
        Json key = Json::object({{"rawBytes", to_base64(spki_of(log))},
                                 {"keyDetails", "PKIX_ED25519"},
                                 {"validFor", Json::object({{"start", created}})}});
        entries.push(Json::object({{"baseUrl", "https://" + log.name},
                                   {"hashAlgorithm", "SHA2_256"},
                                   {"publicKey", std::move(key)},
                                   {"logId", Json::object({{"keyId", to_base64(log.full_id().bytes())}})}}));
    }
    // No reader needs the others for us, but sigstore-python wants the members to be there.
    return Json::object({{"mediaType", root_type},
                         {"tlogs", std::move(entries)},
                         {"certificateAuthorities", Json::array()},
                         {"ctlogs", Json::array()},
                         {"timestampAuthorities", Json::array()}});
}

} // namespace albs
