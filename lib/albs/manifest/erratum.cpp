// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/erratum.hpp"

#include "albs/manifest/members.hpp"
#include "base/digest.hpp"

namespace albs {

template <>
constexpr auto list_of<ErratumPackage> = MemberList{
    "erratum_package",
    member("nevra", &ErratumPackage::nevra).bound(),
    member("artifact", &ErratumPackage::artifact, form::sha256).bound(),
    member("repository", &ErratumPackage::repository, form::relative_path).bound(),
    member("path", &ErratumPackage::path, form::relative_path).bound(),
};

template <>
constexpr auto list_of<Erratum> = MemberList{
    "erratum",
    member("id", &Erratum::id).bound(),
    member("advisory", &Erratum::advisory).bound(),
    member("sha256", &Erratum::sha256, form::sha256).bound(),
    member("updated", &Erratum::updated, form::time).bound(),
    member("document", &Erratum::document, form::object), // sha256 stands for it
    member("packages", &Erratum::packages).bound(),
};

template <> Status check_whole(const Erratum& erratum)
{
    if (sha256(canonical_json(erratum.document)).hex() == erratum.sha256)
        return {};
    return fail(Kind::trust,
                "the document of '" + erratum.advisory + "' does not have the digest " + erratum.sha256,
                "stop: somebody changed the advisory or the manifest");
}

template struct RecordType<Erratum>;

std::string erratum_digest(const Erratum& erratum)
{
    Json said = Json::object({{"sha256", erratum.sha256}, {"packages", write_value(erratum.packages, Part::whole)}});
    return sha256(canonical_json(said)).hex();
}

} // namespace albs
