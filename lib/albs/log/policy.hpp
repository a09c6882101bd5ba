// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a verifier trusts, as a C2SP tlog-policy: logs, witnesses, and how many of the witnesses must have seen a
// checkpoint. albs-policy(5) specifies the file.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "albs/log/checkpoint.hpp"
#include "albs/log/note.hpp"
#include "base/result.hpp"

namespace albs {

class Policy {
public:
    struct Log {
        Vkey key;
        std::string url; ///< may be empty
    };
    struct Witness {
        std::string name; ///< in this file
        Vkey key;
        std::string url; ///< may be empty
    };
    /// Kind::input with the number of the line.
    static Result<Policy> parse(std::string_view text);
    /// One log (with the keys that it had), no witnesses.
    static Policy of(const Vkey& log) { return of(std::vector<Vkey>{log}); }
    static Policy of(const std::vector<Vkey>& keys);

    const std::vector<Log>& logs() const { return logs_; }
    std::vector<Vkey> keys() const; ///< of the logs
    const std::vector<Witness>& witnesses() const { return witnesses_; }
    /// The checkpoint is signed by one of the logs, is of that log, and enough witnesses cosigned it. Kind::trust
    /// otherwise.
    Result<Checkpoint> open(std::string_view note) const;
    /// None of the witnesses has a false cosignature on the note.
    Status check_known(const Note& note) const;
    /// The witnesses alone, check_known() included.
    Status check_quorum(const Note& note) const;
    /// The same policy in Sigsum's own format, which has keys in hex instead of vkeys.
    std::string sigsum_text() const;

private:
    struct Group {
        std::size_t threshold = 0;
        std::vector<std::string> members;
    };
    friend class PolicyReader;
    bool holds(const std::string& name, const Note& note) const;
    void add_group_line(const std::string& name, std::set<std::string>& written, std::string& text) const;
    std::vector<Log> logs_;
    std::vector<Witness> witnesses_;
    std::map<std::string, Group> groups_;
    std::string quorum_ = "none";
};

} // namespace albs
