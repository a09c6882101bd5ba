// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys.hpp"

#include <algorithm>

#include "base/command_words.hpp"
#include "gpg/key.hpp"
#include "gpg/signing_command.hpp"
#include "rpm/library.hpp"

namespace albs::sign {

std::int64_t SigningKeys::time_for(std::int64_t wanted) const
{
    for (const gpg::Signer& signer : signers)
        wanted = signer.time_for(wanted);
    return wanted;
}

Result<std::vector<std::string>> fingerprints(const KeyOptions& options)
{
    std::vector<std::string> found;
    for (const std::string& key : options.keys) {
        ALBS_TRY(std::string fingerprint, openpgp::parse_fingerprint(key));
        if (std::find(found.begin(), found.end(), fingerprint) == found.end())
            found.push_back(std::move(fingerprint));
    }
    return found;
}

Result<std::vector<std::string>> primary_keys(const KeyOptions& options)
{
    ALBS_TRY(std::vector<std::string> found, fingerprints(options));
    for (std::string& key : found) {
        ALBS_TRY(std::string certificate, gpg::export_key(key, options.gnupghome));
        ALBS_TRY(std::vector<openpgp::Certificate> read, openpgp::read_certificates(certificate));
        key = read.front().fingerprint;
    }
    return found;
}

Result<SigningKeys> open_keys(const SignatureOptions& all, std::size_t parallel)
{
    const KeyOptions& options = all.keys;
    ALBS_TRY(std::vector<std::string> wanted, fingerprints(options));
    std::shared_ptr<gpg::SigningCommand> command;
    if (!all.signer.empty()) {
        auto words = command_words(all.signer);
        if (!words || words->empty())
            return fail(Kind::usage, "--signer: '" + all.signer + "' is no command");
        ALBS_TRY(command, gpg::SigningCommand::start(*words));
    }
    std::vector<gpg::Signer> signers;
    std::string certificates;
    for (const std::string& fingerprint : wanted) {
        auto opened = command ? gpg::Signer::through(command, fingerprint, options.gnupghome)
                              : gpg::Signer::open(fingerprint, options.gnupghome, parallel);
        if (!opened)
            return tl::unexpected(std::move(opened).error());
        gpg::Signer& signer = opened.value();
        for (const gpg::Signer& other : signers)
            if ((other.key().algorithm == openpgp::KeyAlgorithm::rsa) ==
                (signer.key().algorithm == openpgp::KeyAlgorithm::rsa))
                return fail(Kind::usage,
                            "an RPM cannot hold signatures of both " + other.key().fingerprint + " and " +
                                signer.key().fingerprint,
                            "it has room for one RSA key and one Ed25519 key; sign twice for two files");
        ALBS_TRY(std::string certificate, gpg::export_key(signer.key().fingerprint, options.gnupghome));
        certificates += certificate;
        signers.push_back(std::move(signer));
    }
    auto keyring = rpm::library().parse_keyring(certificates);
    if (!keyring || !keyring->unusable().empty())
        return fail(Kind::usage,
                    "rpm could not check signatures of this key: " +
                        (keyring ? keyring->unusable().front() : keyring.error().message),
                    "use an RSA or Ed25519 key");
    return SigningKeys{std::move(signers), *std::move(keyring)};
}

} // namespace albs::sign
