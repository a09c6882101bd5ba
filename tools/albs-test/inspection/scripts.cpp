// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripts.hpp"

#include <sys/stat.h>

#include "base/text.hpp"
#include "subject.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

using Language = PackagedScript::Language;

/// "/usr/bin/env python3 -s": the language by its program.
std::optional<Language> language_of(const std::vector<std::string>& words)
{
    std::string name = words.empty() ? "" : sys::base_name(words.front());
    if (name == "env" && words.size() > 1)
        name = sys::base_name(words[1]);
    if (name == "sh" || name == "bash" || name == "dash")
        return Language::shell;
    if (name == "perl")
        return Language::perl;
    if (name.starts_with("python3") || name == "platform-python")
        return Language::python;
    return std::nullopt;
}

std::optional<Language> language_by_name(const std::string& path)
{
    if (path.ends_with(".py") && path.find("/python3") != path.npos)
        return Language::python;
    if (path.ends_with(".pm") && path.find("/perl5/") != path.npos)
        return Language::perl;
    if (path.starts_with("/etc/profile.d/") && path.ends_with(".sh"))
        return Language::shell;
    return std::nullopt;
}

/// Examples, templates, and what tests give to their programs to refuse.
bool is_for_show(const rpm::File& file)
{
    for (const char* place :
         {"/test/", "/tests/", "/testing/", "/templates/", "/usr/share/doc/", "/examples/", "/skel/"})
        if (file.path.find(place) != file.path.npos)
            return true;
    return (file.flags & document_flag) != 0;
}

} // namespace

std::vector<PackagedScript> scripts_of(const Subject& subject)
{
    std::vector<PackagedScript> list;
    for (const ScriptEntry& script : subject.contents.scripts) {
        const rpm::File* file = subject.own->find(system_path(script.path));
        const std::optional<Language> language = language_of(split_words(script.interpreter_line));
        if (file != nullptr && language && !is_for_show(*file) && !language_by_name(script.path))
            list.push_back({*language, script.path, ""});
    }
    for (const rpm::File& file : subject.package().files)
        if (const std::optional<Language> language = language_by_name(file.path);
            language && S_ISREG(file.mode) && !is_for_show(file) && (file.flags & ghost_flag) == 0 && file.size > 0)
            list.push_back({*language, file.path, ""});
    for (const rpm::Script& script : subject.privileges.scripts)
        if (language_of(script.program) == Language::shell && !script.text.empty())
            list.push_back({Language::shell, script.name, script.text});
    return list;
}

} // namespace albs::test
