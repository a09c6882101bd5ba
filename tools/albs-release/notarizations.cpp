// SPDX-License-Identifier: GPL-3.0-or-later
#include "notarizations.hpp"

#include "albs/statement/shared_form.hpp"
#include "repo/library.hpp"

namespace albs::release {
namespace {

/// Copies records of one manifest into another, with their notarizations.
class Excerpt {
public:
    Excerpt(const Manifest& from, Manifest& to, const std::vector<Signature>& signatures) : from_(from), to_(to)
    {
        for (const Signature& signature : signatures)
            signatures_[signature.artifact].push_back(&signature);
    }

    Status add_package(const std::string& sha256)
    {
        const Artifact* artifact = from_.artifact(sha256);
        if (artifact == nullptr)
            return {};
        ALBS_CHECK(add_artifact(*artifact));
        for (const Signature* signature : signatures_[sha256]) {
            ALBS_CHECK(to_.add(*signature));
            ALBS_CHECK(add_notarizations(plain_id(*signature)));
        }
        if (!artifact->unsigned_sha256)
            return {};
        const Artifact* built = from_.artifact(*artifact->unsigned_sha256);
        return built == nullptr ? Status() : add_built(*built);
    }

private:
    // A statement about tests is of no use without their records.
    Status add_notarizations(std::string_view about)
    {
        for (const Notarization* notarization : from_.notarizations_about(about))
            if (notarization->kind != "test") {
                if (const FormRecord* form = from_.find<FormRecord>(notarization->form.value_or(JsonText())))
                    ALBS_CHECK(to_.add(*form)); // what is there may have its statement besides another
                ALBS_CHECK(to_.add(*notarization));
            }
        return {};
    }
    Status add_artifact(const Artifact& artifact)
    {
        ALBS_CHECK(to_.add(artifact));
        return add_notarizations(artifact.sha256);
    }
    Status add_built(const Artifact& built)
    {
        ALBS_CHECK(add_artifact(built));
        for (const Task* task : from_.tasks_with(built.sha256)) {
            ALBS_CHECK(to_.add(*task));
            if (const Artifact* package = task->srpm ? from_.artifact(*task->srpm) : nullptr)
                ALBS_CHECK(add_artifact(*package));
            for (const Source* source : from_.attempts<Source>(task->source))
                ALBS_CHECK(add_source(*source));
        }
        return {};
    }
    Status add_source(const Source& source)
    {
        ALBS_CHECK(to_.add(source));
        ALBS_CHECK(add_notarizations(plain_id(source)));
        if (source.commit)
            ALBS_CHECK(add_notarizations(*source.commit));
        const Artifact* content = from_.artifact(content_of(source));
        return content == nullptr ? Status() : add_artifact(*content);
    }

    const Manifest& from_;
    Manifest& to_;
    std::map<std::string, std::vector<const Signature*>> signatures_;
};

} // namespace

Result<std::optional<std::string>> notarizations_for(const Manifest& manifest, const Repository* before,
                                                     const std::vector<ReleasedPackage>& packages)
{
    Manifest carried;
    std::string old;
    const repo::MetadataFile* file = before == nullptr ? nullptr : before->repomd.find(repo::notarizations_type);
    if (file != nullptr) {
        ALBS_TRY(old, repo::library().read_metadata_text(before->path + "/" + file->location));
        ALBS_TRY(carried, Manifest::parse(old));
    }
    Excerpt excerpt(manifest, carried, manifest.signatures());
    for (const ReleasedPackage& package : packages)
        ALBS_CHECK(excerpt.add_package(package.artifact));
    ALBS_CHECK(copy_shared(manifest, carried));
    std::string text = carried.text() + "\n";
    if (carried.notarizations().empty() || text == old)
        return std::optional<std::string>();
    return std::optional<std::string>(std::move(text));
}

} // namespace albs::release
