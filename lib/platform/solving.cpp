// SPDX-License-Identifier: GPL-3.0-or-later
// What mock would tell dnf, for a solver in process: repositories, packages, and the options that change the answer.
#include <algorithm>

#include "albs/json/fields.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "platform/platform.hpp"

namespace albs::platform {
namespace {

std::vector<std::string> texts_of(const Json& object, const char* key)
{
    std::vector<std::string> texts;
    const Json* value = object.find(key);
    if (value != nullptr && value->elements() != nullptr)
        for (const Json& one : *value->elements())
            texts.push_back(*one.string());
    return texts;
}

/// The value of "--NAME=VALUE"; nothing for another word.
std::string value_of(const std::string& word, const std::string& option)
{
    return word.compare(0, option.size() + 1, option + "=") == 0 ? word.substr(option.size() + 1) : "";
}

bool is_true(const std::string& word)
{
    return word == "1" || word == "True" || word == "true" || word == "yes" || word == "on";
}

/// A word of dnf's command line. Those that change nothing in the answer (deltarpm, say) are passed over.
void heed(Solving& solving, const std::string& word)
{
    if (word == "--nobest")
        solving.best = false;
    else if (word == "--best" || word == "-b")
        solving.best = true;
    else if (word == "--allowerasing")
        solving.allow_erasing = true;
    else if (std::string glob = value_of(word, "--exclude"); !glob.empty())
        solving.excludes.push_back(glob);
    else if (std::string option = value_of(word, "--setopt"); !option.empty()) {
        if (std::string weak = value_of(option, "install_weak_deps"); !weak.empty())
            solving.weak_dependencies = is_true(weak);
        if (std::string best = value_of(option, "best"); !best.empty())
            solving.best = is_true(best);
        if (std::string globs = value_of(option, "exclude") + value_of(option, "excludepkgs"); !globs.empty())
            for (std::string& one : split_words(globs))
                solving.excludes.push_back(std::move(one));
    }
}

/// NAME or ${NAME}, wherever "$" stands before it.
std::string replaced(const std::string& text, const std::vector<std::pair<std::string, std::string>>& variables)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t skip = 0;
        if (text[at] == '$')
            for (const auto& [name, value] : variables)
                for (const std::string& form : {std::string("$") + name, "${" + name + "}"})
                    if (skip == 0 && text.compare(at, form.size(), form) == 0) {
                        out += value;
                        skip = form.size();
                    }
        if (skip == 0)
            out += text[at];
        at += std::max<std::size_t>(skip, 1);
    }
    return out;
}

} // namespace

std::vector<Repository> Platform::repositories(const std::string& arch) const
{
    // The longest first: $releasever_major is no $releasever.
    std::string release = text_member(definition_.mock, "releasever");
    if (release.empty())
        release = definition_.distr_version;
    std::size_t point = release.find('.');
    const std::vector<std::pair<std::string, std::string>> variables = {
        {"releasever_major", release.substr(0, point)},
        {"releasever_minor", point == release.npos ? "" : release.substr(point + 1)},
        {"releasever", release},
        {"basearch", base_arch(arch)},
        {"arch", arch}};
    std::vector<Repository> seen;
    for (const Repository& repository : definition_.repositories)
        if (repository.arch == arch && repository.mock_enabled && repository.type == "rpm") {
            seen.push_back(repository);
            seen.back().url = replaced(repository.url, variables);
            seen.back().mirrorlist = replaced(repository.mirrorlist, variables);
            for (std::string& key : seen.back().gpgkeys)
                key = replaced(key, variables);
        }
    return seen;
}

std::int64_t Platform::max_rounds() const
{
    const Json* wanted = definition_.mock.find("dynamic_buildrequires");
    const Json* max_loops = definition_.mock.find("dynamic_buildrequires_max_loops");
    if (wanted != nullptr && wanted->boolean() != nullptr && !*wanted->boolean())
        return 1;
    return max_loops != nullptr && max_loops->integer() != nullptr ? *max_loops->integer() : 10; // mock's own default
}

Result<Solving> Platform::solving() const
{
    Solving solving;
    std::vector<std::string> command = split_words(text_member(definition_.mock, "chroot_setup_cmd"));
    // mock's own default.
    if (command.empty())
        command = {"install", "@buildsys-build"};
    bool is_group = command[0] == "groupinstall";
    if (command[0] != "install" && !is_group)
        return fail(Kind::input,
                    format_text("chroot_setup_cmd of platform '{}' is no install command: '{}'", name(), command[0]));
    const Json* best = definition_.yum.find("best");
    if (best != nullptr && best->boolean() != nullptr)
        solving.best = *best->boolean();
    for (const std::string& word : texts_of(definition_.mock, "dnf_common_opts"))
        heed(solving, word);
    for (std::size_t i = 1; i < command.size(); ++i)
        if (command[i][0] == '-')
            heed(solving, command[i]);
        else
            solving.install.push_back((is_group ? "@" : "") + command[i]);
    for (std::string& glob : split_words(text_member(definition_.yum, "exclude")))
        solving.excludes.push_back(std::move(glob));
    for (const std::string& package : texts_of(definition_.mock, "additional_packages"))
        solving.install.push_back(package);
    solving.test_install = definition_.test_install.empty() ? solving.install : definition_.test_install;
    solving.module_enable = texts_of(definition_.mock, "module_enable");
    solving.module_platform_id = text_member(definition_.yum, "module_platform_id");
    solving.releasever = text_member(definition_.mock, "releasever");
    if (solving.releasever.empty())
        solving.releasever = definition_.distr_version;
    return solving;
}

} // namespace albs::platform
