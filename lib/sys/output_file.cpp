// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/output_file.hpp"

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>

#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

namespace albs::sys {

Status put_output(const std::string& path, const std::function<Status(int)>& put)
{
    struct stat old {};
    bool is_there = ::stat(path.c_str(), &old) == 0;
    if (is_there && S_ISDIR(old.st_mode))
        return system_error("cannot replace", path, EISDIR);
    if (is_there && !S_ISREG(old.st_mode)) {
        Fd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
        if (!file)
            return system_error("cannot open", path);
        ALBS_CHECK(put(file.get()));
        return file.close() == 0 ? Status() : system_error("cannot close", path);
    }
    // A symbolic link stays one: what it points to is replaced.
    std::error_code code;
    std::filesystem::path target = std::filesystem::canonical(path, code);
    ALBS_TRY(TemporaryFile file, TemporaryFile::beside(code ? path : target.string(), 0666));
    ALBS_CHECK(put(file.fd()));
    if (is_there && ::fchmod(file.fd(), old.st_mode & 0777) != 0)
        return system_error("cannot set the mode of", path);
    return file.put_in_place();
}

} // namespace albs::sys
