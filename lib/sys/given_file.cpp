// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/given_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "sys/file.hpp"
#include "sys/readable.hpp"

namespace albs::sys {
namespace {

Kind kind_of(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG: return Kind::usage;
    case EACCES:
    case EPERM: return Kind::input;
    default: return Kind::environment;
    }
}

} // namespace

tl::unexpected<Error> given_error(std::string_view problem, std::string_view path, int number)
{
    auto failed = system_error(problem, path, number);
    failed.value().kind = kind_of(number);
    return failed;
}

Result<std::string> read_given(const std::string& path, std::size_t limit)
{
    ALBS_TRY(Fd file, open_readable(path, given_error));
    return read_all(file.get(), path, limit);
}

Status check_given(const std::string& path)
{
    const bool is_folder = is_directory(path);
    if (::faccessat(AT_FDCWD, path.c_str(), is_folder ? R_OK | X_OK : R_OK, AT_EACCESS) != 0)
        return given_error("cannot open", path);
    return {};
}

} // namespace albs::sys
