// SPDX-License-Identifier: GPL-3.0-or-later
// What albs-build can be told: a struct for each verb, and one for each group of options that several verbs have.
#pragma once
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "cli/trust.hpp"
#include "root/request.hpp"

namespace albs::build {

/// What is built, and from what: of the build, of its plan and of its lock, so that what will be built can be planned.
struct RecipeOptions {
    std::vector<std::string> platform;  ///< names; empty: host
    std::vector<std::string> platforms; ///< files
    std::vector<std::string> flavors;
    std::string backend; ///< "chroot", "host", "mock"; empty: the platform's own
    std::string arches;  ///< comma-separated; empty: the platform's first
    std::vector<std::string> with;
    std::vector<std::string> without;
    std::vector<std::string> definitions; ///< "NAME BODY"
    std::vector<std::string> modules;     ///< streams to enable
    std::vector<std::string> excludes;    ///< globs of packages
    std::vector<std::string> linked;      ///< repositories
    std::string target_arch;              ///< of rpm, for the backend mock; empty: the task's
    bool secure_boot = false;
    bool srpm_as_is = false;
    bool trust_first_fetch = false;
    root::RequestOptions root;
};

/// Which sources are built, and what each of them says for itself: of the build and of its plan.
struct SourceOptions {
    std::string build_configs;  ///< file
    std::string module_version; ///< of modules, a number; empty: as their template says, or the time of their sources
    std::string module_index;   ///< in the dist of their packages, a number; empty: the platform's
    bool require_notarized = false;
    cli::TrustOptions trust;
};

/// What a build may use.
struct LimitOptions {
    std::string timeout; ///< "30m"; empty: the platform's
    std::string memory;  ///< "4G"; empty: by default
    std::string disk;
    std::string processes;
};

/// Which root and which network the tasks of a run have, and which of them are over: of the build and of its plan.
struct RunOptions {
    std::string lock; ///< file; empty: as the platform says
    bool network = false;
    bool retry = false;
};

/// Where the tasks of a run are built.
struct RunnerOptions {
    std::string command;    ///< empty: on this machine
    std::string timeout;    ///< "2h"; empty: none
    std::string store;      ///< URL of a bucket; empty: the store is the same for all
    bool is_worker = false; ///< --task: this builds one task for another run
};

struct BuildOptions {
    RecipeOptions recipe;
    SourceOptions sources;
    RunOptions run;
    LimitOptions limits;
    RunnerOptions runner;
    bool early_cutoff = false;
    bool noarch_strict = false;
};

struct PlanOptions {
    RecipeOptions recipe;
    SourceOptions sources;
    RunOptions run;
    std::string format = "json"; ///< "text", "json", "dot"
    bool no_roots = false;       ///< the order alone
    bool rebuild_dependants = false;
};

struct SrpmOptions {
    RecipeOptions recipe;
    SourceOptions sources;
    bool retry = false;
};

struct LockOptions {
    RecipeOptions recipe;
    std::string build_configs; ///< file
    std::string branch;        ///< of the source packages among the operands, for build_configs
    std::vector<std::string> needs;
    std::string record; ///< --import
    std::string lock;   ///< file whose packages are fetched
};

struct ReproduceOptions {
    std::vector<std::string> platforms; ///< files
    std::vector<std::string> flavors;   ///< of tasks that record none
    std::string timeout;
    std::vector<std::string> mirrors;   ///< that have packages
    std::vector<std::string> lookaside; ///< servers of source files
    std::string vary;                   ///< "time,host"
    std::string format = "report";      ///< or "manifest"
    bool offline = false;
};

struct GcOptions {
    std::string unused;            ///< "14d"
    std::string most;              ///< "20G"
    std::vector<std::string> keep; ///< manifests; empty: the store stays
};

struct LogOptions {
    std::string manifest = "-"; ///< file
    bool failed = false;
    bool tail = false;
};

/// Those of all verbs, each for its own.
struct Options {
    BuildOptions build;
    PlanOptions plan;
    SrpmOptions srpm;
    LockOptions lock;
    ReproduceOptions reproduce;
    LogOptions log;
    GcOptions gc;
};

cli::Tool tool(Options& options);

} // namespace albs::build
