// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/custody.hpp"

#include "base/digest.hpp"
#include "base/format.hpp"
#include "base/time.hpp"
#include "base/url.hpp"
#include "sys/file.hpp"

namespace albs::cli {
namespace {

/// A password in a URL would be known to everybody who reads the manifest.
Json without_secrets(const Json& value)
{
    if (const JsonText* text = value.string())
        return albs::without_secrets(*text);
    if (const Json::Array* elements = value.elements()) {
        Json list = Json::array();
        for (const Json& element : *elements)
            list.push(without_secrets(element));
        return list;
    }
    if (const Json::Object* members = value.members()) {
        Json object = Json::object();
        for (const auto& [key, member] : *members)
            object.set(key, without_secrets(member));
        return object;
    }
    return value;
}

} // namespace

Custody::Custody(const Tool& tool, const Command& command, const ParsedCommand& parsed, std::vector<std::string> inputs)
{
    record_.tool = tool.name + (command.name.empty() ? "" : " " + command.name);
    record_.version = ALBS_VERSION;
    record_.parameters = parsed.parameters;
    if (command.input != Input::manifests && !parsed.operands.empty())
        record_.parameters.set("operands", Json::strings(parsed.operands));
    record_.parameters = without_secrets(record_.parameters);
    record_.inputs = std::move(inputs);
    record_.id = sha256(canonical_json(Json::object({{"tool", record_.tool},
                                                     {"version", record_.version},
                                                     {"parameters", record_.parameters},
                                                     {"inputs", Json::strings(record_.inputs)}})))
                     .hex();
}

std::int64_t Custody::start(Context& context)
{
    std::int64_t now = current_time();
    started_ = now;
    auto fixed = given_source_date_epoch();
    if (context.dry_run() || (fixed && *fixed) || !sys::exists(context.workspace_path()))
        return now;
    auto workspace = context.workspace();
    if (!workspace)
        return now;
    auto remembered = (*workspace)->recall("stages", record_.id);
    // "STARTED FINISHED SEAL": 20, 20 and 64 characters.
    if (!remembered || remembered->size() != 106)
        return now;
    auto started = parse_time(remembered->substr(0, 20));
    if (!started)
        return now;
    remembered_finish_ = remembered->substr(21, 20);
    remembered_seal_ = remembered->substr(42);
    return *started;
}

Status Custody::seal(Context& context, Manifest& manifest, const Outcome& outcome)
{
    // The same stage twice on the same manifest adds nothing.
    for (const StageRecord& stage : manifest.stages())
        if (stage.id == record_.id)
            return fail(Kind::input, "the manifest has been through this very run of " + record_.tool + " already");
    record_.verdict = outcome.verdict == Verdict::yes ? "yes" : "no";
    record_.failures = outcome.failures;
    record_.seal = manifest.seal(false).hex();
    // The remembered times are those of a run that came to this very result; a branch that moved is another result.
    bool same = record_.seal == remembered_seal_;
    record_.started = format_time(same ? context.started : started_);
    record_.finished = same ? remembered_finish_ : format_time(current_time());
    ALBS_CHECK(manifest.add(record_));
    if (context.dry_run() || !sys::exists(context.workspace_path()))
        return {};
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    return workspace->remember("stages", record_.id,
                               format_text("{} {} {}", record_.started, record_.finished, record_.seal));
}

} // namespace albs::cli
