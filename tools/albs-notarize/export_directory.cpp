// SPDX-License-Identifier: GPL-3.0-or-later
#include "export_directory.hpp"

#include <cstdio>
#include <fcntl.h>

#include "base/visible.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/replace_file.hpp"

namespace albs::notarize {

Result<ExportDirectory> ExportDirectory::in(const std::string& directory, bool dry_run)
{
    ExportDirectory out(directory);
    if (dry_run)
        return out;
    ALBS_CHECK(sys::make_directories(directory));
    ALBS_TRY(out.staging_, sys::TemporaryDirectory::make("export", directory));
    return out;
}

Status ExportDirectory::write(const std::string& name, const std::string& text)
{
    names_.push_back(name);
    std::string path = staging_->path() + "/" + name;
    sys::Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!file)
        return sys::system_error("cannot create", path);
    ALBS_CHECK(sys::write_all(file.get(), text, path));
    if (file.close() != 0)
        return sys::system_error("cannot write", path);
    return {};
}

Status ExportDirectory::finish()
{
    ALBS_CHECK(sys::sync_file_system(directory_));
    for (const std::string& name : names_) {
        std::string path = directory_ + "/" + name;
        if (::rename((staging_->path() + "/" + name).c_str(), path.c_str()) != 0)
            return sys::system_error("cannot make", path);
    }
    return sys::sync_directory(directory_);
}

std::string ExportDirectory::names() const
{
    std::string all;
    for (const std::string& name : names_)
        all += escape_hidden(name) + "\n";
    return all;
}

} // namespace albs::notarize
