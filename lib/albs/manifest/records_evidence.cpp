// SPDX-License-Identifier: GPL-3.0-or-later
// The records that say what was done to artifacts: tests, signatures, notarizations, releases, stages.
#include "albs/json/fields.hpp"
#include "albs/manifest/records.hpp"

namespace albs {

template <> Result<TestResult> read_record<TestResult>(const Json& record)
{
    Fields in(record);
    TestResult test{.id = in.string("id"),
                    .artifact = in.sha256("artifact"),
                    .task = in.string("task"),
                    .name = in.string("name"),
                    .status = in.one_of("status", {"pass", "fail", "skip"}),
                    .reason = in.optional_string("reason"),
                    .log = in.optional_sha256("log")};
    ALBS_CHECK(in.done());
    return test;
}

Json to_json(const TestResult& test)
{
    return Json::object({{"id", test.id},
                         {"artifact", test.artifact},
                         {"task", test.task},
                         {"name", test.name},
                         {"status", test.status},
                         {"reason", optional_json(test.reason)},
                         {"log", optional_json(test.log)}});
}

template <> Result<Signature> read_record<Signature>(const Json& record)
{
    Fields in(record);
    Signature signature{.id = in.string("id"),
                        .artifact = in.sha256("artifact"),
                        .unsigned_sha256 = in.sha256("unsigned"),
                        .key = in.string("key"),
                        .algorithm = in.string("algorithm"),
                        .created = in.time("created"),
                        .waived = in.optional_string("waived")};
    ALBS_CHECK(in.done());
    return signature;
}

Json to_json(const Signature& signature)
{
    return Json::object({{"id", signature.id},
                         {"artifact", signature.artifact},
                         {"unsigned", signature.unsigned_sha256},
                         {"key", signature.key},
                         {"algorithm", signature.algorithm},
                         {"created", signature.created},
                         {"waived", optional_json(signature.waived)}});
}

template <> Result<Notarization> read_record<Notarization>(const Json& record)
{
    Fields in(record);
    Notarization notarization{.id = in.string("id"),
                              .about = in.string("about"),
                              .kind = in.string("kind"),
                              .subject = in.string("subject"),
                              .log = in.string("log"),
                              .index = in.size("index"),
                              .entry = in.string("entry"),
                              .proof = in.string("proof"),
                              .envelope = in.value("envelope")};
    ALBS_CHECK(in.done());
    return notarization;
}

Json to_json(const Notarization& notarization)
{
    return Json::object({{"id", notarization.id},
                         {"about", notarization.about},
                         {"kind", notarization.kind},
                         {"subject", notarization.subject},
                         {"log", notarization.log},
                         {"index", notarization.index},
                         {"entry", notarization.entry},
                         {"proof", notarization.proof},
                         {"envelope", notarization.envelope}});
}

template <> Result<Release> read_record<Release>(const Json& record)
{
    Fields in(record);
    Release release{.id = in.string("id"),
                    .repository = in.relative_path("repository"),
                    .repomd_sha256 = in.sha256("repomd_sha256"),
                    .key = in.string("key"),
                    .published = in.time("published"),
                    .packages = {},
                    .previous = in.optional_sha256("previous"),
                    .waived = in.optional_string("waived")};
    for (const Json* element : in.objects("packages")) {
        Fields package(*element);
        release.packages.push_back({package.sha256("artifact"), package.relative_path("path")});
        if (Status good = package.done(); !good)
            in.complain("packages", good.error().message);
    }
    ALBS_CHECK(in.done());
    return release;
}

Json to_json(const Release& release)
{
    Json packages = Json::array();
    for (const ReleasedPackage& package : release.packages)
        packages.push(Json::object({{"artifact", package.artifact}, {"path", package.path}}));
    return Json::object({{"id", release.id},
                         {"repository", release.repository},
                         {"repomd_sha256", release.repomd_sha256},
                         {"key", release.key},
                         {"published", release.published},
                         {"packages", packages},
                         {"previous", optional_json(release.previous)},
                         {"waived", optional_json(release.waived)}});
}

template <> Result<StageRecord> read_record<StageRecord>(const Json& record)
{
    Fields in(record);
    StageRecord stage{.id = in.sha256("id"),
                      .tool = in.string("tool"),
                      .version = in.string("version"),
                      .started = in.time("started"),
                      .finished = in.time("finished"),
                      .parameters = in.value("parameters"),
                      .inputs = in.sha256s("inputs"),
                      .verdict = in.one_of("verdict", {"yes", "no"}),
                      .seal = in.sha256("seal")};
    ALBS_CHECK(in.done());
    return stage;
}

Json to_json(const StageRecord& stage)
{
    return Json::object({{"id", stage.id},
                         {"tool", stage.tool},
                         {"version", stage.version},
                         {"started", stage.started},
                         {"finished", stage.finished},
                         {"parameters", stage.parameters},
                         {"inputs", Json::strings(stage.inputs)},
                         {"verdict", stage.verdict},
                         {"seal", stage.seal}});
}

} // namespace albs
