// SPDX-License-Identifier: GPL-3.0-or-later
#include "faults.hpp"

#include <algorithm>

#include "base/visible.hpp"

namespace albs::test {

std::vector<std::string_view> inspection_names()
{
    std::vector<std::string_view> names;
    for (const FaultRule& rule : fault_rules)
        if (std::find(names.begin(), names.end(), rule.test) == names.end())
            names.push_back(rule.test);
    return names;
}

void Faults::look_at(InspectionName test)
{
    if (!was_looked_at(test.text()))
        tests_.push_back(test.text());
}

void Faults::skip(InspectionName test, std::string reason)
{
    if (why_skipped(test.text()).empty())
        skipped_.emplace_back(test.text(), std::move(reason));
}

void Faults::add(FaultName fault, std::string_view text)
{
    if (!was_looked_at(fault.rule().test))
        tests_.push_back(fault.rule().test);
    faults_.push_back({&fault.rule(), escape_hidden(text)});
}

bool Faults::was_looked_at(std::string_view test) const
{
    return std::find(tests_.begin(), tests_.end(), test) != tests_.end();
}

std::string Faults::why_skipped(std::string_view test) const
{
    for (const auto& [name, reason] : skipped_)
        if (name == test)
            return reason;
    return "";
}

std::vector<Faults::Fault> Faults::of(std::string_view test) const
{
    std::vector<Fault> list;
    for (const Fault& fault : faults_)
        if (fault.rule->test == test)
            list.push_back(fault);
    std::stable_sort(list.begin(), list.end(),
                     [](const Fault& a, const Fault& b) { return a.rule->severity > b.rule->severity; });
    return list;
}

} // namespace albs::test
