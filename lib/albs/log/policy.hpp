// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a verifier trusts, as a C2SP tlog-policy: logs, witnesses, and how many of the witnesses must have seen a
// checkpoint. Comment lines of our own, which other readers pass over, add how old a cosignature may be, which keys may
// sign statements, and what a commit does without its quorum. albs-policy(5) specifies the file.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "albs/log/checkpoint.hpp"
#include "albs/log/note.hpp"
#include "albs/log/rebuilders.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

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
    std::vector<Vkey> witness_keys() const;
    /// A checkpoint may lack its quorum when it is published: the file says "without-quorum continue".
    bool may_go_on() const { return may_go_on_; }
    /// Enough of these witnesses (names of the file) for the quorum.
    bool is_quorum(const std::set<std::string>& names) const;
    /// "most" of "quorum most".
    const std::string& quorum() const { return quorum_; }

    /// The checkpoint is signed by one of the logs, is of that log, and enough witnesses cosigned it. Kind::trust for a
    /// signature that is false; Kind::input when none of the keys signed it, or the quorum is not met: then nothing can
    /// be said of it.
    Result<Checkpoint> open(std::string_view note) const;
    /// None of the witnesses has a false cosignature on the note.
    Status check_known(const Note& note) const;
    /// One line: why the cosignatures on the note are not enough, at that time; empty when they are. A false one is as
    /// good as none, see check_known().
    std::string shortfall(const Note& note, Seconds now) const;
    /// The same, however old they are.
    bool has_quorum(const Note& note) const;
    /// The key (SHA-256 of its SubjectPublicKeyInfo, in hex) may sign statements of that kind. Any key may where the
    /// file names none.
    bool accepts_statement(std::string_view key, std::string_view kind) const;
    /// None of them has a key that may sign builds.
    const Rebuilders& rebuilders() const { return rebuilders_; }
    /// The same policy in Sigsum's own format, which has keys in hex instead of vkeys.
    std::string sigsum_text() const;

private:
    struct Group {
        std::size_t threshold = 0;
        std::vector<std::string> members;
    };
    friend class PolicyReader;
    bool holds(const std::string& name, const std::function<bool(const std::string&)>& counts) const;
    bool add_group_line(const std::string& name, std::set<std::string>& written, std::string& text) const;
    std::vector<Log> logs_;
    std::vector<Witness> witnesses_;
    std::map<std::string, Group> groups_;
    std::string quorum_ = "none";
    std::optional<Seconds> max_age_;                                           ///< of a cosignature
    std::string max_age_text_;                                                 ///< as the file has it
    std::map<std::string, std::set<std::string>, std::less<>> statement_keys_; ///< kinds, by key
    Rebuilders rebuilders_;
    bool may_go_on_ = false;
};

} // namespace albs
