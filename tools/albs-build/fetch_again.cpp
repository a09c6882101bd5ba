// SPDX-License-Identifier: GPL-3.0-or-later
// It is the work of another tool of the suite, which links what it takes to talk to git and to servers.
#include "fetch_again.hpp"

#include <algorithm>
#include <set>
#include <unistd.h>

#include "base/format.hpp"
#include "kept_objects.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"
#include "sys/temporary.hpp"

namespace albs::build {
namespace {

constexpr int contradiction = 4; // exit status

/// All files of its tree, or its source package.
Result<bool> is_whole(const Source& source, const store::Store& store)
{
    const std::string& content = content_of(source);
    if (!store.has(content))
        return false;
    if (!source.files)
        return true;
    ALBS_TRY(std::string tree, store.read(content));
    std::set<std::string> files;
    add_digests(tree, files);
    return std::all_of(files.begin(), files.end(), [&](const std::string& file) { return store.has(file); });
}

/// The one that was installed with this program, or the one in PATH.
Result<std::string> fetch_program()
{
    std::string self(4096, '\0');
    const ssize_t length = ::readlink("/proc/self/exe", self.data(), self.size());
    if (length > 0) {
        std::string beside = sys::directory_name(self.substr(0, static_cast<std::size_t>(length))) + "/albs-fetch";
        if (sys::exists(beside))
            return beside;
    }
    return sys::find_program("albs-fetch");
}

/// What this program was started with: proxies, certificates and credential helpers are for that one, too.
std::vector<std::string> environment()
{
    std::vector<std::string> words;
    for (char** one = environ; *one != nullptr; ++one)
        words.emplace_back(*one);
    return words;
}

std::string last_line(std::string text)
{
    while (text.ends_with('\n'))
        text.pop_back();
    const std::size_t start = text.rfind("error: ");
    return start == std::string::npos ? text.substr(text.rfind('\n') + 1)
                                      : text.substr(start + 7, text.find('\n', start) - start - 7);
}

} // namespace

Status fetch_again(const Manifest& manifest, const std::vector<std::string>& sources,
                   const std::vector<std::string>& lookaside, cli::Context& context)
{
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    Manifest lacking;
    for (const std::string& id : sources) {
        const Source* source = manifest.source(id);
        if (source == nullptr)
            continue;
        ALBS_TRY(bool is_there, is_whole(*source, workspace->store()));
        if (is_there)
            continue;
        ALBS_CHECK(lacking.add(*source));
        if (const Artifact* content = manifest.artifact(content_of(*source)))
            ALBS_CHECK(lacking.add(*content));
    }
    if (lacking.sources().empty())
        return {};
    context.messages.note(format_text("fetching {} sources that the workspace lacks", lacking.sources().size()));
    ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("sources"));
    const std::string list = directory.path() + "/sources.json";
    ALBS_CHECK(sys::write_file(list, lacking.text() + "\n"));
    sys::Command command;
    ALBS_TRY(std::string program, fetch_program());
    command.argv = {std::move(program),      "--from", list, "-o", directory.path() + "/fetched.json", "--workspace",
                    context.workspace_path()};
    for (const std::string& server : lookaside) {
        command.argv.emplace_back("--lookaside");
        command.argv.push_back(server);
    }
    command.environment = environment();
    ALBS_TRY(sys::ProcessResult ended, sys::run(command));
    if (ended.status == contradiction)
        return fail(Kind::trust, "sources are not what the manifest records: " + last_line(ended.err));
    if (ended.status != 0)
        context.messages.warning(format_text("not all sources could be fetched (albs-fetch, status {}): {}",
                                             ended.status, last_line(ended.err)));
    return {};
}

} // namespace albs::build
