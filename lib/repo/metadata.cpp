// SPDX-License-Identifier: GPL-3.0-or-later
// What is said about metadata without a library's help.
#include "repo/metadata.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "repo/updateinfo.hpp"

namespace albs::repo {

std::string identity(const RpmInfo& info)
{
    return format_text("{}-{}:{}-{}.{}", info.name, info.epoch.value_or(0), info.version, info.release, info.arch);
}

const MetadataFile* Repomd::find(std::string_view type) const
{
    auto found = std::find_if(files.begin(), files.end(), [&](const MetadataFile& file) { return file.type == type; });
    return found == files.end() ? nullptr : &*found;
}

bool is_made_anew(std::string_view type)
{
    auto is = [&](std::string_view stem) { return type.substr(0, stem.size()) == stem; };
    return is("primary") || is("filelists") || is("other") || is("updateinfo") || is("prestodelta");
}

std::string update_date(const std::string& time)
{
    std::string date = time.substr(0, 19);
    if (date.size() == 19)
        date[10] = ' ';
    return date;
}

} // namespace albs::repo
