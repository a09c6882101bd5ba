// SPDX-License-Identifier: GPL-3.0-or-later
// libcreaterepo_c's objects, released when they go, and its errors as ours. Only for the files of this folder.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <sys/stat.h>

#include <glib.h>
#include <rpm/rpmlib.h>

#include "base/format.hpp"
#include "base/result.hpp"

// cr_Package has a member named `requires`, which is a keyword of C++20. Everything that the header itself includes is
// included above, so that the renaming reaches nothing else.
#define requires requires_
#include <createrepo_c/createrepo_c.h>
#undef requires

namespace albs::repo {

template <auto release> struct Releaser {
    template <class T> void operator()(T* object) const { (void)release(object); }
};

using PackageHandle = std::unique_ptr<cr_Package, Releaser<cr_package_free>>;
using RepomdHandle = std::unique_ptr<cr_Repomd, Releaser<cr_repomd_free>>;
using UpdateInfoHandle = std::unique_ptr<cr_UpdateInfo, Releaser<cr_updateinfo_free>>;
using Text = std::unique_ptr<char, Releaser<g_free>>;

/// A GError that is filled by one call: `cr_f(…, &problem.error)`.
struct Problem {
    Problem() = default;
    Problem(const Problem&) = delete;
    Problem& operator=(const Problem&) = delete;
    ~Problem() { g_clear_error(&error); }
    GError* error = nullptr;
    /// "WHAT 'SUBJECT': the library's words"
    tl::unexpected<Error> as(Kind kind, std::string_view what, std::string_view subject) const
    {
        return fail(kind,
                    format_text("{} '{}': {}", what, subject, error != nullptr ? error->message : "unknown reason"));
    }
};

/// The library's global state; safe to call from everywhere, done once.
void initialize();

/// The identity part of a package as the library holds it.
struct ListedPackage;
ListedPackage listed_of(const cr_Package& package);

inline std::string text_of(const char* value)
{
    return value == nullptr ? "" : value;
}

} // namespace albs::repo
