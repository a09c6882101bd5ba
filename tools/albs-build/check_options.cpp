// SPDX-License-Identifier: GPL-3.0-or-later
#include "check_options.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <tuple>

#include "base/format.hpp"
#include "choose_platform.hpp"

namespace albs::build {
namespace {

/// Of builds of modules; larger ones are no longer said by people.
constexpr std::uint64_t max_index = 999999999;

bool is_word(const std::string& text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char letter) {
        return std::isalnum(letter) != 0 || letter == '_' || letter == '-' || letter == '+' || letter == '.';
    });
}

bool has_space(const std::string& text)
{
    return std::any_of(text.begin(), text.end(), [](unsigned char letter) { return letter <= ' ' || letter == 0x7f; });
}

/// NAME, NAME:STREAM, NAME:STREAM:VERSION, NAME:STREAM:VERSION:CONTEXT, each with or without /PROFILE.
bool is_stream(const std::string& text)
{
    std::string rest = text;
    if (std::size_t slash = rest.find('/'); slash != rest.npos) {
        if (slash + 1 == rest.size() || rest.find('/', slash + 1) != rest.npos)
            return false;
        rest.erase(slash);
    }
    bool has_parts = !rest.empty() && rest.front() != ':' && rest.back() != ':' && rest.find("::") == rest.npos;
    return has_parts && std::count(rest.begin(), rest.end(), ':') <= 3 && !has_space(text);
}

Status check_conditions(const RecipeOptions& options)
{
    for (const auto& list : {options.with, options.without})
        for (const std::string& word : list)
            if (!is_word(word))
                return fail(Kind::usage, "'" + word + "' is no name of a build condition");
    for (const std::string& word : options.with)
        if (std::find(options.without.begin(), options.without.end(), word) != options.without.end())
            return fail(Kind::usage, format_text("--with '{0}' and --without '{0}' contradict each other", word));
    return {};
}

/// What rpm takes as the name of a macro, with or without its options: "name", "name(hl:)".
bool is_macro_name(const std::string& text)
{
    const std::string name = text.substr(0, text.find('('));
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
           std::all_of(name.begin(), name.end(),
                       [](unsigned char letter) { return std::isalnum(letter) != 0 || letter == '_'; }) &&
           (name.size() == text.size() || text.back() == ')');
}

/// Each has a name and a body, and no macro has two.
Status check_definitions(const RecipeOptions& options)
{
    std::map<std::string, std::string> bodies;
    for (const std::string& definition : options.definitions) {
        std::size_t space = definition.find(' ');
        if (space == 0 || space == definition.npos || space + 1 == definition.size() ||
            definition.find('\n') != definition.npos)
            return fail(Kind::usage, "--define '" + definition + "' has no body", "write it as --define 'NAME BODY'");
        const std::string name = definition.substr(0, space);
        if (!is_macro_name(name))
            return fail(Kind::usage, format_text("'{}' is no name of a macro", name),
                        "write it as --define 'NAME BODY', with letters, digits and '_' in NAME");
        auto [known, is_new] = bodies.emplace(name, definition.substr(space + 1));
        if (!is_new && known->second != definition.substr(space + 1))
            return fail(Kind::usage, format_text("--define '{}' gives the macro two bodies", name));
    }
    // This is what the two options define for rpm.
    for (const auto& [list, option, other] :
         {std::tuple(&options.with, "--with", "_without_"), std::tuple(&options.without, "--without", "_with_")})
        for (const std::string& word : *list)
            if (bodies.count(other + word) != 0)
                return fail(Kind::usage, format_text("{} '{}' and --define '{}{}' contradict each other", option, word,
                                                     other, word));
    return {};
}

/// A module has one stream in a root. NAME alone is its default, which may be the one that is named elsewhere.
Status check_streams(const std::vector<std::string>& streams)
{
    std::map<std::string, std::string> chosen;
    for (const std::string& text : streams) {
        if (!is_stream(text))
            return fail(Kind::usage, "'" + text + "' is no module stream", "write it as NAME:STREAM");
        std::size_t colon = text.find(':');
        if (colon == text.npos)
            continue;
        std::string stream = text.substr(colon + 1, text.find_first_of(":/", colon + 1) - colon - 1);
        auto [at, fresh] = chosen.emplace(text.substr(0, colon), stream);
        if (!fresh && at->second != stream)
            return fail(Kind::usage,
                        format_text("module '{}' cannot be of stream '{}' and of '{}'", at->first, at->second, stream));
    }
    return {};
}

Status check_excludes(const std::vector<std::string>& globs)
{
    for (const std::string& glob : globs) {
        if (glob.empty() || has_space(glob)) // they travel in a list that spaces separate
            return fail(Kind::usage, "'" + glob + "' is no pattern of packages", "give --exclude once for each");
        if (glob.find_first_not_of("*?") == glob.npos && glob.find('*') != glob.npos)
            return fail(Kind::usage, "--exclude '" + glob + "' leaves no package for a root");
    }
    return {};
}

struct Choice {
    const char* option;
    bool is_given;
};

/// Options that choose packages where they are solved; of two kinds, since a lock's bytes are looked for somewhere.
std::vector<Choice> choices_of_packages(const RecipeOptions& options)
{
    return {{"--module-enable", !options.modules.empty()},
            {"--exclude", !options.excludes.empty()},
            {"--platform-id", !options.root.platform_id.empty()},
            {"--weak", options.root.weak}};
}

std::vector<Choice> choices_of_repositories(const RecipeOptions& options)
{
    return {{"--linked", !options.linked.empty()},
            {"--repo", !options.root.repositories.empty()},
            {"--release", !options.root.release.empty()},
            {"--key", !options.root.key.empty()},
            {"--no-rollback", options.root.no_rollback}};
}

/// The first that is given; null if none is.
const char* first_given(const std::vector<Choice>& choices)
{
    auto given = std::find_if(choices.begin(), choices.end(), [](const Choice& one) { return one.is_given; });
    return given == choices.end() ? nullptr : given->option;
}

} // namespace

Status check(const RecipeOptions& options)
{
    ALBS_CHECK(check_conditions(options));
    ALBS_CHECK(check_definitions(options));
    ALBS_CHECK(check_streams(options.modules));
    return check_excludes(options.excludes);
}

Status check_nothing_to_solve(const RecipeOptions& options, const std::string& chosen_by, bool fetches)
{
    const char* given = first_given(choices_of_packages(options));
    if (given == nullptr && !fetches)
        given = first_given(choices_of_repositories(options));
    if (given != nullptr)
        return fail(Kind::usage,
                    format_text("{} says what the root has, and {} would change nothing", chosen_by, given));
    return {};
}

Status check(const SourceOptions& options)
{
    for (auto [option, given] :
         {std::pair("--module-version", &options.module_version), std::pair("--module-index", &options.module_index)}) {
        std::uint64_t number = 0;
        auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), number);
        const bool is_number = error == std::errc() && end == given->data() + given->size() && number > 0;
        if (!given->empty() && (!is_number || (given == &options.module_index && number > max_index)))
            return fail(Kind::usage, format_text("{} '{}' is no number above 0", option, *given));
    }
    return {};
}

Status check(const BuildOptions& options)
{
    ALBS_CHECK(check(options.recipe));
    ALBS_CHECK(check(options.sources));
    if (options.run.lock.empty())
        return {};
    ALBS_CHECK(check_nothing_to_solve(options.recipe, "--lock", false));
    if (platforms_of(options.recipe).size() > 1)
        return fail(Kind::usage, "--lock is the root of one platform", "give --platform once");
    if (options.early_cutoff)
        return fail(Kind::usage, "--lock says what the root has, and --early-cutoff would change nothing");
    return {};
}

Status check_backend(const Recipe& recipe, const root::RequestOptions& options, bool is_for_runner)
{
    const std::string& backend = recipe.platform.backend();
    const char* given = first_given({{"--repo", !options.repositories.empty()},
                                     {"--platform-id", !options.platform_id.empty()},
                                     {"--release", !options.release.empty()},
                                     {"--key", !options.key.empty()},
                                     {"--no-rollback", options.no_rollback},
                                     {"--weak", options.weak}});
    if (!recipe.uses_roots() && given != nullptr)
        return fail(Kind::usage,
                    format_text("{} is for roots of packages, and backend '{}' makes none", given, backend));
    if (backend == "mock" && is_for_runner)
        return fail(Kind::usage,
                    "--runner is for roots of ours and for the host, and mock's answers are of another form");
    if (backend == "mock" && options.offline)
        return fail(Kind::usage, "--offline is for roots of ours, and mock asks the servers for its own");
    return {};
}

} // namespace albs::build
