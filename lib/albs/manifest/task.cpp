// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/task.hpp"

#include "albs/manifest/members.hpp"
#include "albs/manifest/transformation_list.hpp"

namespace albs {

template <>
constexpr auto list_of<Reason> = MemberList{
    "reason",
    member("phase", &Reason::phase),
    member("kind", &Reason::kind),
    member("message", &Reason::message),
    member("log", &Reason::log, form::sha256),
    member("offset", &Reason::offset),
};

template <>
constexpr auto list_of<PinnedFile> = MemberList{
    "pinned",
    member("name", &PinnedFile::name, form::file_name),
    member("url", &PinnedFile::url),
    member("sha256", &PinnedFile::sha256, form::sha256),
    member("sha512", &PinnedFile::sha512),
    member("size", &PinnedFile::size, form::size),
};

template <>
constexpr auto list_of<Resources> = MemberList{
    "resources",
    member("elapsed_ms", &Resources::elapsed_ms, form::size).sparse(),
    member("cpu_ms", &Resources::cpu_ms, form::size).sparse(),
    member("memory_peak", &Resources::memory_peak, form::size).sparse(),
    member("process_peak", &Resources::process_peak, form::size).sparse(),
    member("disk_peak", &Resources::disk_peak, form::size).sparse(),
};

template <>
constexpr auto list_of<Task> = MemberList{
    "task",
    member("id", &Task::id).bound_as("task"),
    member("source", &Task::source).bound(),
    member("platform", &Task::platform).bound(),
    member("arch", &Task::arch).bound(),
    member("backend", &Task::backend).bound().per_attempt(),
    member("options", &Task::options).per_attempt(),
    member("status", &Task::status, form::one_of("ok", "failed", "skipped")).bound().per_attempt(),
    member("reason", &Task::reason).per_attempt(),
    member("artifacts", &Task::artifacts, form::sha256).per_attempt(),
    member("log", &Task::log, form::sha256).per_attempt(),
    member("buildroot", &Task::buildroot, form::sha256).bound().per_attempt(),
    member("equivalent_buildroot", &Task::equivalent_buildroot, form::sha256).sparse().freely(),
    member("definition", &Task::definition, form::sha256).bound().sparse().per_attempt(),
    member("srpm", &Task::srpm, form::sha256).bound().sparse().per_attempt(),
    member("srpm_buildroot", &Task::srpm_buildroot, form::sha256).sparse().per_attempt(),
    member("source_date_epoch", &Task::source_date_epoch).bound().sparse().per_attempt(),
    member("pinned", &Task::pinned).sparse().per_attempt(),
    member("transformations", &Task::transformations).bound().sparse().per_attempt(),
    member("network", &Task::network).bound().per_attempt(),
    member("verified", &Task::verified).bound().per_attempt(),
    member("isolation", &Task::isolation).per_attempt(),
    member("resources", &Task::resources).sparse().freely(),
    member("started", &Task::started, form::time).freely(),
    member("finished", &Task::finished, form::time).freely(),
    follows_member<Task>(),
};

template struct RecordType<PinnedFile>;
template struct RecordType<Task>;

} // namespace albs
