// SPDX-License-Identifier: GPL-3.0-or-later
// Engines are deprecated since OpenSSL 3.0, which some systems still have no provider for, and gone from 4.0.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "albs/crypto/token.hpp"

#include <algorithm>
#include <memory>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/store.h>
#include <openssl/ui.h>
#if __has_include(<openssl/engine.h>)
#include <openssl/engine.h>
#endif

namespace albs {
namespace {

using UniqueKey = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;

// What OpenSSL asks a PIN of, and what became of that. A token counts wrong PINs, so it is asked for once.
struct PinRequest {
    const std::string& uri;
    const AskPassphrase& ask;
    std::optional<Error> error = {};
    bool asked = false;

    static int give(char* buffer, int size, int, void* data)
    {
        auto* self = static_cast<PinRequest*>(data);
        if (std::exchange(self->asked, true) || !self->ask)
            return -1;
        Result<std::optional<std::string>> pin = self->ask({.subject = self->uri, .is_pin = true, .attempt = 0});
        if (!pin) {
            self->error = std::move(pin).error();
            return -1;
        }
        if (!*pin || (*pin)->size() > static_cast<std::size_t>(size))
            return -1;
        std::string& text = **pin;
        std::copy(text.begin(), text.end(), buffer);
        int given = static_cast<int>(text.size());
        OPENSSL_cleanse(text.data(), text.size());
        return given;
    }
};

tl::unexpected<Error> not_opened(const PinRequest& request)
{
    if (request.error)
        return tl::unexpected<Error>(*request.error);
    std::string why = "no such token or key";
    if (request.asked)
        why = request.ask ? "a wrong PIN, or no such key in the token"
                          : "it wants a PIN, and there is nobody to ask for it";
    return fail(Kind::environment, "cannot open '" + request.uri + "': " + why);
}

// Whether a provider opens such URIs.
bool provider_is_there()
{
    std::unique_ptr<OSSL_STORE_LOADER, void (*)(OSSL_STORE_LOADER*)> loader(
        OSSL_STORE_LOADER_fetch(nullptr, "pkcs11", nullptr), OSSL_STORE_LOADER_free);
    return loader != nullptr;
}

Result<EVP_PKEY*> from_provider(PinRequest& request, UI_METHOD* method)
{
    std::unique_ptr<OSSL_STORE_CTX, int (*)(OSSL_STORE_CTX*)> store(
        OSSL_STORE_open(request.uri.c_str(), method, &request, nullptr, nullptr), OSSL_STORE_close);
    if (!store)
        return not_opened(request);
    (void)OSSL_STORE_expect(store.get(), OSSL_STORE_INFO_PKEY);
    UniqueKey key(nullptr, EVP_PKEY_free);
    while (OSSL_STORE_eof(store.get()) == 0) {
        std::unique_ptr<OSSL_STORE_INFO, void (*)(OSSL_STORE_INFO*)> info(OSSL_STORE_load(store.get()),
                                                                          OSSL_STORE_INFO_free);
        if (!info || OSSL_STORE_INFO_get_type(info.get()) != OSSL_STORE_INFO_PKEY)
            continue;
        if (key)
            return fail(Kind::usage, "'" + request.uri + "' names more than one key", "add its object= or id=");
        key.reset(OSSL_STORE_INFO_get1_PKEY(info.get()));
    }
    if (!key)
        return not_opened(request);
    return key.release();
}

tl::unexpected<Error> nothing_configured(const std::string& uri)
{
    return fail(Kind::environment, "cannot open '" + uri + "': OpenSSL has neither a provider nor an engine for pkcs11",
                "install pkcs11-provider, or libengine-pkcs11-openssl (openssl-pkcs11), and see config(5ssl)");
}

#if __has_include(<openssl/engine.h>) && !defined(OPENSSL_NO_ENGINE)
Result<EVP_PKEY*> from_engine(PinRequest& request, UI_METHOD* method)
{
    ENGINE_load_builtin_engines();
    std::unique_ptr<ENGINE, int (*)(ENGINE*)> engine(ENGINE_by_id("pkcs11"), ENGINE_free);
    if (!engine)
        return nothing_configured(request.uri);
    // It serves the key that it opens. Keys of files, and new ones, are OpenSSL's own business: libcurl and others make
    // every engine of the list the default for all keys.
    ENGINE_remove(engine.get());
    ENGINE_unregister_pkey_meths(engine.get());
    ENGINE_unregister_pkey_asn1_meths(engine.get());
    ENGINE_unregister_EC(engine.get());
    ENGINE_unregister_RSA(engine.get());
    // Its own messages would stand beside ours. Not every engine knows the command.
    (void)ENGINE_ctrl_cmd_string(engine.get(), "QUIET", nullptr, 1);
    if (ENGINE_init(engine.get()) != 1)
        return fail(Kind::environment, "cannot open '" + request.uri + "': the engine pkcs11 does not start",
                    "it wants a PKCS#11 module: MODULE_PATH in its section of openssl.cnf");
    UniqueKey key(ENGINE_load_private_key(engine.get(), request.uri.c_str(), method, &request), EVP_PKEY_free);
    ENGINE_finish(engine.get()); // the key holds it
    if (!key)
        return not_opened(request);
    return key.release();
}
#else
Result<EVP_PKEY*> from_engine(PinRequest& request, UI_METHOD*)
{
    return nothing_configured(request.uri);
}
#endif

} // namespace

Result<evp_pkey_st*> open_token_key(const std::string& uri, const AskPassphrase& ask)
{
    std::unique_ptr<UI_METHOD, void (*)(UI_METHOD*)> method(UI_UTIL_wrap_read_pem_callback(PinRequest::give, 0),
                                                            UI_destroy_method);
    PinRequest request{.uri = uri, .ask = ask};
    Result<EVP_PKEY*> key =
        provider_is_there() ? from_provider(request, method.get()) : from_engine(request, method.get());
    ERR_clear_error();
    return key;
}

} // namespace albs
