// SPDX-License-Identifier: GPL-3.0-or-later
// The first lines of scripts.
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "subject.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

bool is_read_by_people(const rpm::File& file)
{
    return (file.flags & document_flag) != 0 || file.path.starts_with("/usr/share/doc/");
}

void inspect_line(const Subject& subject, const ScriptEntry& script, Faults& faults)
{
    const std::string& line = script.interpreter_line;
    const std::string what = format_text("'{}' begins with '#!{}'", script.path, line);
    const std::vector<std::string> words = split_words(line);
    const std::string program = words.empty() ? "" : words.front();
    if (line.ends_with('\r') || !program.starts_with('/') || program.starts_with("/builddir/") ||
        program.find("/BUILD") != program.npos) {
        faults.add("bad-interpreter", what);
        return;
    }
    const std::string name = sys::base_name(program);
    if (name == "env" || name == "python")
        faults.add("vague-interpreter", what);
    if (subject.knows_required && !subject.has_program(program))
        faults.add("missing-interpreter", what + ", which nothing at hand has");
}

} // namespace

void inspect_interpreters(const Subject& subject, Faults& faults)
{
    for (const ScriptEntry& script : subject.contents.scripts) {
        const rpm::File* file = subject.own->find(system_path(script.path));
        if (file == nullptr || (file->mode & 0111U) == 0 || is_read_by_people(*file))
            continue;
        faults.look_at("interpreters");
        inspect_line(subject, script, faults);
    }
}

} // namespace albs::test
