// SPDX-License-Identifier: GPL-3.0-or-later
// albs-echo: the smallest tool there can be, for tests only. It passes the manifest on while it does what libraries and
// children do wrong: it prints on stdout in every way. The laws run on it as on the real tools, and what no real tool
// can be made to do at a chosen moment (linger in a child, answer no, fail, keep temporaries) has an option here.
#include <cstdio>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/tool.hpp"
#include "sys/file.hpp"
#include "sys/parallel.hpp"
#include "sys/process.hpp"
#include "sys/temporary.hpp"

namespace {

using albs::Kind;
using albs::Manifest;
using albs::Result;
using albs::cli::Context;
using albs::cli::Outcome;
using albs::cli::Verdict;

struct Options {
    std::string answer = "yes";
    std::string fail;
    std::string document;
    std::string put;
    std::string set;
    std::int64_t linger = 0;
    std::vector<std::string> words;
};

void chatter()
{
    std::printf("chatter of a library\n");
    (void)std::fflush(stdout);
    (void)!::write(STDOUT_FILENO, "chatter by number\n", 18);
    // As a library would start a child: with our descriptors.
    char name[] = "/bin/echo";
    char text[] = "chatter of a child";
    char* argv[] = {name, text, nullptr};
    pid_t child = 0;
    if (::posix_spawn(&child, name, nullptr, nullptr, argv, environ) == 0)
        (void)::waitpid(child, nullptr, 0);
}

Result<Outcome> linger(Context& context, std::int64_t seconds)
{
    ALBS_TRY(auto directory, albs::sys::TemporaryDirectory::make("albs-echo"));
    ALBS_CHECK(albs::sys::write_file(directory.path() + "/file", "bytes"));
    context.messages.note("lingering");
    // The shell starts a child of its own, which must go as well.
    ALBS_TRY(albs::sys::ProcessResult finished,
             albs::sys::run({.argv = {"sh", "-c", "sleep " + std::to_string(seconds) + " & wait"}}));
    return Outcome{finished.status == 0 ? Verdict::yes : Verdict::no, {}};
}

Result<Outcome> echo(Context& context, Manifest& manifest, const Options& options)
{
    chatter();
    if (options.fail == "throw")
        throw std::runtime_error("thrown on purpose");
    if (options.fail == "temporary")
        return albs::fail(Kind::temporary, "failed on purpose");
    if (!options.fail.empty())
        return albs::fail(Kind::environment, "failed on purpose: '" + options.fail + "'");
    if (options.linger > 0)
        return linger(context, options.linger);
    if (!options.put.empty() && !context.dry_run()) {
        ALBS_TRY(albs::store::Workspace * workspace, context.workspace());
        ALBS_TRY(albs::Artifact artifact,
                 workspace->store().add_artifact(options.put, albs::sys::base_name(options.put), "file"));
        ALBS_CHECK(manifest.add(artifact));
    }
    if (!options.document.empty())
        return Outcome{Verdict::yes, options.document + "\n"};
    return Outcome{options.answer == "yes" ? Verdict::yes : Verdict::no, {}};
}

} // namespace

int main(int argc, char** argv)
{
    Options options;
    albs::cli::Tool tool{.name = "albs-echo", .summary = "pass a manifest on, with noise", .commands = {}};
    tool.commands.push_back(
        {.name = "",
         .summary = "pass a manifest on, with noise",
         .operands = "[MANIFEST]...",
         .options = {{.names = "--answer",
                      .value = "WORD",
                      .help = "the verdict",
                      .target = &options.answer,
                      .choices = {"yes", "no"}},
                     {.names = "--fail",
                      .value = "HOW",
                      .help = "fail: temporary, throw or any other word",
                      .target = &options.fail},
                     {.names = "--document",
                      .value = "TEXT",
                      .help = "write TEXT and no manifest",
                      .target = &options.document},
                     {.names = "-p,--put",
                      .value = "FILE",
                      .help = "put FILE into the store and record it",
                      .target = &options.put},
                     {.names = "--linger",
                      .value = "SECONDS",
                      .help = "wait in a child, with a temporary directory",
                      .target = &options.linger},
                     {.names = "--word",
                      .value = "WORD",
                      .help = "any word; may be given more than once",
                      .target = &options.words}},
         .examples = {"albs-echo < manifest.json"},
         .run = [&](Context& context, Manifest& manifest) { return echo(context, manifest, options); }});
    tool.commands.push_back(
        {.name = "say",
         .summary = "write the operands",
         .operands = "WORD...",
         .input = albs::cli::Input::operands,
         .options =
             {{.names = "--end", .value = "TEXT", .help = "what comes last", .target = &options.set, .required = true}},
         .examples = {"albs-echo say --end . hello"},
         .run = [&](Context& context, Manifest&) -> Result<Outcome> {
             std::string text;
             for (const std::string& word : context.operands)
                 text += word + " ";
             return Outcome{Verdict::yes, text + options.set + "\n"};
         }});
    return albs::cli::run(argc, argv, std::move(tool));
}
