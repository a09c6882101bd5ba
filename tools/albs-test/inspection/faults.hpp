// SPDX-License-Identifier: GPL-3.0-or-later
// What the inspection of a package can find: one table, which albs-test(1) shows.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace albs::test {

enum class Severity { warning, failure };

struct FaultRule {
    std::string_view test; ///< "inspect/modes": the test that looks for it
    std::string_view name; ///< "world-writable"
    Severity severity;
    std::string_view what; ///< as the page says it
};

inline constexpr FaultRule fault_rules[] = {
#include "fault_rules.inc"
};

/// A row of the table, by its name.
class FaultName {
public:
    // NOLINTNEXTLINE(google-explicit-constructor): names are written as texts, and read by the compiler
    consteval FaultName(const char* name) : rule_(find(name)) {}
    const FaultRule& rule() const { return *rule_; }

private:
    static consteval const FaultRule* find(std::string_view name)
    {
        for (const FaultRule& rule : fault_rules)
            if (rule.name == name)
                return &rule;
        throw "no such fault";
    }
    const FaultRule* rule_;
};

/// The name of a test that the table has.
class InspectionName {
public:
    // NOLINTNEXTLINE(google-explicit-constructor)
    consteval InspectionName(const char* test) : test_(find(test)) {}
    std::string_view text() const { return test_; }

private:
    static consteval std::string_view find(std::string_view test)
    {
        for (const FaultRule& rule : fault_rules)
            if (rule.test.substr(std::string_view("inspect/").size()) == test)
                return rule.test;
        throw "no such test";
    }
    std::string_view test_;
};

/// The tests of the table, in its order.
std::vector<std::string_view> inspection_names();

/// What was found in one package.
class Faults {
public:
    struct Fault {
        const FaultRule* rule;
        std::string text;
    };
    /// The package has something that the test looks at: so it is a pass if nothing is found.
    void look_at(InspectionName test);
    /// A test that the package has something for was not done.
    void skip(InspectionName test, std::string reason);
    /// text: one line; what is not to be seen in it is escaped.
    void add(FaultName fault, std::string_view text);

    bool was_looked_at(std::string_view test) const;
    /// Empty: not skipped.
    std::string why_skipped(std::string_view test) const;
    std::vector<Fault> of(std::string_view test) const;

private:
    std::vector<std::string_view> tests_;
    std::vector<std::pair<std::string_view, std::string>> skipped_;
    std::vector<Fault> faults_;
};

} // namespace albs::test
