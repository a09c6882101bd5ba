// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>

#include "repo/handles.hpp"
#include "repo/library.hpp"
#include "sys/file.hpp"

namespace albs::repo {
namespace {

cr_UpdateRecord* find(const cr_UpdateInfo& info, const std::string& id)
{
    for (GSList* at = info.updates; at != nullptr; at = at->next)
        if (auto* record = static_cast<cr_UpdateRecord*>(at->data); text_of(record->id) == id)
            return record;
    return nullptr;
}

/// A copy that lives as long as the record; null when there is nothing to say, so that no empty element is written.
char* keep(GStringChunk* chunk, const std::string& text)
{
    return text.empty() ? nullptr : g_string_chunk_insert(chunk, text.c_str());
}

cr_UpdateReference* reference_of(const AdvisoryReference& reference)
{
    cr_UpdateReference* made = cr_updatereference_new();
    made->href = keep(made->chunk, reference.href);
    made->id = keep(made->chunk, reference.id);
    made->type = keep(made->chunk, reference.type);
    made->title = keep(made->chunk, reference.title);
    return made;
}

cr_UpdateCollectionPackage* package_of(const Advisory& advisory, const ListedPackage& package)
{
    cr_UpdateCollectionPackage* made = cr_updatecollectionpackage_new();
    made->name = keep(made->chunk, package.info.name);
    made->version = keep(made->chunk, package.info.version);
    made->release = keep(made->chunk, package.info.release);
    made->epoch = keep(made->chunk, std::to_string(package.info.epoch.value_or(0)));
    made->arch = keep(made->chunk, package.info.arch);
    made->src = keep(made->chunk, package.info.sourcerpm.value_or(""));
    made->filename = keep(made->chunk, sys::base_name(package.location));
    made->sum = keep(made->chunk, package.sha256);
    made->sum_type = CR_CHECKSUM_SHA256;
    made->reboot_suggested = advisory.reboot_suggested ? TRUE : FALSE;
    made->restart_suggested = advisory.restart_suggested ? TRUE : FALSE;
    made->relogin_suggested = advisory.relogin_suggested ? TRUE : FALSE;
    return made;
}

cr_UpdateRecord* record_of(const Advisory& advisory)
{
    cr_UpdateRecord* made = cr_updaterecord_new();
    made->from = keep(made->chunk, advisory.from);
    made->status = keep(made->chunk, "final");
    made->type = keep(made->chunk, advisory.type);
    made->version = keep(made->chunk, "1");
    made->id = keep(made->chunk, advisory.id);
    made->title = keep(made->chunk, advisory.title);
    made->issued_date = keep(made->chunk, update_date(advisory.issued));
    made->updated_date = keep(made->chunk, update_date(advisory.updated));
    made->rights = keep(made->chunk, advisory.rights);
    made->severity = keep(made->chunk, advisory.severity.value_or(""));
    made->summary = keep(made->chunk, advisory.summary);
    made->description = keep(made->chunk, advisory.description);
    made->solution = keep(made->chunk, advisory.solution);
    made->reboot_suggested = advisory.reboot_suggested ? TRUE : FALSE;
    return made;
}

int by_id(const void* a, const void* b)
{
    return std::strcmp(text_of(static_cast<const cr_UpdateRecord*>(a)->id).c_str(),
                       text_of(static_cast<const cr_UpdateRecord*>(b)->id).c_str());
}

} // namespace

struct UpdateInfo::State {
    UpdateInfoHandle info{cr_updateinfo_new()};
};

UpdateInfo::UpdateInfo(std::unique_ptr<State> state) : state_(std::move(state)) {}

UpdateInfo::~UpdateInfo() = default;

std::unique_ptr<UpdateInfo> Library::make_updateinfo() const
{
    initialize();
    return std::make_unique<UpdateInfo>(std::make_unique<UpdateInfo::State>());
}

Result<std::unique_ptr<UpdateInfo>> Library::read_updateinfo(const std::string& path) const
{
    initialize();
    auto state = std::make_unique<UpdateInfo::State>();
    Problem problem;
    if (cr_xml_parse_updateinfo(path.c_str(), state->info.get(), nullptr, nullptr, &problem.error) != CRE_OK)
        return problem.as(Kind::input, "cannot parse", path);
    return std::make_unique<UpdateInfo>(std::move(state));
}

bool UpdateInfo::empty() const
{
    return state_->info->updates == nullptr;
}

std::optional<std::string> UpdateInfo::updated_of(const std::string& id) const
{
    const cr_UpdateRecord* record = find(*state_->info, id);
    if (record == nullptr)
        return std::nullopt;
    return text_of(record->updated_date);
}

std::string UpdateInfo::xml_of(const std::string& id) const
{
    cr_UpdateRecord* record = find(*state_->info, id);
    if (record == nullptr)
        return "";
    Text xml(cr_xml_dump_updaterecord(record, nullptr));
    return text_of(xml.get());
}

void UpdateInfo::remove(const std::string& id)
{
    while (cr_UpdateRecord* old = find(*state_->info, id)) {
        state_->info->updates = g_slist_remove(state_->info->updates, old);
        cr_updaterecord_free(old);
    }
}

void UpdateInfo::put(const Advisory& advisory, const std::string& collection,
                     const std::vector<ListedPackage>& packages)
{
    remove(advisory.id);
    cr_UpdateRecord* record = record_of(advisory);
    for (const AdvisoryReference& reference : advisory.references)
        cr_updaterecord_append_reference(record, reference_of(reference));
    cr_UpdateCollection* made = cr_updatecollection_new();
    made->name = keep(made->chunk, collection);
    made->shortname = keep(made->chunk, collection);
    for (const ListedPackage& package : packages)
        cr_updatecollection_append_package(made, package_of(advisory, package));
    cr_updaterecord_append_collection(record, made);
    cr_updateinfo_apped_record(state_->info.get(), record);
}

Result<std::string> UpdateInfo::xml() const
{
    state_->info->updates = g_slist_sort(state_->info->updates, by_id);
    Problem problem;
    Text xml(cr_xml_dump_updateinfo(state_->info.get(), &problem.error));
    if (!xml)
        return problem.as(Kind::internal, "cannot describe", "updateinfo");
    return std::string(xml.get());
}

} // namespace albs::repo
