// SPDX-License-Identifier: GPL-3.0-or-later
// Programs of this machine on files of a debranding: in the sandbox, where they see these files and nothing else of it.
#pragma once
#include <string>
#include <vector>

#include "albs/manifest/source_tree.hpp"
#include "session.hpp"
#include "sys/temporary.hpp"

namespace albs::fetch {

class SandboxedFiles {
public:
    static constexpr const char* given = "/source";      ///< inside, read-only
    static constexpr const char* writable = "/builddir"; ///< inside

    /// time: SOURCE_DATE_EPOCH, and of the files.
    static Result<SandboxedFiles> make(Session& session, std::int64_t time);

    /// Puts a tree to given/NAME.
    Status give(const SourceTree& tree, const std::string& name);
    /// Copies given/NAME to writable/AS.
    Status copy(const std::string& name, const std::string& as);
    /// Runs a command without network, and returns what it says. who: its name in messages. Kind::input if it fails, or
    /// takes more than its share; Kind::environment where the program is missing, or there is no sandbox.
    Result<std::string> run(const std::vector<std::string>& words, const std::string& directory,
                            const std::string& who);
    /// Puts the files of writable/NAME into the store. Kind::input for what no checkout may have.
    Result<SourceTree> take(const std::string& name);

private:
    SandboxedFiles(Session& session, std::int64_t time, sys::TemporaryDirectory directory);

    Session* session_;
    std::int64_t time_;
    sys::TemporaryDirectory directory_;
};

} // namespace albs::fetch
