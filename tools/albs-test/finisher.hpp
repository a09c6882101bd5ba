// SPDX-License-Identifier: GPL-3.0-or-later
// One finding out of steps that only make sense one after the other; the first that fails ends it.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "base/time.hpp"
#include "root.hpp"
#include "tested_package.hpp"

namespace albs::test {

class Finisher {
public:
    /// Of several packages, which all get the same finding.
    Finisher(std::vector<TestedPackage*> subjects, std::string test)
        : subjects_(std::move(subjects)), test_(std::move(test)), begun_ms_(monotonic_ms())
    {
    }
    Finisher(TestedPackage& subject, std::string test)
        : Finisher(std::vector<TestedPackage*>{&subject}, std::move(test))
    {
    }
    ~Finisher()
    {
        for (TestedPackage* subject : subjects_)
            for (Finding& finding : subject->findings)
                if (finding.name == test_)
                    finding.elapsed_ms = monotonic_ms() - begun_ms_;
    }
    Finisher(const Finisher&) = delete;
    Finisher& operator=(const Finisher&) = delete;
    /// False if the step failed.
    bool add(const Step& step)
    {
        log_ += step.log;
        if (!step.ok)
            fail(step.reason);
        return step.ok;
    }
    void note(const std::string& text) { log_ += text; }
    /// With a log if anything was said: what scriptlets print is worth reading also when they end well.
    void pass()
    {
        for (TestedPackage* subject : subjects_)
            subject->pass(test_, has_words() ? log_ : std::string());
    }
    void fail(const std::string& reason)
    {
        for (TestedPackage* subject : subjects_)
            subject->fail(test_, reason, log_);
    }
    void skip(const std::string& reason)
    {
        for (TestedPackage* subject : subjects_)
            subject->skip(test_, reason);
    }

private:
    bool has_words() const
    {
        const std::vector<std::string> lines = split_lines(log_);
        return std::any_of(lines.begin(), lines.end(), [](const std::string& line) { return !line.starts_with("$ "); });
    }
    std::vector<TestedPackage*> subjects_;
    std::string test_;
    std::int64_t begun_ms_;
    std::string log_;
};

} // namespace albs::test
