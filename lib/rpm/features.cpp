// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <rpm/rpmds.h>

#include "rpm/handles.hpp"
#include "rpm/library.hpp"

namespace albs::rpm {

Result<std::vector<std::string>> Library::rpmlib_features() const
{
    ALBS_CHECK(initialize());
    rpmds raw = nullptr;
    if (rpmdsRpmlib(&raw, nullptr) != 0)
        return fail(Kind::environment, "librpm does not say what it can do");
    std::unique_ptr<std::remove_pointer_t<rpmds>, rpmds (*)(rpmds)> features(rpmdsInit(raw), rpmdsFree);
    std::vector<std::string> list;
    while (rpmdsNext(features.get()) >= 0)
        list.push_back(std::string(rpmdsN(features.get())) + " = " + rpmdsEVR(features.get()));
    return list;
}

} // namespace albs::rpm
