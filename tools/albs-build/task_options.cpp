// SPDX-License-Identifier: GPL-3.0-or-later
#include "task_options.hpp"

#include <algorithm>

namespace albs::build {
namespace {

/// Options with a value, in the order in which they are recorded.
struct List {
    const char* option;
    std::vector<std::string> RecipeOptions::*values;
    bool is_for_rpmbuild;
};
constexpr List lists[] = {{"--flavor", &RecipeOptions::flavors, false},
                          {"--linked", &RecipeOptions::linked, false},
                          {"--module-enable", &RecipeOptions::modules, false},
                          {"--exclude", &RecipeOptions::excludes, false},
                          {"--with", &RecipeOptions::with, true},
                          {"--without", &RecipeOptions::without, true},
                          {"--define", &RecipeOptions::definitions, true}};

std::vector<std::string> collect(const RecipeOptions& options, bool is_for_rpmbuild)
{
    std::vector<std::string> words;
    for (const List& list : lists)
        if (list.is_for_rpmbuild == is_for_rpmbuild)
            for (const std::string& value : options.*list.values)
                words.insert(words.end(), {list.option, value});
    return words;
}

} // namespace

std::vector<std::string> words_of_rpmbuild(const RecipeOptions& options)
{
    return collect(options, true);
}

std::vector<std::string> task_options(const RecipeOptions& options)
{
    std::vector<std::string> words = collect(options, false);
    if (!options.target_arch.empty())
        words.insert(words.end(), {"--target-arch", options.target_arch});
    if (options.secure_boot)
        words.emplace_back("--secure-boot");
    if (options.srpm_as_is)
        words.emplace_back("--srpm-as-is");
    for (std::string& word : words_of_rpmbuild(options))
        words.push_back(std::move(word));
    return words;
}

Status read_words(const std::vector<std::string>& words, RecipeOptions& options)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--secure-boot") {
            options.secure_boot = true;
            continue;
        }
        if (words[i] == "--srpm-as-is") {
            options.srpm_as_is = true;
            continue;
        }
        auto list =
            std::find_if(std::begin(lists), std::end(lists), [&](const List& one) { return words[i] == one.option; });
        if ((list == std::end(lists) && words[i] != "--target-arch") || i + 1 == words.size())
            return fail(Kind::input, "'" + words[i] + "' is no option that this version can repeat");
        ++i;
        if (list == std::end(lists))
            options.target_arch = words[i];
        else
            (options.*list->values).push_back(words[i]);
    }
    return {};
}

} // namespace albs::build
