// SPDX-License-Identifier: GPL-3.0-or-later
// Of a policy: whose word counts for that a file was built once more and came out the same, and how many of them it
// takes. A rebuilder is who holds one of the keys that stand behind its name; the logs are where it may have said so.
#pragma once
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace albs {

struct Rebuilder {
    std::string name;           ///< in the policy
    std::set<std::string> keys; ///< of statements: SHA-256 of their SPKI, in hex
};

struct Rebuilders {
    std::vector<Rebuilder> all;        ///< no two of them have a key or a name in common
    std::size_t wanted = 0;            ///< how many must have reproduced a file; 0 if there are none
    std::string weakest = "identical"; ///< the weakest result that counts: "identical", "metadata" or "payload"
    /// The one with that key; null when there is none.
    const Rebuilder* with_key(std::string_view key) const;
};

/// "any", "all" or a number from 1 to MEMBERS. Kind::input for anything else; WHAT names who wants so many.
Result<std::size_t> read_threshold(const std::string& what, const std::string& text, std::size_t members);
/// Kind::input if it is no SHA-256 of a statement key.
Status check_statement_key(const std::string& key);

/// Reads the lines of a policy that are about rebuilders. Errors are Kind::input.
class RebuilderLines {
public:
    /// "#albs: rebuilder NAME SHA256,..."
    Status add(const std::string& name, const std::string& keys);
    /// "#albs: reproduced any|all|K [RESULT]"
    Status set_wanted(const std::string& count, const std::string& weakest);
    Result<Rebuilders> finish();

private:
    Rebuilders rebuilders_;
    std::string wanted_; ///< as the file has it
    std::set<std::string> names_;
    std::set<std::string> keys_;
};

} // namespace albs
