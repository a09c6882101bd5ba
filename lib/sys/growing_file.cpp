// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/growing_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "sys/read_up_to.hpp"

namespace albs::sys {

Result<GrowingFile> GrowingFile::open(const std::string& path)
{
    Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file)
        return system_error("cannot open", path);
    return GrowingFile(path, std::move(file));
}

Result<std::string> GrowingFile::more(std::size_t most)
{
    struct stat status {};
    if (::fstat(file_.get(), &status) != 0)
        return system_error("cannot read", path_);
    begins_again_ = static_cast<std::size_t>(status.st_size) < read_;
    if (begins_again_)
        read_ = 0;
    ALBS_TRY(std::string text, read_up_to(most, path_, [&](char* to, std::size_t count, std::size_t done) {
                 return ::pread(file_.get(), to, count, static_cast<off_t>(read_ + done));
             }));
    read_ += text.size();
    return text;
}

bool GrowingFile::is_locked() const
{
    if (::flock(file_.get(), LOCK_SH | LOCK_NB) != 0)
        return errno == EWOULDBLOCK;
    (void)::flock(file_.get(), LOCK_UN);
    return false;
}

} // namespace albs::sys
