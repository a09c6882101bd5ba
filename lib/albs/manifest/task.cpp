// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/task.hpp"

#include "albs/manifest/members.hpp"

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
constexpr auto list_of<Task> = MemberList{
    "task",
    member("id", &Task::id).bound_as("task"),
    member("source", &Task::source).bound(),
    member("platform", &Task::platform).bound(),
    member("arch", &Task::arch).bound(),
    member("backend", &Task::backend).bound(),
    member("options", &Task::options),
    member("status", &Task::status, form::one_of("ok", "failed", "skipped")).bound(),
    member("reason", &Task::reason),
    member("artifacts", &Task::artifacts, form::sha256),
    member("log", &Task::log, form::sha256),
    member("buildroot", &Task::buildroot, form::sha256).bound(),
    member("network", &Task::network).bound(),
    member("verified", &Task::verified).bound(),
    member("isolation", &Task::isolation),
    member("started", &Task::started, form::time),
    member("finished", &Task::finished, form::time),
};

template struct RecordType<Task>;

} // namespace albs
