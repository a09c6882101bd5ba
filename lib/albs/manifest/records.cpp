// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/records.hpp"

#include "albs/json/fields.hpp"

namespace albs {
namespace {

LookasideFile read_lookaside(Fields& file)
{
    return {.path = file.relative_path("path"),
            .algorithm = file.string("algorithm"),
            .digest = file.string("digest"),
            .sha256 = file.sha256("sha256"),
            .size = file.size("size"),
            .url = file.string("url")};
}

Json to_json(const LookasideFile& file)
{
    return Json::object({{"path", file.path},
                         {"algorithm", file.algorithm},
                         {"digest", file.digest},
                         {"sha256", file.sha256},
                         {"size", file.size},
                         {"url", file.url}});
}

Result<RpmInfo> read_rpm(const Json& record)
{
    Fields in(record);
    RpmInfo rpm{.name = in.string("name"),
                .epoch = in.optional_integer("epoch"),
                .version = in.string("version"),
                .release = in.string("release"),
                .arch = in.string("arch"),
                .nevra = in.string("nevra"),
                .sourcerpm = in.optional_string("sourcerpm"),
                .header_sha256 = in.sha256("header_sha256"),
                .payload_sha256 = in.optional_string("payload_sha256")};
    ALBS_CHECK(in.done());
    return rpm;
}

Json to_json(const RpmInfo& rpm)
{
    return Json::object({{"name", rpm.name},
                         {"epoch", optional_json(rpm.epoch)},
                         {"version", rpm.version},
                         {"release", rpm.release},
                         {"arch", rpm.arch},
                         {"nevra", rpm.nevra},
                         {"sourcerpm", optional_json(rpm.sourcerpm)},
                         {"header_sha256", rpm.header_sha256},
                         {"payload_sha256", optional_json(rpm.payload_sha256)}});
}

Result<Reason> read_reason(const Json& record)
{
    Fields in(record);
    Reason reason{.phase = in.string("phase"),
                  .kind = in.string("kind"),
                  .message = in.string("message"),
                  .log = in.optional_sha256("log"),
                  .offset = in.optional_integer("offset")};
    ALBS_CHECK(in.done());
    return reason;
}

Json to_json(const Reason& reason)
{
    return Json::object({{"phase", reason.phase},
                         {"kind", reason.kind},
                         {"message", reason.message},
                         {"log", optional_json(reason.log)},
                         {"offset", optional_json(reason.offset)}});
}

} // namespace

template <> Result<Source> read_record<Source>(const Json& record)
{
    Fields in(record);
    Source source{.id = in.string("id"),
                  .kind = in.one_of("kind", {"git", "srpm", "directory"}),
                  .name = in.string("name"),
                  .url = in.optional_string("url"),
                  .ref = in.optional_string("ref"),
                  .commit = in.optional_string("commit"),
                  .tree = in.optional_string("tree"),
                  .commit_time = in.optional_time("commit_time"),
                  .layout = in.optional_string("layout"),
                  .spec = in.optional_string("spec"),
                  .signature = {},
                  .lookaside = {},
                  .srpm = in.sha256("srpm"),
                  .source_date_epoch = in.integer("source_date_epoch")};
    Json signature_value = in.value("signature");
    Fields signature(signature_value);
    source.signature = {signature.string("status"), signature.optional_string("key"),
                        signature.optional_string("signer")};
    if (Status good = signature.done(); !good)
        in.complain("signature", good.error().message);
    for (const Json* element : in.objects("lookaside")) {
        Fields file(*element);
        source.lookaside.push_back(read_lookaside(file));
        if (Status good = file.done(); !good)
            in.complain("lookaside", good.error().message);
    }
    ALBS_CHECK(in.done());
    return source;
}

Json to_json(const Source& source)
{
    Json lookaside = Json::array();
    for (const LookasideFile& file : source.lookaside)
        lookaside.push(to_json(file));
    return Json::object({{"id", source.id},
                         {"kind", source.kind},
                         {"name", source.name},
                         {"url", optional_json(source.url)},
                         {"ref", optional_json(source.ref)},
                         {"commit", optional_json(source.commit)},
                         {"tree", optional_json(source.tree)},
                         {"commit_time", optional_json(source.commit_time)},
                         {"layout", optional_json(source.layout)},
                         {"spec", optional_json(source.spec)},
                         {"signature", Json::object({{"status", source.signature.status},
                                                     {"key", optional_json(source.signature.key)},
                                                     {"signer", optional_json(source.signature.signer)}})},
                         {"lookaside", lookaside},
                         {"srpm", source.srpm},
                         {"source_date_epoch", source.source_date_epoch}});
}

template <> Result<Artifact> read_record<Artifact>(const Json& record)
{
    Fields in(record);
    Artifact artifact{.sha256 = in.sha256("sha256"),
                      .size = in.size("size"),
                      .name = in.file_name("name"),
                      .kind = in.string("kind"),
                      .rpm = {},
                      .unsigned_sha256 = in.optional_sha256("unsigned")};
    if (Json rpm = in.value("rpm"); !rpm.is_null()) {
        auto read = read_rpm(rpm);
        if (read)
            artifact.rpm = *read;
        else
            in.complain("rpm", read.error().message);
    }
    ALBS_CHECK(in.done());
    return artifact;
}

Json to_json(const Artifact& artifact)
{
    return Json::object({{"sha256", artifact.sha256},
                         {"size", artifact.size},
                         {"name", artifact.name},
                         {"kind", artifact.kind},
                         {"rpm", artifact.rpm ? to_json(*artifact.rpm) : Json()},
                         {"unsigned", optional_json(artifact.unsigned_sha256)}});
}

template <> Result<Task> read_record<Task>(const Json& record)
{
    Fields in(record);
    Task task{.id = in.string("id"),
              .source = in.string("source"),
              .platform = in.string("platform"),
              .arch = in.string("arch"),
              .backend = in.string("backend"),
              .options = in.strings("options"),
              .status = in.one_of("status", {"ok", "failed", "skipped"}),
              .reason = {},
              .artifacts = in.sha256s("artifacts"),
              .log = in.optional_sha256("log"),
              .buildroot = in.optional_sha256("buildroot"),
              .network = in.boolean("network"),
              .verified = in.boolean("verified"),
              .isolation = in.value("isolation"),
              .started = in.time("started"),
              .finished = in.time("finished")};
    if (Json reason = in.value("reason"); !reason.is_null()) {
        auto read = read_reason(reason);
        if (read)
            task.reason = *read;
        else
            in.complain("reason", read.error().message);
    }
    ALBS_CHECK(in.done());
    return task;
}

Json to_json(const Task& task)
{
    return Json::object({{"id", task.id},
                         {"source", task.source},
                         {"platform", task.platform},
                         {"arch", task.arch},
                         {"backend", task.backend},
                         {"options", Json::strings(task.options)},
                         {"status", task.status},
                         {"reason", task.reason ? to_json(*task.reason) : Json()},
                         {"artifacts", Json::strings(task.artifacts)},
                         {"log", optional_json(task.log)},
                         {"buildroot", optional_json(task.buildroot)},
                         {"network", task.network},
                         {"verified", task.verified},
                         {"isolation", task.isolation},
                         {"started", task.started},
                         {"finished", task.finished}});
}

} // namespace albs
