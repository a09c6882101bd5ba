// SPDX-License-Identifier: GPL-3.0-or-later
// The module's table of functions. Only for the files of this folder.
#pragma once
#include "repo/metadata.hpp"
#include "repo/updateinfo.hpp"

namespace albs::repo {

struct Table {
    static constexpr const char* module = "albs-repo";
    decltype(&read_repomd) read_repomd_;
    decltype(&check_metadata) check_metadata_;
    decltype(&read_packages) read_packages_;
    decltype(&read_metadata_text) read_metadata_text_;
    decltype(&write_metadata) write_metadata_;
    decltype(&UpdateInfo::make) updateinfo_make_;
    decltype(&UpdateInfo::read) updateinfo_read_;
    decltype(&UpdateInfo::empty) updateinfo_empty_;
    decltype(&UpdateInfo::updated_of) updateinfo_updated_of_;
    decltype(&UpdateInfo::xml_of) updateinfo_xml_of_;
    decltype(&UpdateInfo::put) updateinfo_put_;
    decltype(&UpdateInfo::remove) updateinfo_remove_;
    decltype(&UpdateInfo::xml) updateinfo_xml_;
};

} // namespace albs::repo
