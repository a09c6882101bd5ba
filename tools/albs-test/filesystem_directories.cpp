// SPDX-License-Identifier: GPL-3.0-or-later
// From %files of filesystem-3.16 (EL9); /usr/lib/.build-id has the same standing, since every package brings it.
#include "filesystem_directories.hpp"

#include <algorithm>
#include <array>

namespace albs::test {
namespace {

constexpr std::array directories = {"/usr/bin",
                                    "/usr/games",
                                    "/usr/include",
                                    "/usr/lib",
                                    "/usr/lib/.build-id",
                                    "/usr/lib/debug",
                                    "/usr/lib/debug/.dwz",
                                    "/usr/lib/debug/bin",
                                    "/usr/lib/debug/lib",
                                    "/usr/lib/debug/lib64",
                                    "/usr/lib/debug/sbin",
                                    "/usr/lib/debug/usr",
                                    "/usr/lib/debug/usr/bin",
                                    "/usr/lib/debug/usr/lib",
                                    "/usr/lib/debug/usr/lib64",
                                    "/usr/lib/debug/usr/sbin",
                                    "/usr/lib/games",
                                    "/usr/lib/locale",
                                    "/usr/lib/modules",
                                    "/usr/lib/sse2",
                                    "/usr/lib/sysimage",
                                    "/usr/lib/systemd",
                                    "/usr/lib/systemd/system",
                                    "/usr/lib/systemd/user",
                                    "/usr/lib/sysusers.d",
                                    "/usr/lib/tmpfiles.d",
                                    "/usr/lib64",
                                    "/usr/lib64/bpf",
                                    "/usr/lib64/games",
                                    "/usr/lib64/pm-utils",
                                    "/usr/lib64/X11",
                                    "/usr/libexec",
                                    "/usr/local",
                                    "/usr/sbin",
                                    "/usr/share",
                                    "/usr/share/aclocal",
                                    "/usr/share/appdata",
                                    "/usr/share/applications",
                                    "/usr/share/augeas",
                                    "/usr/share/augeas/lenses",
                                    "/usr/share/backgrounds",
                                    "/usr/share/bash-completion",
                                    "/usr/share/bash-completion/completions",
                                    "/usr/share/bash-completion/helpers",
                                    "/usr/share/desktop-directories",
                                    "/usr/share/dict",
                                    "/usr/share/doc",
                                    "/usr/share/empty",
                                    "/usr/share/fish",
                                    "/usr/share/fish/vendor_completions.d",
                                    "/usr/share/games",
                                    "/usr/share/gnome",
                                    "/usr/share/help",
                                    "/usr/share/icons",
                                    "/usr/share/idl",
                                    "/usr/share/info",
                                    "/usr/share/licenses",
                                    "/usr/share/locale",
                                    "/usr/share/man",
                                    "/usr/share/metainfo",
                                    "/usr/share/mime-info",
                                    "/usr/share/misc",
                                    "/usr/share/omf",
                                    "/usr/share/pixmaps",
                                    "/usr/share/sounds",
                                    "/usr/share/themes",
                                    "/usr/share/wayland-sessions",
                                    "/usr/share/X11",
                                    "/usr/share/X11/fonts",
                                    "/usr/share/xsessions",
                                    "/usr/share/zsh",
                                    "/usr/share/zsh/site-functions",
                                    "/usr/src",
                                    "/usr/src/debug",
                                    "/usr/src/kernels"};

} // namespace

bool is_filesystem_directory(std::string_view path)
{
    if (std::find(directories.begin(), directories.end(), path) != directories.end())
        return true;
    // LANGUAGE and LANGUAGE/LC_MESSAGES; manN and LANGUAGE/manN. Files have a dot there (hello.mo, ls.1.gz).
    for (std::string_view tree : {"/usr/share/locale/", "/usr/share/man/"})
        if (path.starts_with(tree)) {
            std::string_view rest = path.substr(tree.size());
            std::size_t slash = rest.find('/');
            std::string_view below = slash == rest.npos ? std::string_view() : rest.substr(slash + 1);
            return below.empty() || below.starts_with("LC_") ||
                   (below.starts_with("man") && below.find('.') == below.npos);
        }
    return false;
}

} // namespace albs::test
