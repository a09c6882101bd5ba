// SPDX-License-Identifier: GPL-3.0-or-later
// The programs of a package that an interpreter reads.
#pragma once
#include <string>
#include <vector>

namespace albs::test {

struct PackagedScript {
    enum class Language { shell, python, perl };
    Language language = Language::shell;
    std::string path; ///< of a file; of a scriptlet its name, "%post"
    std::string text; ///< of a scriptlet
};

} // namespace albs::test
