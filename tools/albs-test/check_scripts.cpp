// SPDX-License-Identifier: GPL-3.0-or-later
#include "check_scripts.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/format.hpp"
#include "base/text.hpp"
#include "inspect.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

using Language = PackagedScript::Language;

/// Reads each file, and prints "syntax\tPATH\tWHY", or "import\tPATH\tNAME" for each module that the file imports
/// whatever happens and that is not found. Nothing is imported: only the finder is asked, and only for the first name.
constexpr const char* python_reader = R"py(
import ast, importlib.util, os, sys
def found(name):
    try:
        return importlib.util.find_spec(name) is not None
    except ValueError:
        return True
    except Exception:
        return False
usual = list(sys.path)
for path in sys.argv[1:]:
    try:
        with open(path, 'rb') as file:
            tree = ast.parse(file.read(), path)
    except (SyntaxError, ValueError) as error:
        print('syntax', path, str(error).replace('\n', ' '), sep='\t')
        continue
    except OSError:
        continue
    places = [os.path.dirname(path)]
    for place in ('/site-packages/', '/dist-packages/'):
        if place in path:
            places.append(path[:path.index(place) + len(place)])
    while os.path.exists(places[0] + '/__init__.py'):
        places[0] = os.path.dirname(places[0])
    sys.path = places + usual
    importlib.invalidate_caches()
    for node in tree.body:
        names = []
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        for name in names:
            if not found(name.split('.')[0]):
                print('import', path, name, sep='\t')
)py";

std::vector<std::string> paths_of(const TestedPackage& subject, Language language)
{
    std::vector<std::string> paths;
    for (const PackagedScript& script : subject.scripts)
        if (script.language == language && script.text.empty())
            paths.push_back(script.path);
    return paths;
}

/// A command line has room for about two megabytes; a path is 4 KiB at most.
constexpr std::size_t batch = 200;

std::vector<std::string> part_of(const std::vector<std::string>& paths, std::size_t from)
{
    return {paths.begin() + static_cast<std::ptrdiff_t>(from),
            paths.begin() + static_cast<std::ptrdiff_t>(std::min(from + batch, paths.size()))};
}

/// find(1) starts COMMAND FILE for each file, so that one sandbox is enough.
std::vector<std::string> for_each_file(const std::vector<std::string>& paths, const std::vector<std::string>& command)
{
    std::vector<std::string> argv = {"find", "-L"};
    argv.insert(argv.end(), paths.begin(), paths.end());
    for (const char* word : {"-maxdepth", "0", "-exec"})
        argv.emplace_back(word);
    argv.insert(argv.end(), command.begin(), command.end());
    argv.insert(argv.end(), {"{}", ";"});
    return argv;
}

/// bwrap, or find, did not find the program that it was to start.
bool lacks(const Step& step, const std::string& program)
{
    return step.log.find("execvp " + program + ": ") != step.log.npos ||
           step.log.find("find: '" + program + "': No such file") != step.log.npos;
}

/// Files that a shell does not accept, each with what it says first: "PATH: line 2: syntax error: unexpected end of
/// file". SHELL: bash, or sh where the root has no bash.
Result<std::map<std::string, std::string>> refused_by(Root& root, std::vector<std::string>& shell,
                                                      const std::vector<std::string>& paths)
{
    std::map<std::string, std::string> refused;
    ALBS_TRY(Step step, root.command(for_each_file(paths, shell), {}));
    if (lacks(step, shell.front())) {
        shell = {"sh", "-n"};
        ALBS_TRY(step, root.command(for_each_file(paths, shell), {}));
    }
    for (const std::string& line : split_lines(step.log))
        for (const std::string& path : paths)
            if (line.starts_with(path + ": ") && line.find("rror") != line.npos)
                refused.emplace(path, line);
    return refused;
}

Status check_shell(Root& root, const TestedPackage& subject, Faults& faults)
{
    std::vector<std::string> shell = {"bash", "-n"};
    const std::vector<std::string> paths = paths_of(subject, Language::shell);
    for (std::size_t i = 0; i < paths.size(); i += batch) {
        ALBS_TRY(auto refused, refused_by(root, shell, part_of(paths, i)));
        // What a script sets itself before bash reads the rest.
        if (shell.front() == "bash" && !refused.empty()) {
            std::vector<std::string> again;
            for (const auto& [path, line] : refused)
                again.push_back(path);
            std::vector<std::string> with_patterns = {"bash", "-O", "extglob", "-n"};
            ALBS_TRY(refused, refused_by(root, with_patterns, again));
        }
        for (const auto& [path, line] : refused)
            faults.add("shell-syntax", line);
    }
    for (const PackagedScript& script : subject.scripts) {
        if (script.language != Language::shell || script.text.empty() || script.text.size() > (std::size_t{64} << 10))
            continue;
        auto read = [&] { return root.command({shell.front(), "-n", "-c", script.text}, {}); };
        ALBS_TRY(Step step, read());
        if (lacks(step, shell.front())) {
            shell.front() = "sh";
            ALBS_TRY(step, read());
        }
        if (!step.ok && step.log.find("rror") != step.log.npos)
            faults.add("shell-syntax", format_text("{}: {}", script.path, split_lines(step.log).front()));
    }
    faults.look_at("shell");
    return {};
}

Status check_python(Root& root, const TestedPackage& subject, Faults& faults)
{
    const std::vector<std::string> paths = paths_of(subject, Language::python);
    for (std::size_t i = 0; i < paths.size(); i += batch) {
        std::vector<std::string> argv = {"python3", "-I", "-c", python_reader};
        for (const std::string& path : part_of(paths, i))
            argv.push_back(path);
        ALBS_TRY(Step step, root.command(argv, {}));
        if (lacks(step, "python3")) {
            faults.skip("python", "the root has no python3");
            faults.skip("imports", "the root has no python3");
            return {};
        }
        for (const std::string& line : split_lines(step.log)) {
            const std::size_t first = line.find('\t');
            const std::size_t second = first == line.npos ? first : line.find('\t', first + 1);
            if (second == line.npos)
                continue;
            const std::string path = line.substr(first + 1, second - first - 1);
            if (line.starts_with("syntax\t"))
                faults.add("python-syntax", format_text("'{}': {}", path, line.substr(second + 1)));
            else if (line.starts_with("import\t"))
                faults.add("missing-import",
                           format_text("'{}' imports '{}', which is not found", path, line.substr(second + 1)));
        }
    }
    faults.look_at("python");
    faults.look_at("imports");
    return {};
}

/// Where packages of EL put modules, which a perl of another distribution does not know.
constexpr const char* perl_places[] = {"-I/usr/share/perl5/vendor_perl", "-I/usr/lib64/perl5/vendor_perl"};

Status check_perl(Root& root, const TestedPackage& subject, Faults& faults)
{
    const std::vector<std::string> paths = paths_of(subject, Language::perl);
    for (std::size_t i = 0; i < paths.size(); i += batch) {
        const std::vector<std::string> part = part_of(paths, i);
        std::vector<std::string> command = {"perl"};
        command.insert(command.end(), std::begin(perl_places), std::end(perl_places));
        command.emplace_back("-c");
        ALBS_TRY(Step step, root.command(for_each_file(part, command), {}));
        if (lacks(step, "perl")) {
            faults.skip("perl", "the root has no perl");
            return {};
        }
        std::set<std::string> told;
        for (const std::string& line : split_lines(step.log))
            for (const std::string& path : part)
                if (line.find(" at " + path + " line ") != line.npos && line.starts_with("syntax error") &&
                    told.insert(path).second)
                    faults.add("perl-syntax", line);
    }
    faults.look_at("perl");
    return {};
}

bool has(const TestedPackage& subject, Language language)
{
    return std::any_of(subject.scripts.begin(), subject.scripts.end(),
                       [&](const PackagedScript& script) { return script.language == language; });
}

} // namespace

Status check_scripts(Root& root, TestedPackage& subject, const SkipRules& rules)
{
    Faults faults;
    if (has(subject, Language::shell))
        ALBS_CHECK(check_shell(root, subject, faults));
    if (has(subject, Language::python))
        ALBS_CHECK(check_python(root, subject, faults));
    if (has(subject, Language::perl))
        ALBS_CHECK(check_perl(root, subject, faults));
    report_faults(subject, faults, rules);
    return {};
}

void skip_scripts(TestedPackage& subject, const SkipRules& rules, const std::string& reason)
{
    Faults faults;
    if (has(subject, Language::shell) && !subject.has("inspect/shell"))
        faults.skip("shell", reason);
    if (has(subject, Language::python) && !subject.has("inspect/python")) {
        faults.skip("python", reason);
        faults.skip("imports", reason);
    }
    if (has(subject, Language::perl) && !subject.has("inspect/perl"))
        faults.skip("perl", reason);
    report_faults(subject, faults, rules);
}

} // namespace albs::test
