// SPDX-License-Identifier: GPL-3.0-or-later
// Records of a manifest by the record that they name, for whoever asks of many: signatures by file, tests by artifact,
// tasks by source.
#pragma once
#include <string_view>
#include <unordered_map>
#include <vector>

#include "albs/manifest/manifest.hpp"

namespace albs {

/// Made once from a manifest, which must outlive it and must not change. Answers are in the order of the tables, and
/// have the attempts in force only.
class RecordIndex {
public:
    explicit RecordIndex(const Manifest& manifest);

    const std::vector<const TestResult*>& tests_of(std::string_view artifact) const;
    /// Of a signed file.
    const std::vector<const Signature*>& signatures_in(std::string_view signed_file) const;
    /// Of all files that were signed from this one.
    const std::vector<const Signature*>& signatures_over(std::string_view built_file) const;
    const std::vector<const Task*>& tasks_of(std::string_view source) const;

private:
    template <class Record> using Index = std::unordered_map<std::string_view, std::vector<const Record*>>;
    Index<TestResult> tests_;
    Index<Signature> signed_;
    Index<Signature> built_;
    Index<Task> tasks_;
};

} // namespace albs
