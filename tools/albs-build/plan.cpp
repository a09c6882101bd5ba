// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan.hpp"

#include <optional>

#include "albs/buildroot/lock.hpp"
#include "albs/evidence/evidence.hpp"
#include "albs/evidence/ledger_changes.hpp"
#include "base/format.hpp"
#include "cli/duration.hpp"
#include "limits.hpp"
#include "platform_of_then.hpp"
#include "sys/file.hpp"
#include "sys/given_file.hpp"
#include "sys/hash_file.hpp"

namespace albs::build {
namespace {

/// What the options name, or the workspace's own ledger where there is one.
Result<std::optional<Policy>> trusted_log(const SourceOptions& options, const cli::Context& context)
{
    const std::string own = cli::own_log_key(context);
    if (options.trust.is_given() || !sys::exists(own))
        return cli::given_trust(options.trust);
    ALBS_TRY(Policy policy, read_log_trust(own));
    return std::optional<Policy>(std::move(policy));
}

/// Whether the ledger holds the source, and what to say if not.
Status check_notarized(PlannedTask& task, const std::optional<EvidenceReader>& reader, bool required)
{
    if (!reader)
        return {};
    Evidence evidence = reader->of_source(task.source);
    if (evidence.answer == Evidence::Answer::contradicted)
        return fail(Kind::trust, "source '" + task.source.id + "' is not what the ledger says: " + evidence.reason);
    task.verified = evidence.answer == Evidence::Answer::verified;
    if (required && !task.verified)
        task.refusal = "the source is not notarized: " + evidence.reason;
    return {};
}

} // namespace

std::string BuildConfig::fingerprint() const
{
    std::string text = format_text("{}\n{}{}\n{}{}", platform.name(), platform.macros(), platform.rpmrc(),
                                   uses_roots() ? "root\n" : "", network ? "network\n" : "");
    for (const std::string& word : options)
        text += word + "\n";
    return text;
}

Result<BuildConfig> read_build_config(BuildOptions options, store::Workspace* workspace)
{
    BuildConfig config;
    ALBS_TRY(Recipe recipe, read_recipe(std::move(options.recipe), !options.run.lock.empty(), workspace));
    static_cast<Recipe&>(config) = std::move(recipe);
    if (workspace != nullptr) {
        ALBS_TRY(config.definition, stored_platform(config.platform_record, config.platform.name(), *workspace));
    }
    config.timeout_ms = config.platform.timeout_ms();
    if (!options.limits.timeout.empty()) {
        ALBS_TRY(config.timeout_ms, cli::parse_duration(options.limits.timeout));
    }
    config.network = options.run.network;
    ALBS_TRY(config.limits, read_limits(options.limits));
    if (!options.run.lock.empty()) {
        if (!config.uses_roots())
            return fail(Kind::usage, "--lock is for the backend chroot, not for '" + config.platform.backend() + "'");
        ALBS_TRY(config.lock, sys::read_given(options.run.lock));
        if (auto lock = buildroot::read_lock(config.lock); !lock)
            return fail(std::move(lock).error(), "'" + options.run.lock + "'");
    }
    return config;
}

Result<Artifact> stored_lock(const store::Workspace& workspace, std::string_view text, const std::string& name)
{
    ALBS_TRY(sys::FileDigest digest, store::Store(workspace.store()).put_bytes(text));
    return Artifact{.sha256 = digest.sha256.hex(),
                    .size = digest.size,
                    .name = name + ".buildroot.json",
                    .kind = "buildroot",
                    .rpm = {},
                    .unsigned_sha256 = {}};
}

Result<Artifact> lock_of_host(const BuildConfig& recipe, const store::Workspace& workspace)
{
    if (recipe.platform.backend() != "host")
        return fail(Kind::usage, "backend '" + recipe.platform.backend() + "' cannot build yet", "--backend host can");
    const std::string name = recipe.platform.name() + "-" + platform::machine_arch();
    const std::string key = recipe.platform.name() + "\n" + recipe.platform.toolchain();
    // Asking the package manager takes a while; while its database is the old one, so is its answer.
    if (auto known = workspace.recall("locks", key); known && workspace.store().has(*known)) {
        ALBS_TRY(std::string bytes, workspace.store().read(*known));
        return Artifact{.sha256 = *known,
                        .size = static_cast<std::int64_t>(bytes.size()),
                        .name = name + ".buildroot.json",
                        .kind = "buildroot",
                        .rpm = {},
                        .unsigned_sha256 = {}};
    }
    ALBS_TRY(std::vector<buildroot::HostPackage> installed, recipe.platform.installed());
    ALBS_TRY(Artifact lock,
             stored_lock(workspace, buildroot::write_host_lock(recipe.platform.name(), installed), name));
    ALBS_CHECK(workspace.remember("locks", key, lock.sha256));
    return lock;
}

Result<Artifact> lock_of_root(const BuildConfig& recipe, const std::string& arch, const std::vector<std::string>& needs,
                              const store::Workspace& workspace)
{
    std::string text = recipe.lock;
    if (text.empty() && recipe.solve) {
        ALBS_TRY(text, recipe.solve(recipe.platform, arch, needs));
    }
    if (text.empty())
        return fail(Kind::usage, "backend 'chroot' needs a lock", "give it with --lock FILE");
    return stored_lock(workspace, text, recipe.platform.name() + "-" + arch);
}

Result<std::vector<PlannedTask>> plan(const Recipe& recipe, const Manifest& manifest, const SourceOptions& options,
                                      bool retry, const cli::Context& context)
{
    std::optional<EvidenceReader> reader;
    ALBS_TRY(std::optional<Policy> trust, trusted_log(options, context));
    if (trust) {
        reader.emplace(manifest, *trust);
        ALBS_CHECK(add_ledger_changes(*reader, cli::own_ledger(context), *trust));
        if (!reader->unknown_status().empty())
            context.messages.warning(reader->unknown_status());
    } else if (options.require_notarized)
        return fail(Kind::usage, "--require-notarized needs the key of a log",
                    "give it with --log-key FILE or --policy FILE, or run albs-notarize init in this workspace");
    std::vector<PlannedTask> tasks;
    for (const Source* source : manifest.in_force<Source>())
        for (const std::string& arch : recipe.arches) {
            std::string id = format_text("{}/{}/{}", plain_id(*source), recipe.platform.name(), arch);
            if (const Task* known = manifest.task(id); known != nullptr && !(retry && is_missing(*known)))
                continue;
            PlannedTask task{.id = id, .source = *source, .arch = arch, .verified = false, .refusal = ""};
            ALBS_CHECK(check_notarized(task, reader, options.require_notarized));
            tasks.push_back(std::move(task));
        }
    return tasks;
}

bool is_missing(const Task& task)
{
    return task.status == "failed" || (task.status == "skipped" && task.reason && task.reason->kind != "arch");
}

} // namespace albs::build
