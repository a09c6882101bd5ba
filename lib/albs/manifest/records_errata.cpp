// SPDX-License-Identifier: GPL-3.0-or-later
// The record of a published advisory. Its document is kept whole, so that who has the advisory can find its record by
// hashing it, and who has the record needs nothing else to know what was announced.
#include "albs/json/fields.hpp"
#include "albs/manifest/records.hpp"
#include "base/digest.hpp"

namespace albs {

Json packages_json(const Erratum& erratum)
{
    Json packages = Json::array();
    for (const ErratumPackage& package : erratum.packages)
        packages.push(Json::object({{"nevra", package.nevra},
                                    {"artifact", package.artifact},
                                    {"repository", package.repository},
                                    {"path", package.path}}));
    return packages;
}

std::string erratum_digest(const Erratum& erratum)
{
    Json said = Json::object({{"sha256", erratum.sha256}, {"packages", packages_json(erratum)}});
    return sha256(canonical_json(said)).hex();
}

template <> Result<Erratum> read_record<Erratum>(const Json& record)
{
    Fields in(record);
    Erratum erratum{.id = in.string("id"),
                    .advisory = in.string("advisory"),
                    .sha256 = in.sha256("sha256"),
                    .updated = in.time("updated"),
                    .document = in.value("document"),
                    .packages = {}};
    if (!erratum.document.is_object())
        in.complain("document", "wants an object");
    for (const Json* element : in.objects("packages")) {
        Fields package(*element);
        erratum.packages.push_back({.nevra = package.string("nevra"),
                                    .artifact = package.sha256("artifact"),
                                    .repository = package.relative_path("repository"),
                                    .path = package.relative_path("path")});
        if (Status good = package.done(); !good)
            in.complain("packages", good.error().message);
    }
    ALBS_CHECK(in.done());
    if (sha256(canonical_json(erratum.document)).hex() != erratum.sha256)
        return fail(Kind::trust,
                    "the document of '" + erratum.advisory + "' does not have the digest " + erratum.sha256,
                    "stop: somebody changed the advisory or the manifest");
    return erratum;
}

Json to_json(const Erratum& erratum)
{
    return Json::object({{"id", erratum.id},
                         {"advisory", erratum.advisory},
                         {"sha256", erratum.sha256},
                         {"updated", erratum.updated},
                         {"document", erratum.document},
                         {"packages", packages_json(erratum)}});
}

} // namespace albs
