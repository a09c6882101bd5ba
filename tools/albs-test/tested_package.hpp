// SPDX-License-Identifier: GPL-3.0-or-later
// One package under test, and what the tests found.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "inspection/scripts.hpp"
#include "rpm/package.hpp"

namespace albs::test {

struct Finding {
    std::string name;            ///< of the test: "install"
    std::string status;          ///< "pass", "fail", "skip"
    std::string reason;          ///< one line, for fail and skip; of a pass, a warning
    std::string log;             ///< text; empty: nothing to tell
    std::string finished = {};   ///< time; remember() sets it
    std::int64_t elapsed_ms = 0; ///< that it took; 0: nobody knows, or nothing was run
};

struct TestedPackage {
    Artifact artifact;
    Task task;
    std::string path;                    ///< in the store, bytes verified
    std::optional<rpm::Package> package; ///< none if the header cannot be read
    std::string damage;                  ///< why not
    std::vector<Finding> findings;       ///< in the order in which the tests are done
    std::vector<PackagedScript> scripts; ///< that interpreters are to read, once it is installed

    std::string label() const { return artifact.rpm ? artifact.rpm->nevra : artifact.name; }
    std::string file_name() const { return artifact.name; }
    bool has(const std::string& test) const;
    bool failed(const std::string& test) const; ///< or was skipped: it did not pass
    void pass(const std::string& test, std::string log = {}) { findings.push_back({test, "pass", "", std::move(log)}); }
    void fail(const std::string& test, std::string reason, std::string log = {});
    void skip(const std::string& test, std::string reason)
    {
        findings.push_back({test, "skip", std::move(reason), ""});
    }
};

/// What can be asked of a package, in the order in which it is.
inline constexpr const char* test_names[] = {"integrity", "installability", "conflicts", "install",  "linkage",
                                             "reinstall", "remove",         "upgrade",   "downgrade"};

} // namespace albs::test
