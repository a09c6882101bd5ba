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

/// Made by library().make_updateinfo() or read_updateinfo(). Its functions are the module's.
class UpdateInfo {
public:
    struct State;
    explicit UpdateInfo(std::unique_ptr<State> state);
    virtual ~UpdateInfo();
    UpdateInfo(const UpdateInfo&) = delete;
    UpdateInfo& operator=(const UpdateInfo&) = delete;

    virtual bool empty() const;
    /// The `updated` of an advisory, as "2026-11-23 10:59:45"; nothing when it is not here.
    virtual std::optional<std::string> updated_of(const std::string& id) const;
    /// The <update> element of an advisory; empty when it is not here.
    virtual std::string xml_of(const std::string& id) const;
    /// Replaces or adds an advisory about these packages; collection is the name of the repository.
    virtual void put(const Advisory& advisory, const std::string& collection,
                     const std::vector<ListedPackage>& packages);
    /// Nothing happens when it is not here.
    virtual void remove(const std::string& id);
    /// The whole file; advisories by id.
    virtual Result<std::string> xml() const;

private:
    std::unique_ptr<State> state_;
};

/// "2026-11-23T10:59:45Z" as updateinfo.xml writes it: "2026-11-23 10:59:45".
std::string update_date(const std::string& time);

} // namespace albs::repo
