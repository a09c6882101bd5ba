// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/verify.hpp"

#include <algorithm>
#include <rpm/rpmcli.h>
#include <rpm/rpmcrypto.h>
#include <rpm/rpmkeyring.h>
#include <rpm/rpmpgp.h>

#include "rpm/library.hpp"
#include "rpm/region.hpp"
#include "sys/file.hpp"

namespace albs::rpm {
namespace {

using Pubkey = std::unique_ptr<std::remove_pointer_t<rpmPubkey>, Releaser<rpmPubkeyFree>>;
using KeyringHandle = std::unique_ptr<std::remove_pointer_t<rpmKeyring>, Releaser<rpmKeyringFree>>;
using Parameters = std::unique_ptr<std::remove_pointer_t<pgpDigParams>, Releaser<pgpDigParamsFree>>;

struct TrustedKey {
    openpgp::Certificate certificate;
    KeyringHandle keyring; ///< of this certificate alone, so that a success says whose it was
};

bool add_key(rpmKeyring keyring, const openpgp::Certificate& certificate)
{
    Pubkey key(rpmPubkeyNew(certificate.packets.data(), certificate.packets.size()));
    if (!key)
        return false;
    (void)rpmKeyringAddKey(keyring, key.get());
    int count = 0;
    rpmPubkey* subkeys = rpmGetSubkeys(key.get(), &count);
    for (int i = 0; i < count; ++i) {
        (void)rpmKeyringAddKey(keyring, subkeys[i]);
        rpmPubkeyFree(subkeys[i]);
    }
    std::free(subkeys);
    return true;
}

/// A digest context that is freed if nobody took it.
class Context {
public:
    explicit Context(int algorithm) : context_(rpmDigestInit(algorithm, RPMDIGEST_NONE)) {}
    Context(Context&& other) noexcept : context_(std::exchange(other.context_, nullptr)) {}
    Context& operator=(Context&&) = delete;
    ~Context()
    {
        if (context_ != nullptr)
            (void)rpmDigestFinal(context_, nullptr, nullptr, 0);
    }
    DIGEST_CTX get() const { return context_; }
    void update(std::span<const std::uint8_t> bytes) { (void)rpmDigestUpdate(context_, bytes.data(), bytes.size()); }
    std::string finish()
    {
        void* hex = nullptr;
        std::size_t size = 0;
        (void)rpmDigestFinal(std::exchange(context_, nullptr), &hex, &size, 1);
        std::string text = hex == nullptr ? "" : static_cast<const char*>(hex);
        std::free(hex);
        return text;
    }

private:
    DIGEST_CTX context_;
};

/// One digest context for each signature, fed with what it covers; and the two digests that a package states.
struct Pass {
    std::vector<Context> signed_bytes; ///< of signatures, in their order
    std::string header_digest;
    std::string payload_digest;
};

/// payload_algorithm: of the payload's digest; 0: the payload is not read.
Result<Pass> read_through(const OpenPackage& package, const std::vector<PackageSignature>& signatures,
                          int payload_algorithm)
{
    Pass pass;
    for (const PackageSignature& signature : signatures)
        pass.signed_bytes.emplace_back(signature.info.hash_algorithm);
    Hasher header;
    ALBS_CHECK(read_range(package, package.layout.header, package.layout.payload,
                          [&](std::span<const std::uint8_t> piece) -> Status {
                              header.update(piece);
                              for (Context& context : pass.signed_bytes)
                                  context.update(piece);
                              return {};
                          }));
    pass.header_digest = header.finish_hex();
    if (payload_algorithm == 0)
        return pass;
    Context payload(payload_algorithm);
    ALBS_CHECK(read_range(package, package.layout.payload, package.layout.size,
                          [&](std::span<const std::uint8_t> piece) -> Status {
                              payload.update(piece);
                              for (std::size_t i = 0; i < signatures.size(); ++i)
                                  if (!signatures[i].header_only)
                                      pass.signed_bytes[i].update(piece);
                              return {};
                          }));
    pass.payload_digest = payload.finish();
    return pass;
}

/// librpm's own full check, as rpmkeys --checksig does it.
bool rpm_agrees(const std::string& path, rpmKeyring keyring)
{
    Transaction transaction(rpmtsCreate());
    (void)rpmtsSetKeyring(transaction.get(), keyring);
    (void)rpmtsSetVfyLevel(transaction.get(), RPMSIG_SIGNATURE_TYPE | RPMSIG_DIGEST_TYPE);
    (void)rpmtsSetVfyFlags(transaction.get(), 0);
    (void)rpmtsSetVSFlags(transaction.get(), 0);
    Stream stream(Fopen(path.c_str(), "r.ufdio"));
    struct rpmQVKArguments_s unused {}; // a null one makes librpm answer no
    return stream && Ferror(stream.get()) == 0 &&
           rpmVerifySignatures(&unused, transaction.get(), stream.get(), path.c_str()) == 0;
}

} // namespace

struct Keyring::Keys {
    std::vector<TrustedKey> known;
    KeyringHandle all;
};

Result<Keyring> Library::read_keyring(const std::string& path) const
{
    ALBS_TRY(std::string text, sys::read_file(path));
    auto keyring = parse_keyring(text);
    if (!keyring)
        return fail(std::move(keyring).error(), "'" + path + "' holds no usable certificate");
    return keyring;
}

Result<Keyring> Library::parse_keyring(std::string_view text) const
{
    ALBS_CHECK(initialize());
    std::vector<std::string> unusable;
    ALBS_TRY(std::vector<openpgp::Certificate> certificates, openpgp::read_certificates(text, unusable));
    auto keys = std::make_unique<Keyring::Keys>();
    keys->all.reset(rpmKeyringNew());
    for (openpgp::Certificate& certificate : certificates) {
        KeyringHandle alone(rpmKeyringNew());
        if (!add_key(alone.get(), certificate) || !add_key(keys->all.get(), certificate)) {
            unusable.push_back("key " + certificate.fingerprint);
            continue;
        }
        keys->known.push_back({std::move(certificate), std::move(alone)});
    }
    if (keys->known.empty())
        return fail(Kind::input, "librpm cannot use " + unusable.front());
    Keyring keyring(std::move(keys));
    keyring.unusable_ = std::move(unusable);
    return keyring;
}

namespace {

/// Empty: the signature holds, and is in proven.
std::string check_signature(const PackageSignature& signature, Context& bytes, const Keyring::Keys& keys,
                            std::vector<VerifiedSignature>& proven)
{
    const std::string& issuer = signature.info.issuer;
    if (issuer.empty())
        return "it has a signature of an unknown kind, of which nothing can be said here";
    auto known = std::find_if(keys.known.begin(), keys.known.end(),
                              [&](const TrustedKey& one) { return one.certificate.has(issuer); });
    if (known == keys.known.end())
        return "signed by another key: " + issuer;
    pgpDigParams raw = nullptr;
    if (pgpPrtParams(signature.packet.data(), signature.packet.size(), PGPTAG_SIGNATURE, &raw) != 0)
        return "a signature that cannot be read";
    Parameters parameters(raw);
    if (bytes.get() == nullptr)
        return "a signature with an unknown hash";
    if (rpmKeyringVerifySig(known->keyring.get(), parameters.get(), bytes.get()) != RPMRC_OK)
        return "the signature of key " + issuer + " does not hold";
    proven.push_back({known->certificate.fingerprint, issuer, signature.header_only,
                      openpgp::algorithm_text(signature.info), signature.info.created});
    return {};
}

Result<Verdict> verdict_on(const OpenPackage& package, const Keyring::Keys& keys)
{
    Verdict verdict;
    auto refuse = [&](std::string reason) {
        verdict.reason = std::move(reason);
        return verdict;
    };
    ALBS_TRY(HeaderHandle outer, signature_header(package));
    ALBS_TRY(HeaderHandle header, main_header(package));
    ALBS_TRY(std::vector<PackageSignature> signatures, library().read_signatures(package.path));
    auto algorithm = static_cast<int>(tag_number(header.get(), RPMTAG_PAYLOADDIGESTALGO));
    std::string payload_digest = tag_text(header.get(), RPMTAG_PAYLOADDIGEST);
    // librpm reads the payload, too, and compares its digest: it is read once where no signature covers it here.
    const bool is_read = payload_digest.empty() || std::any_of(signatures.begin(), signatures.end(),
                                                               [](const auto& one) { return !one.header_only; });
    if (algorithm == 0)
        algorithm = 8;
    ALBS_TRY(Pass pass, read_through(package, signatures, is_read ? algorithm : 0));
    if (std::string said = tag_text(outer.get(), RPMSIGTAG_SHA256); !said.empty() && said != pass.header_digest)
        return refuse("the header is not what its digest says");
    auto is_damaged = [&](const Pass& read) {
        return !payload_digest.empty() && payload_digest != read.payload_digest;
    };
    if (is_read && is_damaged(pass))
        return refuse("the payload is not what its digest says");
    if (signatures.empty())
        return refuse("not signed");
    for (std::size_t i = 0; i < signatures.size(); ++i)
        if (!signatures[i].unknown.empty())
            verdict.unknown.push_back(signatures[i].unknown);
        else if (std::string why = check_signature(signatures[i], pass.signed_bytes[i], keys, verdict.signatures);
                 !why.empty())
            return refuse(why);
    if (verdict.signatures.empty())
        return refuse("it has no signature but " + verdict.unknown.front());
    bool covers_payload =
        std::any_of(verdict.signatures.begin(), verdict.signatures.end(),
                    [&](const VerifiedSignature& one) { return !one.header_only || !payload_digest.empty(); });
    if (!covers_payload)
        return refuse("no signature covers the payload");
    if (rpm_agrees(package.path, keys.all.get())) {
        verdict.good = true;
        return verdict;
    }
    ALBS_TRY(pass, read_through(package, signatures, algorithm));
    if (is_damaged(pass))
        return refuse("the payload is not what its digest says");
    return refuse("librpm does not accept its digests and signatures");
}

} // namespace

Result<Verdict> Library::verify_signature(const std::string& path, const Keyring& keyring) const
{
    auto damaged = [](Error error) -> Result<Verdict> {
        if (error.kind != Kind::input)
            return tl::unexpected(std::move(error));
        return Verdict{false, error.message, {}};
    };
    auto package = open_package(path);
    if (!package)
        return damaged(std::move(package).error());
    auto verdict = verdict_on(*package, keyring.keys());
    if (!verdict)
        return damaged(std::move(verdict).error());
    return verdict;
}

} // namespace albs::rpm
