// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/record_index.hpp"

namespace albs {
namespace {

template <class Index> const typename Index::mapped_type& listed_under(const Index& index, std::string_view key)
{
    static const typename Index::mapped_type none;
    auto found = index.find(key);
    return found == index.end() ? none : found->second;
}

} // namespace

RecordIndex::RecordIndex(const Manifest& manifest)
{
    for (const TestResult* test : manifest.in_force<TestResult>())
        tests_[test->artifact].push_back(test);
    for (const Signature* signature : manifest.in_force<Signature>()) {
        signed_[signature->artifact].push_back(signature);
        built_[signature->unsigned_sha256].push_back(signature);
    }
    for (const Task* task : manifest.in_force<Task>())
        tasks_[task->source].push_back(task);
}

const std::vector<const TestResult*>& RecordIndex::tests_of(std::string_view artifact) const
{
    return listed_under(tests_, artifact);
}

const std::vector<const Signature*>& RecordIndex::signatures_in(std::string_view signed_file) const
{
    return listed_under(signed_, signed_file);
}

const std::vector<const Signature*>& RecordIndex::signatures_over(std::string_view built_file) const
{
    return listed_under(built_, built_file);
}

const std::vector<const Task*>& RecordIndex::tasks_of(std::string_view source) const
{
    return listed_under(tasks_, source);
}

} // namespace albs
