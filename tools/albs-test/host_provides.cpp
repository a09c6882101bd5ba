// SPDX-License-Identifier: GPL-3.0-or-later
#include "host_provides.hpp"

#include <algorithm>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"

namespace albs::test {
namespace {

/// stdout of a program; empty if there is no such program or it fails: then the machine does not offer that.
std::string said_by(std::vector<std::string> argv, const std::string& input = {})
{
    sys::Command command;
    command.argv = std::move(argv);
    command.input = input;
    auto finished = sys::run(command);
    return finished && finished->status == 0 ? std::move(finished->out) : std::string();
}

/// "libz.so.1(ZLIB_1.2.9)(64bit)" is "64/libz.so.1".
std::string library_key(const std::string& name)
{
    return (name.ends_with("(64bit)") ? "64/" : "32/") + name.substr(0, name.find('('));
}

bool is_library(const std::string& name)
{
    std::size_t bracket = name.find('(');
    return bracket != name.npos && name.substr(0, bracket).find(".so") != name.npos;
}

/// "Digest::SHA" of "perl(Digest::SHA)".
std::string inner(const std::string& name)
{
    std::size_t open = name.find('(');
    std::size_t close = name.rfind(')');
    return open == name.npos || close == name.npos || close < open ? "" : name.substr(open + 1, close - open - 1);
}

/// Perl's own directories for modules hold the file, and rpm's own generator says what it provides.
std::vector<std::string> perl_module(const std::string& module)
{
    std::string path = module;
    for (std::size_t at = 0; (at = path.find("::", at)) != path.npos;)
        path.replace(at, 2, "/");
    for (const std::string& directory : split_lines(said_by({"perl", "-e", "print \"$_\\n\" for @INC"})))
        if (std::string file = directory + "/" + path + ".pm"; sys::exists(file))
            return split_lines(said_by({"/usr/lib/rpm/perl.prov", file}));
    return {};
}

std::vector<std::string> one_line(const std::string& prefix, const std::string& output)
{
    std::vector<std::string> lines = split_lines(output);
    return lines.empty() ? std::vector<std::string>() : std::vector<std::string>{prefix + lines.front()};
}

std::vector<std::string> python_abi()
{
    return one_line("python(abi) = ",
                    said_by({"python3", "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"}));
}

/// "(bash >= 4 and perl(Foo))" has the names "bash" and "perl(Foo)"; what is not rich has one.
std::vector<std::string> names_in(const std::string& requirement)
{
    if (!requirement.starts_with('('))
        return {requirement.substr(0, requirement.find(' '))};
    static const std::set<std::string> words{"and", "or", "if", "unless", "else", "with", "without"};
    std::vector<std::string> names;
    bool is_version = false;
    for (std::string word : split_words(requirement)) {
        word.erase(0, std::min(word.find_first_not_of('('), word.size()));
        while (std::count(word.begin(), word.end(), ')') > std::count(word.begin(), word.end(), '('))
            word.pop_back();
        const bool compares = word.find_first_not_of("<=>") == word.npos;
        if (!compares && !is_version && !words.contains(word) && !word.empty())
            names.push_back(word);
        is_version = compares && !word.empty();
    }
    return names;
}

} // namespace

bool HostProvides::has_database()
{
    for (const char* path : {"/var/lib/rpm/rpmdb.sqlite", "/var/lib/rpm/Packages", "/var/lib/rpm/Packages.db",
                             "/usr/lib/sysimage/rpm/rpmdb.sqlite"})
        if (sys::exists(path))
            return !sys::exists("/var/lib/dpkg/status"); // Debian's rpm can leave an empty one
    return false;
}

Status HostProvides::read_libraries()
{
    if (libraries_read_)
        return {};
    libraries_read_ = true;
    // "	libz.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libz.so.1"
    for (const std::string& line : split_lines(said_by({"/sbin/ldconfig", "-p"}))) {
        std::size_t kind = line.find(" (");
        std::size_t arrow = line.find(" => ");
        if (kind == line.npos || arrow == line.npos || line[0] != '\t')
            continue;
        std::string traits = line.substr(kind, arrow - kind);
        bool wide = traits.find("64") != traits.npos || traits.find("s390x") != traits.npos;
        libraries_.try_emplace((wide ? "64/" : "32/") + line.substr(1, kind - 1), line.substr(arrow + 4));
    }
    return {};
}

Status HostProvides::read_packages()
{
    if (packages_read_)
        return {};
    packages_read_ = true;
    std::string listed = said_by({"dpkg-query", "-W", "-f", "${db:Status-Status} ${Package} ${Version}\\n"});
    for (const std::string& line : split_lines(listed)) {
        std::istringstream words(line);
        std::string status;
        std::string name;
        std::string version;
        if (words >> status >> name >> version && status == "installed")
            packages_[name] = version;
    }
    return {};
}

Result<std::vector<std::string>> HostProvides::provides_for(const std::vector<std::string>& requirements)
{
    std::set<std::string> offer;
    std::set<std::string> wanted_names;
    std::string library_files;
    for (const std::string& requirement : requirements)
        for (std::string& name : names_in(requirement))
            wanted_names.insert(std::move(name));
    for (const std::string& name : wanted_names) {
        std::vector<std::string> found;
        if (name.starts_with('/')) {
            if (sys::exists(name))
                found = {name};
        } else if (is_library(name)) {
            ALBS_CHECK(read_libraries());
            auto library = libraries_.find(library_key(name));
            if (library != libraries_.end())
                library_files += library->second + "\n";
        } else if (name.starts_with("rtld(")) {
            // By hand in every glibc package; glibc's dynamic linker has had it since 2.5 (2006).
            ALBS_CHECK(read_libraries());
            if (libraries_.contains("64/libc.so.6") || libraries_.contains("32/libc.so.6"))
                found = {name};
        } else if (name.starts_with("perl(")) {
            found = perl_module(inner(name));
        } else if (name.starts_with("pkgconfig(")) {
            found = one_line(name + " = ", said_by({"pkg-config", "--modversion", "--", inner(name)}));
        } else if (name == "python(abi)") {
            found = python_abi();
        } else if (name.find('(') == name.npos) {
            ALBS_CHECK(read_packages());
            auto package = packages_.find(name);
            if (package != packages_.end())
                found = {name + " = " + package->second};
        }
        offer.insert(found.begin(), found.end());
    }
    // rpm's own answer, symbol versions and all.
    if (!library_files.empty())
        for (std::string& line : split_lines(said_by({"/usr/lib/rpm/elfdeps", "--provides"}, library_files)))
            offer.insert(std::move(line));
    offer.erase("");
    return std::vector<std::string>(offer.begin(), offer.end());
}

} // namespace albs::test
