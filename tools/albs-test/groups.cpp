// SPDX-License-Identifier: GPL-3.0-or-later
#include "groups.hpp"

#include <algorithm>

namespace albs::test {

std::vector<Group> groups_of(std::vector<TestedPackage>& subjects)
{
    std::vector<Group> groups;
    for (TestedPackage& subject : subjects) {
        auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
            return group.platform == subject.task.platform && group.arch == subject.task.arch &&
                   group.definition == subject.task.definition;
        });
        if (same == groups.end())
            same = groups.insert(groups.end(), {subject.task.platform, subject.task.arch, subject.task.definition, {}});
        same->subjects.push_back(&subject);
    }
    return groups;
}

} // namespace albs::test
