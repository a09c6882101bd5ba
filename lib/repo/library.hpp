// SPDX-License-Identifier: GPL-3.0-or-later
// What libcreaterepo_c does for us, as sys/module.hpp explains.
#pragma once
#include "repo/metadata.hpp"
#include "repo/updateinfo.hpp"

namespace albs::repo {

class Library {
public:
    /// REPOSITORY/repodata/repomd.xml. Kind::input when it cannot be parsed; its signature is not looked at.
    virtual Result<Repomd> read_repomd(const std::string& repository) const;
    /// Every file that repomd.xml lists has its size and digest; Kind::trust otherwise, also when one is missing.
    /// Algorithms weaker than SHA-256 are refused.
    virtual Status check_metadata(const std::string& repository, const Repomd& repomd) const;
    /// The packages of primary.xml, by location. Kind::trust for a location that leads out of the repository.
    virtual Result<std::vector<ListedPackage>> read_packages(const std::string& repository, const Repomd& repomd) const;
    /// The text of a metadata file, decompressed.
    virtual Result<std::string> read_metadata_text(const std::string& path) const;
    /// Makes REPOSITORY/repodata, which must not exist yet, but for the signature of repomd.xml. Not synced to disk.
    /// jobs is the number of threads that read packages.
    virtual Result<NewMetadata> write_metadata(const std::string& repository, const Contents& contents,
                                               std::size_t jobs) const;

    /// Without advisories.
    virtual std::unique_ptr<UpdateInfo> make_updateinfo() const;
    /// A file of any compression. Kind::input when it cannot be parsed.
    virtual Result<std::unique_ptr<UpdateInfo>> read_updateinfo(const std::string& path) const;
};
const Library& library();

} // namespace albs::repo
