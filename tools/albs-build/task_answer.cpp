// SPDX-License-Identifier: GPL-3.0-or-later
#include "task_answer.hpp"

#include <algorithm>
#include <set>
#include <sys/stat.h>

#include "albs/json/difference.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/visible.hpp"
#include "collect.hpp"
#include "run_task.hpp"
#include "sys/fd.hpp"
#include "task_request.hpp"

namespace albs::build {
namespace {

/// It was written by this version of albs-build, of what it was given.
Status check_origin(const Manifest& answer, const Manifest& request)
{
    if (answer.stages().size() != 1)
        return fail(Kind::input, "it is not the answer of one run of albs-build");
    const StageRecord& stage = answer.stages().front();
    if (stage.tool != "albs-build" || stage.version != ALBS_VERSION)
        return fail(Kind::input, format_text("it was written by {} {}, and this is albs-build {}", stage.tool,
                                             stage.version, ALBS_VERSION));
    if (stage.inputs != std::vector<std::string>{request.digest().hex()})
        return fail(Kind::input, "it is the answer to another request");
    return {};
}

/// The record of the one attempt that was asked for, which says nothing else than the request but what came of it.
Result<Task> answered_task(const Manifest& answer, const Manifest& request)
{
    const Task& asked = request.tasks().front();
    for (const Task& task : answer.tasks())
        if (plain_id(task) != asked.id)
            return fail(Kind::input, format_text("it has a record of another task, '{}'", task.id));
    if (answer.tasks().size() != 2)
        return fail(Kind::input, "it does not say what became of the task");
    Task task = answer.tasks().back();
    Task expected = answer_to(asked, task);
    expected.id = task.id;
    expected.follows = task.follows;
    const Json wanted = to_json(expected);
    const Json said = to_json(task);
    if (!(wanted == said)) {
        const Difference other = first_difference("task", wanted, said);
        return fail(Kind::input,
                    format_text("it is of another task: {} is {}, not {}", other.path, other.second, other.first));
    }
    return task;
}

class Objects {
public:
    Objects(const Manifest& answer, const store::Store& store, const Obtain& obtain)
        : answer_(answer), store_(store), obtain_(obtain)
    {
    }

    /// Where an object is, after its bytes were read and compared with its digest.
    Result<std::string> path(std::string_view digest) const
    {
        ALBS_CHECK(obtain_(digest));
        auto path = store_.path(digest);
        if (!path)
            return fail(std::move(path).error(), "what came of it is not in the store");
        return path;
    }
    /// The same as an artifact; its size is that of the object.
    Result<Artifact> artifact(std::string_view digest, const std::string& name, const std::string& kind) const
    {
        ALBS_TRY(std::string file, path(digest));
        struct stat status {};
        if (::stat(file.c_str(), &status) != 0)
            return sys::system_error("cannot read", file);
        return Artifact{
            .sha256 = digest, .size = status.st_size, .name = name, .kind = kind, .rpm = {}, .unsigned_sha256 = {}};
    }
    Result<const Artifact*> said_of(std::string_view digest) const
    {
        const Artifact* artifact = answer_.artifact(digest);
        if (artifact == nullptr)
            return fail(Kind::input, format_text("it names {} and does not say what that is", digest));
        return artifact;
    }

private:
    const Manifest& answer_;
    const store::Store& store_;
    const Obtain& obtain_;
};

/// The log, under the name that it has when the task is built here.
Result<Artifact> take_log(const Task& task, const Objects& objects, const SourcePackage& source)
{
    if (!task.log)
        return fail(Kind::input, "it has no log");
    const RpmInfo& info = source.package.info;
    ALBS_TRY(Artifact log,
             objects.artifact(*task.log,
                              format_text("{}-{}-{}.{}.log", info.name, info.version, info.release, task.arch), "log"));
    if (task.reason && task.reason->offset && (*task.reason->offset < 0 || *task.reason->offset > log.size))
        return fail(Kind::input, "its log ends before the cause that it names");
    return log;
}

/// The packages of a task that is ok, each as its own header says.
Result<Collection> take_packages(const Task& task, const Objects& objects, const SourcePackage& source)
{
    Collection collected;
    std::set<std::string> names;
    for (const JsonText& digest : task.artifacts) {
        if (digest == *task.log || digest == source.artifact.sha256)
            continue;
        ALBS_TRY(const Artifact* said, objects.said_of(digest));
        ALBS_TRY(std::string path, objects.path(digest));
        ALBS_TRY(ReadPackage read, read_built(path, said->name, source));
        if (read.refusal)
            return fail(Kind::input, read.refusal->message);
        if (!names.insert(std::string(said->name)).second)
            return fail(Kind::input, format_text("it has two packages '{}'", said->name));
        ALBS_TRY(Artifact artifact, objects.artifact(digest, said->name, "rpm"));
        artifact.rpm = std::move(read.info);
        collected.artifacts.push_back(std::move(artifact));
    }
    std::sort(collected.artifacts.begin(), collected.artifacts.end(),
              [](const Artifact& a, const Artifact& b) { return a.name.view() < b.name.view(); });
    return collected;
}

Result<std::vector<std::string>> needs_in(const Task& task, const Objects& objects, const store::Store& store)
{
    for (const JsonText& digest : task.artifacts) {
        ALBS_TRY(const Artifact* said, objects.said_of(digest));
        if (said->kind != "needs")
            continue;
        ALBS_CHECK(objects.path(digest));
        ALBS_TRY(std::string text, store.read(digest));
        return split_lines(text);
    }
    return std::vector<std::string>();
}

/// What it says of a failure, as far as that fits together.
Status take_reason(Task& built, const Task& answer)
{
    built.status = answer.status;
    built.reason = answer.reason;
    const bool is_ok = built.status == "ok";
    const bool is_not_for = built.reason && built.reason->kind == "arch";
    if (is_ok == built.reason.has_value() || (built.status == "skipped") != is_not_for)
        return fail(Kind::input, "its status and its reason do not fit together");
    if (built.reason) {
        built.reason->log = answer.log;
        for (std::string* text : {&built.reason->phase, &built.reason->kind, &built.reason->message})
            *text = escape_hidden(*text);
    }
    return {};
}

} // namespace

Result<Answer> answer_in(const std::string& text, const Manifest& request, TaskResult begun,
                         const SourcePackage& source, const store::Store& store, const Obtain& obtain)
{
    auto answer = Manifest::parse(text);
    if (!answer)
        return fail(std::move(answer).error(), "it is no manifest");
    ALBS_CHECK(check_origin(*answer, request));
    ALBS_TRY(Task task, answered_task(*answer, request));
    const Objects objects(*answer, store, obtain);
    Answer taken{std::move(begun), {}};
    Task& built = taken.result.task;
    ALBS_CHECK(take_reason(built, task));
    ALBS_TRY(Artifact log, take_log(task, objects, source));
    built.log = log.sha256;
    built.isolation = task.isolation;
    built.resources = task.resources;
    if (built.status == "ok") {
        ALBS_TRY(Collection collected, take_packages(task, objects, source));
        add_packages(taken.result, std::move(collected), source);
    } else {
        ALBS_TRY(taken.asks_for, needs_in(task, objects, store));
    }
    built.artifacts.push_back(log.sha256);
    taken.result.artifacts.push_back(std::move(log));
    return taken;
}

} // namespace albs::build
