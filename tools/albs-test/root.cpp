// SPDX-License-Identifier: GPL-3.0-or-later
#include "root.hpp"

#include <algorithm>
#include <sstream>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"

namespace albs::test {
namespace {

constexpr std::int64_t max_log = std::int64_t{16} << 20;

/// The line that tells most about why rpm failed.
std::string first_cause(const std::vector<std::string>& lines)
{
    for (const char* sign : {"scriptlet failed", "does not exist - using root", "conflicts ", "error: ", "warning: "})
        for (const std::string& line : lines)
            if (std::size_t at = line.find(sign); at != line.npos && !line.starts_with("$ ")) {
                std::string_view text = trimmed(line);
                for (const char* prefix : {"error: ", "warning: "})
                    if (text.starts_with(prefix))
                        text.remove_prefix(std::string_view(prefix).size());
                return std::string(text);
            }
    return "";
}

/// Debian's rpm says that it is not meant to be used, whatever it installs into.
std::string without_debians_words(const std::string& log)
{
    std::string rest;
    for (const std::string& line : split_lines(log))
        if (!line.starts_with("rpm: RPM should not be used directly") &&
            !line.starts_with("rpm: However assuming you know what you are doing"))
            rest += line + "\n";
    return rest;
}

std::string command_line(const std::vector<std::string>& words)
{
    std::string line = "$";
    for (const std::string& word : words)
        line += " " + word;
    return line + "\n";
}

} // namespace

Result<Root> Root::make(const BaseRoot& base, const std::vector<std::string>& directories, std::int64_t timeout_s)
{
    auto view =
        base.is_machine ? sandbox::View::make(directories) : sandbox::View::over(base.root.layers, {}, base.emulation);
    if (!view)
        return tl::unexpected(std::move(view).error());
    ALBS_TRY(sys::TemporaryDirectory logs, sys::TemporaryDirectory::make("test"));
    return Root(base, *std::move(view), std::move(logs), timeout_s);
}

/// Of this machine there is no database yet, and Debian's rpm wants to be told twice.
std::vector<std::string> Root::rpm_words(const std::vector<std::string>& words) const
{
    std::vector<std::string> argv = {"rpm", "--define", "_pkgverify_level digest"};
    const bool installs = !words.empty() && (words.front() == "-U" || words.front() == "-e");
    if (base_->is_machine)
        argv.insert(argv.end(), {"--dbpath", "/var/lib/rpm"});
    if (base_->is_machine && installs && sys::exists("/etc/debian_version"))
        argv.emplace_back("--force-debian");
    argv.insert(argv.end(), words.begin(), words.end());
    return argv;
}

/// Where what was written lies: all of it in one place over a root of a platform.
std::vector<std::string> Root::tops() const
{
    return base_->is_machine ? std::vector<std::string>{view_.written(), view_.root()}
                             : std::vector<std::string>{view_.written()};
}

bool Root::is_of_base(const std::string& path) const
{
    struct stat status {};
    if (!base_->is_machine)
        return base_->has_path(path);
    return path.starts_with("/usr/") && ::lstat(path.c_str(), &status) == 0;
}

Result<Step> Root::command(const std::vector<std::string>& argv, const std::vector<PackageFile>& packages,
                           const std::string& directory)
{
    return run(sandbox::User::root, argv, packages, directory);
}

Result<Step> Root::run(sandbox::User user, const std::vector<std::string>& argv,
                       const std::vector<PackageFile>& packages, const std::string& directory)
{
    sandbox::Job job;
    job.argv = argv;
    job.view = &view_;
    job.user = user;
    job.directory = directory;
    job.log_file = logs_.path() + "/" + std::to_string(++steps_);
    job.limits.timeout_ms = timeout_s_ * 1000;
    job.limits.log_bytes = max_log;
    for (const PackageFile& package : packages)
        job.mounts.push_back({package.path, "/builddir/" + package.name, false});
    if (!wreck_.empty())
        return Step{.ok = false, .reason = wreck_, .log = "(" + wreck_ + ")\n"};
    Result<sandbox::JobResult> started = sandbox::run(job);
    if (!started)
        return wrecked(std::move(started).error());
    const sandbox::JobResult& ended = *started;
    Step step;
    ALBS_TRY(step.log, sys::read_file(job.log_file));
    step.ok = ended.finished.status == 0;
    if (ended.finished.timed_out)
        step.reason = "not done after " + std::to_string(timeout_s_) + " s";
    else if (ended.finished.output_exceeded)
        step.reason = "more than " + std::to_string(max_log >> 20) + " MiB of messages";
    else if (!step.ok)
        step.reason = "status " + std::to_string(ended.finished.status);
    step.ok = step.reason.empty();
    step.log = step.log + (step.ok ? "" : "(" + step.reason + ")\n");
    return step;
}

/// Packages may do with their root what they want, and what they did is no trouble of the machine.
Result<Step> Root::wrecked(Error error)
{
    if (error.kind != Kind::environment || steps_ < 2)
        return tl::unexpected(std::move(error));
    ALBS_TRY(Root another, Root::make(*base_, {}, timeout_s_));
    ALBS_CHECK(another.command({"true"}, {}));
    wreck_ = "nothing starts in its root any more: " + error.message;
    return Step{.ok = false, .reason = wreck_, .log = "(" + wreck_ + ")\n"};
}

Result<Step> Root::rpm(const std::vector<std::string>& words, const std::vector<PackageFile>& packages)
{
    std::vector<std::string> all = words;
    for (const PackageFile& package : packages)
        all.push_back("/builddir/" + package.name);
    ALBS_TRY(Step step, run(sandbox::User::installer, rpm_words(all), packages, "/"));
    step.log = without_debians_words(step.log);
    std::vector<std::string> lines = split_lines(step.log);
    bool warned = false;
    for (const char* sign : {" scriptlet failed, ", " does not exist - using root"})
        warned = warned || step.log.find(sign) != step.log.npos;
    std::string cause = first_cause(lines);
    bool ended_by_us = step.reason.starts_with("not done") || step.reason.starts_with("more than");
    if ((!step.ok || warned) && !cause.empty() && !ended_by_us)
        step.reason = cause;
    step.ok = step.ok && !warned;
    for (std::string& word : all)
        if (word.starts_with("/builddir/"))
            word = word.substr(10);
    all.insert(all.begin(), "rpm");
    step.log = command_line(all) + step.log;
    return step;
}

Result<Step> Root::verify(const std::string& nevra)
{
    std::vector<std::string> words = {"-V", "--nodeps", nevra};
    ALBS_TRY(Step step, run(sandbox::User::installer, rpm_words(words), {}, "/"));
    step.log = command_line({"rpm", "-V", "--nodeps", nevra}) + step.log;
    if (step.ok || !wreck_.empty() || step.reason.starts_with("not done"))
        return step;
    // "S.5....T.  c /etc/hello.conf": nine tests, then the kind of file (c: configuration, g: ghost), then the path.
    int wrong = 0;
    std::string first;
    for (const std::string& line : split_lines(step.log)) {
        std::size_t path = line.find("   /");
        std::size_t marked = line.find(" /");
        if (line.starts_with("$ ") || marked == line.npos)
            continue;
        char kind = path == line.npos && marked > 0 ? line[marked - 1] : ' ';
        if (kind == 'g' || (kind == 'c' && !line.starts_with("missing")))
            continue; // may be changed, or need not be there
        if (wrong++ == 0)
            first = trimmed(line);
    }
    step.ok = wrong == 0 && step.reason.starts_with("status 1");
    if (wrong > 0)
        step.reason = format_text("not as packaged: {}{}", first,
                                  wrong > 1 ? format_text(" (and {} more)", wrong - 1) : std::string());
    return step;
}

Status Root::refresh_libraries()
{
    if (!base_->is_machine || !sys::exists("/sbin/ldconfig"))
        return {};
    ALBS_TRY(Step step, command({"ldconfig"}, {}));
    (void)step; // it warns of links that packages bring; whether libraries are found is another question
    return {};
}

Result<std::set<std::string>> Root::paths() const
{
    sys::Command command;
    command.argv = view_.enter();
    for (const char* word : {"find", "-P"})
        command.argv.emplace_back(word);
    for (const std::string& top : tops())
        command.argv.push_back(top);
    // Not into the overlays, whose written part is looked at by itself; whiteouts are no files.
    for (const char* word : {"-xdev", "-mindepth", "1", "!", "-type", "c", "-printf", "%P\\0"})
        command.argv.emplace_back(word);
    ALBS_TRY(sys::ProcessResult found, sys::run_checked(command));
    std::set<std::string> paths;
    for (std::size_t start = 0; start < found.out.size();) {
        std::size_t end = found.out.find('\0', start);
        std::string path = "/" + found.out.substr(start, end - start);
        start = end == found.out.npos ? found.out.size() : end + 1;
        bool ours = false;
        for (const char* where : {"/builddir", "/dev/", "/var/lib/rpm/", "/usr/lib/sysimage/rpm/",
                                  "/var/cache/ldconfig/", "/etc/ld.so.cache"})
            ours = ours || path.starts_with(where);
        if (!ours && !is_of_base(path))
            paths.insert(std::move(path));
    }
    return paths;
}

Result<BaseChanges> Root::base_changes() const
{
    sys::Command command;
    command.argv = view_.enter();
    // A whiteout of an overlay is a character device.
    for (const std::string& word : {std::string("find"), std::string("-P"), view_.written(), std::string("-xdev"),
                                    std::string("-mindepth"), std::string("1"), std::string("!"), std::string("-type"),
                                    std::string("d"), std::string("-printf"), std::string("%y%P\\0")})
        command.argv.push_back(word);
    ALBS_TRY(sys::ProcessResult found, sys::run_checked(command));
    BaseChanges changes;
    for (std::size_t start = 0; start < found.out.size();) {
        const std::size_t end = std::min(found.out.find('\0', start), found.out.size());
        const std::string path = "/" + found.out.substr(start + 1, end - start - 1);
        if (is_of_base(path))
            (found.out[start] == 'c' ? changes.gone : changes.changed).insert(path);
        start = end + 1;
    }
    return changes;
}

Status Root::save(const std::string& directory) const
{
    ALBS_CHECK(sys::make_directories(directory));
    // Scriptlets can set bits by which others would run a program as this user.
    if (::chmod(directory.c_str(), 0700) != 0)
        return sys::system_error("cannot set the mode of", directory);
    ALBS_TRY(std::string there, view_.namespaces().lend(directory, true));
    for (const std::string& top : tops()) {
        sys::Command command;
        command.argv = view_.enter();
        for (const std::string& word : {std::string("cp"), std::string("-a"), std::string("-x"), top + "/.", there})
            command.argv.push_back(word);
        ALBS_CHECK(sys::run_checked(command));
    }
    return {};
}

} // namespace albs::test
