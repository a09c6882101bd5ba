// SPDX-License-Identifier: GPL-3.0-or-later
// updateinfo.xml: the advisories of one repository, as dnf reads them.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/advisory.hpp"
#include "repo/metadata.hpp"

namespace albs::repo {

class UpdateInfo {
public:
    /// Without advisories.
    static UpdateInfo make();
    UpdateInfo(UpdateInfo&&) noexcept = default;
    UpdateInfo& operator=(UpdateInfo&&) noexcept = default;
    UpdateInfo(const UpdateInfo&) = delete;
    UpdateInfo& operator=(const UpdateInfo&) = delete;
    ~UpdateInfo() = default;
    /// A file of any compression. Kind::input when it cannot be parsed.
    static Result<UpdateInfo> read(const std::string& path);

    bool empty() const;
    /// The `updated` of an advisory, as "2026-11-23 10:59:45"; nothing when it is not here.
    std::optional<std::string> updated_of(const std::string& id) const;
    /// The <update> element of an advisory; empty when it is not here.
    std::string xml_of(const std::string& id) const;
    /// Replaces or adds an advisory about these packages; collection is the name of the repository.
    void put(const Advisory& advisory, const std::string& collection, const std::vector<ListedPackage>& packages);
    /// Nothing happens when it is not here.
    void remove(const std::string& id);
    /// The whole file; advisories by id.
    Result<std::string> xml() const;

private:
    struct State;
    explicit UpdateInfo(std::shared_ptr<State> state) : state_(std::move(state)) {}
    std::shared_ptr<State> state_; ///< not shared: a deleter that goes with it, out of the module
};

/// "2026-11-23T10:59:45Z" as updateinfo.xml writes it: "2026-11-23 10:59:45".
std::string update_date(const std::string& time);

} // namespace albs::repo
