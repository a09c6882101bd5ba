// SPDX-License-Identifier: GPL-3.0-or-later
// Errors are values: Result<T>, the kinds of error, and the two statement macros that pass them on.
//
// A package that fails to build is not an Error but a verdict in the manifest; an Error means that the tool could
// not do its job. The kind is the exit status (albs(7)); message and hint are for the reader.
#pragma once
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace albs {

/// Why a tool could not do its job. The value is the exit status, see albs(7).
enum class Kind : int {
    usage = 2,       ///< the command is wrong: fix the command
    input = 3,       ///< the input is not acceptable: look upstream
    trust = 4,       ///< evidence contradicts itself: stop, call a person
    environment = 5, ///< disk full, permission, missing program: fix the machine
    internal = 70,   ///< a bug of the tool: report it
    temporary = 75,  ///< network, lock, timeout: run it again
};

/// What went wrong, where (message: lower case, no full stop, subject quoted, cause last) and what unblocks (hint).
struct [[nodiscard]] Error {
    Kind kind = Kind::internal;
    std::string message;
    std::string hint;
};

/// tl::expected that may not be dropped. Derived and not an alias, because only a class can be [[nodiscard]].
template <class T> class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
    Result() = default;
    Result(tl::expected<T, Error> other) : tl::expected<T, Error>(std::move(other)) {}

    /// What next(value) returns, a Result, or this error. That of tl::expected takes no class derived from it.
    template <class Next> auto and_then(Next&& next) const
    {
        using Answer = decltype(next(**this));
        return this->has_value() ? next(**this) : Answer(tl::unexpected<Error>(this->error()));
    }
};
using Status = Result<void>;

inline tl::unexpected<Error> fail(Kind kind, std::string message, std::string hint = {})
{
    return tl::unexpected<Error>(Error{kind, std::move(message), std::move(hint)});
}

/// The same error with "PREFIX: " before its message, said where the noun is known.
inline tl::unexpected<Error> fail(Error error, std::string_view prefix)
{
    error.message = std::string(prefix) + ": " + error.message;
    return tl::unexpected<Error>(std::move(error));
}

} // namespace albs

#define ALBS_CAT2(a, b) a##b
#define ALBS_CAT(a, b) ALBS_CAT2(a, b)
#define ALBS_TRY_AS(temporary, declaration, ...)                                                                       \
    auto temporary = (__VA_ARGS__);                                                                                    \
    if (!temporary)                                                                                                    \
        return ::tl::unexpected<::albs::Error>(std::move(temporary).error());                                          \
    declaration = *std::move(temporary)
/// ALBS_TRY(auto x, f()); declares x from a Result or returns its error. A statement, since an expression macro would
/// skip destructors of half-built temporaries.
#define ALBS_TRY(declaration, ...) ALBS_TRY_AS(ALBS_CAT(albs_try_, __COUNTER__), declaration, __VA_ARGS__)
/// ALBS_CHECK(f()); returns the error of a Status (or of any Result whose value is not needed).
#define ALBS_CHECK(...)                                                                                                \
    do {                                                                                                               \
        if (auto albs_check = (__VA_ARGS__); !albs_check)                                                              \
            return ::tl::unexpected<::albs::Error>(std::move(albs_check).error());                                     \
    } while (false)
