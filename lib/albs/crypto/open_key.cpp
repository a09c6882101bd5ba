// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/crypto/open_key.hpp"

#include <algorithm>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include "albs/crypto/token.hpp"
#include "base/format.hpp"
#include "sys/file.hpp"
#include "sys/readable.hpp"

namespace albs {
namespace {

constexpr std::size_t max_key_file = 65536;
constexpr std::string_view uri_scheme = "pkcs11:";

std::string quoted(std::string_view subject)
{
    return "'" + std::string(subject) + "'";
}

// The file's bytes hold a secret: not left in memory that is given back.
struct SecretText {
    std::string text;
    explicit SecretText(std::string from) : text(std::move(from)) {}
    SecretText(const SecretText&) = delete;
    SecretText& operator=(const SecretText&) = delete;
    ~SecretText() { OPENSSL_cleanse(text.data(), text.size()); }
};

bool is_encrypted(std::string_view pem)
{
    return pem.find("ENCRYPTED") != std::string_view::npos; // PKCS#8, and "Proc-Type: 4,ENCRYPTED" of older files
}

EVP_PKEY* decode(std::string_view pem, const std::string* passphrase)
{
    auto give = [](char* buffer, int size, int, void* data) -> int {
        const auto* given = static_cast<const std::string*>(data);
        if (given == nullptr || given->size() > static_cast<std::size_t>(size))
            return -1;
        std::copy(given->begin(), given->end(), buffer);
        return static_cast<int>(given->size());
    };
    std::unique_ptr<BIO, void (*)(BIO*)> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free_all);
    void* data = const_cast<std::string*>(passphrase); // OpenSSL hands it to give() as it is
    EVP_PKEY* key = bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, give, data) : nullptr;
    ERR_clear_error();
    return key;
}

Result<EVP_PKEY*> decode_encrypted(std::string_view pem, const std::string& path, const AskPassphrase& ask)
{
    if (!ask)
        return fail(Kind::environment, quoted(path) + " has a passphrase, and there is nobody to ask for it");
    for (int attempt = 0;; ++attempt) {
        ALBS_TRY(std::optional<std::string> answer, ask({.subject = path, .is_pin = false, .attempt = attempt}));
        if (!answer)
            return fail(Kind::environment, "wrong passphrase for " + quoted(path));
        SecretText passphrase(std::move(*answer));
        if (EVP_PKEY* key = decode(pem, &passphrase.text))
            return key;
    }
}

Result<PrivateKey> checked(EVP_PKEY* opened, const std::string& location, KeyType wanted)
{
    Result<PrivateKey> key = PrivateKey::wrap(opened);
    std::string hint = "wanted is a key of type " + std::string(key_type_name(wanted));
    if (!key) {
        key.error().hint = hint;
        return fail(std::move(key).error(), quoted(location));
    }
    if (key->type() != wanted)
        return fail(Kind::input, quoted(location) + ": a key of type " + std::string(key_type_name(key->type())), hint);
    return key;
}

Result<PrivateKey> from_text(std::string_view pem, const std::string& path, KeyType wanted, const AskPassphrase& ask)
{
    EVP_PKEY* key = nullptr;
    if (is_encrypted(pem)) {
        ALBS_TRY(key, decode_encrypted(pem, path, ask));
    } else {
        key = decode(pem, nullptr);
    }
    if (key == nullptr)
        return fail(Kind::input, quoted(path) + " is not a private key in PEM");
    return checked(key, path, wanted);
}

// The query of a URI may hold a PIN, which would be in argv or in a file.
Status check_uri(std::string_view uri)
{
    if (uri.find("pin-value=") != std::string_view::npos)
        return fail(Kind::usage, "a PIN has no place in a pkcs11: URI",
                    "leave pin-value out; it is asked for, or read with --passphrase-fd");
    if (uri.find('\n') != std::string_view::npos)
        return fail(Kind::usage, "a pkcs11: URI with a line break");
    return {};
}

// The one line of a file that names another place; empty when it is a key.
std::string_view reference_in(std::string_view text)
{
    if (!text.starts_with('/') && !text.starts_with(uri_scheme))
        return {};
    return text.substr(0, text.find('\n'));
}

} // namespace

Result<std::string> read_key_file(const std::string& path)
{
    ALBS_TRY(sys::Fd file, sys::open_regular(path));
    struct stat status {};
    if (::fstat(file.get(), &status) != 0)
        return sys::system_error("cannot read", path);
    unsigned mode = status.st_mode & 07777U;
    if ((mode & 077U) != 0) {
        std::string octal = "0";
        for (int shift = 6; shift >= 0; shift -= 3)
            octal += static_cast<char>('0' + (mode >> static_cast<unsigned>(shift) & 7U));
        return fail(Kind::environment, format_text("permissions {} for {} are too open", octal, quoted(path)),
                    "it is a private key: chmod 600 " + quoted(path));
    }
    return sys::read_all(file.get(), path, max_key_file);
}

bool is_plain_key(std::string_view text)
{
    return reference_in(text).empty() && !is_encrypted(text);
}

Result<std::string> key_reference(const std::string& location)
{
    if (location.starts_with(uri_scheme)) {
        ALBS_CHECK(check_uri(location));
        return location;
    }
    ALBS_TRY(std::string path, sys::absolute_path(location));
    if (path.find('\n') != std::string::npos)
        return fail(Kind::usage, "a key in a file with a line break in its name");
    return path;
}

Result<PrivateKey> open_key(const std::string& location, KeyType wanted, const AskPassphrase& ask)
{
    if (location.starts_with(uri_scheme)) {
        ALBS_CHECK(check_uri(location));
        ALBS_TRY(EVP_PKEY * key, open_token_key(location, ask));
        return checked(key, location, wanted);
    }
    ALBS_TRY(std::string text, read_key_file(location));
    SecretText pem(std::move(text));
    return from_text(pem.text, location, wanted, ask);
}

Result<PrivateKey> open_key_file(const std::string& path, KeyType wanted, const AskPassphrase& ask)
{
    ALBS_TRY(std::string text, read_key_file(path));
    SecretText pem(std::move(text));
    if (std::string_view reference = reference_in(pem.text); !reference.empty())
        return open_key(std::string(reference), wanted, ask);
    return from_text(pem.text, path, wanted, ask);
}

} // namespace albs
