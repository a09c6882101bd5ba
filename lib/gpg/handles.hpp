// SPDX-License-Identifier: GPL-3.0-or-later
// GPGME's objects, released when they go, and its errors as ours. Only for the files of this folder.
#pragma once
#include <gpgme.h>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.hpp"

namespace albs::gpg {

template <auto release> struct Releaser {
    template <class T> void operator()(T* object) const { release(object); }
};

using Session = std::unique_ptr<std::remove_pointer_t<gpgme_ctx_t>, Releaser<gpgme_release>>;
using Data = std::unique_ptr<std::remove_pointer_t<gpgme_data_t>, Releaser<gpgme_data_release>>;
using KeyHandle = std::unique_ptr<std::remove_pointer_t<gpgme_key_t>, Releaser<gpgme_key_unref>>;

inline tl::unexpected<Error> gpg_error(std::string problem, gpgme_error_t code, std::string hint = {})
{
    return fail(Kind::environment, std::move(problem) + ": " + gpgme_strerror(code), std::move(hint));
}

/// A context for a key directory; protocol as GPGME names them. file: engine program or socket; null: the default.
inline Result<Session> open_session(gpgme_protocol_t protocol, const char* file, const std::string& home)
{
    static std::once_flag once;
    std::call_once(once, [] { (void)gpgme_check_version(nullptr); });
    gpgme_ctx_t raw = nullptr;
    gpgme_error_t code = gpgme_new(&raw);
    Session session(raw);
    if (code == 0)
        code = gpgme_set_protocol(raw, protocol);
    if (code == 0)
        code = gpgme_ctx_set_engine_info(raw, protocol, file, home.empty() ? nullptr : home.c_str());
    if (code != 0)
        return gpg_error("cannot use gpg", code, "is gpg (gnupg) installed?");
    return session;
}

} // namespace albs::gpg
