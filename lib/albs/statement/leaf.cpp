// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/leaf.hpp"

#include <mutex>
#include <optional>
#include <set>

#include "albs/json/fields.hpp"
#include "albs/json/value.hpp"

namespace albs {
namespace {

constexpr std::string_view sigsum_namespace("sigsum.org/v1/tree-leaf\0", 24);
constexpr std::size_t sigsum_leaf_bytes = 32 + 64 + 32;

// Rekor's canonical JSON (RFC 8785) needs no escapes here: everything is base64. The texts between its four values:
constexpr std::string_view before_digest =
    R"({"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"data":{"algorithm":"SHA2_256",)"
    R"("digest":")";
constexpr std::string_view before_signature = R"("},"signature":{"content":")";
constexpr std::string_view before_details = R"(","verifier":{"keyDetails":")";
constexpr std::string_view before_key = R"(","publicKey":{"rawBytes":")";
constexpr std::string_view behind_key = R"("}}}}}})";

std::string hashedrekord(const Digest& digest, const Bytes& signature, const PublicKey& key)
{
    std::string_view details = key.type() == KeyType::p256 ? "PKIX_ECDSA_P256_SHA_256" : "PKIX_ED25519";
    std::string text;
    text.reserve(512);
    text.append(before_digest).append(to_base64(digest.bytes())).append(before_signature);
    text.append(to_base64(signature)).append(before_details).append(details).append(before_key);
    return text.append(to_base64(key.spki())).append(behind_key);
}

struct RekorLeaf {
    Digest digest;
    Bytes spki;
};

// A leaf as hashedrekord() writes it, which an audit reads by the million; null for any other text, which may still be
// a leaf in another spelling.
std::optional<RekorLeaf> read_written(std::string_view entry)
{
    auto take = [&](std::string_view before) -> std::optional<std::string_view> {
        if (!entry.starts_with(before))
            return std::nullopt;
        entry.remove_prefix(before.size());
        std::string_view value = entry.substr(0, entry.find('"'));
        entry.remove_prefix(value.size());
        return value;
    };
    auto digest = take(before_digest);
    auto signature = digest ? take(before_signature) : std::nullopt;
    auto details = signature ? take(before_details) : std::nullopt;
    auto key = details ? take(before_key) : std::nullopt;
    if (!key || entry != behind_key || !from_base64(*signature))
        return std::nullopt;
    Result<Bytes> bytes = from_base64(*digest);
    Result<Digest> read =
        bytes.and_then([](const auto& value) -> tl::expected<Digest, Error> { return Digest::from_bytes(value); });
    Result<Bytes> spki = from_base64(*key);
    if (!read || !spki || (*details != "PKIX_ECDSA_P256_SHA_256" && *details != "PKIX_ED25519"))
        return std::nullopt;
    return RekorLeaf{.digest = *read, .spki = std::move(*spki)};
}

// Follows a path of members; null when one is missing.
const Json* descend(const Json& from, std::initializer_list<std::string_view> path)
{
    const Json* at = &from;
    for (std::string_view key : path)
        at = at == nullptr ? nullptr : at->find(key);
    return at;
}

Result<RekorLeaf> read_hashedrekord(const Json& leaf)
{
    const Json* digest = descend(leaf, {"spec", "hashedRekordV002", "data", "digest"});
    const Json* key = descend(leaf, {"spec", "hashedRekordV002", "signature", "verifier", "publicKey", "rawBytes"});
    if (digest == nullptr || digest->string() == nullptr || key == nullptr || key->string() == nullptr)
        return fail(Kind::trust, "a leaf that is no hashedrekord 0.0.2");
    RekorLeaf read;
    ALBS_TRY(Bytes bytes, from_base64(*digest->string()));
    ALBS_TRY(read.digest, Digest::from_bytes(bytes));
    ALBS_TRY(read.spki, from_base64(*key->string()));
    return read;
}

Digest sigsum_checksum(std::string_view payload)
{
    return sha256(std::span<const std::uint8_t>(sha256(payload).bytes()));
}

std::string sigsum_message(const Digest& checksum)
{
    return std::string(sigsum_namespace).append(as_text(checksum.bytes()));
}

// The key's bytes are not in a Sigsum leaf, only their hash; the envelope's key id holds them.
Result<PublicKey> check_sigsum_leaf(std::string_view entry, const Envelope& envelope)
{
    ALBS_TRY(Bytes raw, from_hex(envelope.keyid));
    ALBS_TRY(PublicKey key, PublicKey::from_ed25519(raw));
    Digest checksum = sigsum_checksum(envelope.payload);
    if (entry.substr(0, 32) != as_text(checksum.bytes()) || entry.substr(96) != as_text(sha256(raw).bytes()))
        return fail(Kind::trust, "the leaf is of another statement");
    if (!key.verify(sigsum_message(checksum), as_bytes(entry.substr(32, 64))))
        return fail(Kind::trust, "the signature of the leaf does not hold");
    ALBS_CHECK(verify_envelope(envelope, key));
    return key;
}

// Leaves whose signature held. A leaf names the digest of what was signed, the signature and the key, so one that is
// compared with its envelope byte for byte needs its signature checked once; several questions are asked about each.
class VerifiedLeaves {
public:
    bool contains(const Digest& leaf)
    {
        std::lock_guard guard(mutex_);
        return leaves_.contains(leaf);
    }
    void add(const Digest& leaf)
    {
        std::lock_guard guard(mutex_);
        if (leaves_.size() >= max_leaves)
            leaves_.clear();
        leaves_.insert(leaf);
    }

private:
    static constexpr std::size_t max_leaves = std::size_t{1} << 17;
    std::mutex mutex_;
    std::set<Digest> leaves_;
};

Result<PublicKey> check_hashedrekord(std::string_view entry, const RekorLeaf& read, const Envelope& envelope)
{
    ALBS_TRY(PublicKey key, PublicKey::from_spki(read.spki));
    if (hashedrekord(sha256(envelope.signed_bytes()), envelope.signature, key) != entry)
        return fail(Kind::trust, "the leaf is of another statement");
    static VerifiedLeaves verified;
    Digest leaf = sha256(entry);
    if (verified.contains(leaf))
        return key;
    ALBS_CHECK(verify_envelope(envelope, key));
    verified.add(leaf);
    return key;
}

Result<PublicKey> check_raw_leaf(std::string_view entry, const Envelope& envelope)
{
    if (canonical_json(envelope.json()) != entry)
        return fail(Kind::trust, "the leaf is of another statement");
    ALBS_TRY(Bytes spki, from_base64(envelope.keyid));
    ALBS_TRY(PublicKey key, PublicKey::from_spki(spki));
    ALBS_CHECK(verify_envelope(envelope, key));
    return key;
}

Result<Json> read_json_leaf(std::string_view entry)
{
    Result<Json> leaf = read_json(entry);
    if (!leaf)
        return fail(Kind::trust, "a leaf of no profile that is known here");
    return leaf;
}

} // namespace

Result<Profile> parse_profile(std::string_view name)
{
    for (Profile profile : {Profile::rekor, Profile::sigsum, Profile::raw})
        if (profile_name(profile) == name)
            return profile;
    return fail(Kind::input, "unknown leaf profile '" + std::string(name) + "'", "profiles are rekor, sigsum, raw");
}

std::string_view profile_name(Profile profile)
{
    switch (profile) {
    case Profile::rekor: return "rekor";
    case Profile::sigsum: return "sigsum";
    case Profile::raw: break;
    }
    return "raw";
}

KeyType statement_key_type(Profile profile)
{
    return profile == Profile::sigsum ? KeyType::ed25519 : KeyType::p256;
}

std::string sigsum_origin(const PublicKey& log_key)
{
    return "sigsum.org/v1/tree/" + sha256(log_key.raw()).hex();
}

Result<SignedStatement> sign_statement(Profile profile, std::string payload, const PrivateKey& key)
{
    const PublicKey& public_key = key.public_key();
    SignedStatement made;
    Envelope& envelope = made.envelope;
    envelope.payload = std::move(payload);
    envelope.payload_type = in_toto_type;
    std::string message = envelope.signed_bytes();
    envelope.keyid = keyid_of(profile, public_key);
    if (profile == Profile::sigsum) {
        made.key = sigsum_checksum(envelope.payload);
        ALBS_TRY(envelope.signature, key.sign(message));
        ALBS_TRY(Bytes signature, key.sign(sigsum_message(made.key)));
        made.entry.append(as_text(made.key.bytes())).append(as_text(signature));
        made.entry.append(as_text(sha256(public_key.raw()).bytes()));
        return made;
    }
    made.key = sha256(message);
    ALBS_TRY(envelope.signature, key.sign_digest(made.key));
    made.entry = leaf_of(profile, envelope, public_key).value_or("");
    return made;
}

Profile leaf_profile(std::string_view entry)
{
    if (entry.size() == sigsum_leaf_bytes)
        return Profile::sigsum;
    return entry.starts_with(before_digest.substr(0, before_digest.find(",\"spec\""))) ? Profile::rekor : Profile::raw;
}

std::optional<std::string> leaf_of(Profile profile, const Envelope& envelope, const PublicKey& key)
{
    switch (profile) {
    case Profile::rekor: return hashedrekord(sha256(envelope.signed_bytes()), envelope.signature, key);
    case Profile::raw: return canonical_json(envelope.json());
    case Profile::sigsum: break;
    }
    return std::nullopt;
}

std::string keyid_of(Profile profile, const PublicKey& key)
{
    switch (profile) {
    case Profile::sigsum: return to_hex(key.raw());
    case Profile::raw: return to_base64(key.spki());
    case Profile::rekor: break;
    }
    return {};
}

Result<PublicKey> check_leaf(std::string_view entry, const Envelope& envelope)
{
    if (entry.size() == sigsum_leaf_bytes)
        return check_sigsum_leaf(entry, envelope);
    if (std::optional<RekorLeaf> written = read_written(entry))
        return check_hashedrekord(entry, *written, envelope);
    ALBS_TRY(Json leaf, read_json_leaf(entry));
    if (leaf.find("apiVersion") != nullptr) {
        ALBS_TRY(RekorLeaf read, read_hashedrekord(leaf));
        return check_hashedrekord(entry, read, envelope);
    }
    return check_raw_leaf(entry, envelope);
}

Result<Digest> leaf_key(std::string_view entry)
{
    if (entry.size() == sigsum_leaf_bytes)
        return Digest::from_bytes(as_bytes(entry.substr(0, 32)));
    if (std::optional<RekorLeaf> written = read_written(entry))
        return written->digest;
    ALBS_TRY(Json leaf, read_json_leaf(entry));
    if (leaf.find("apiVersion") != nullptr) {
        ALBS_TRY(RekorLeaf read, read_hashedrekord(leaf));
        return read.digest;
    }
    ALBS_TRY(Envelope envelope, Envelope::from(leaf));
    return sha256(envelope.signed_bytes());
}

Status check_leaf_names(std::string_view entry, const Envelope& envelope)
{
    ALBS_TRY(Digest named, leaf_key(entry));
    Profile profile = entry.size() == sigsum_leaf_bytes ? Profile::sigsum : Profile::rekor;
    if (named != statement_key(profile, envelope))
        return fail(Kind::trust, "the statement is not the one that its leaf names");
    return {};
}

Digest statement_key(Profile profile, const Envelope& envelope)
{
    return profile == Profile::sigsum ? sigsum_checksum(envelope.payload) : sha256(envelope.signed_bytes());
}

} // namespace albs
