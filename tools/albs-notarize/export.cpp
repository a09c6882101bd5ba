// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize export: proofs to keep beside the files, in the formats of other tools.
#include "albs/crypto/dsse.hpp"
#include "albs/evidence/verify.hpp"
#include "albs/formats/sigstore.hpp"
#include "albs/formats/sigsum.hpp"
#include "albs/json/fields.hpp"
#include "albs/log/checkpoint.hpp"
#include "albs/log/merkle.hpp"
#include "albs/log/view.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/voucher.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "export_directory.hpp"
#include "log_location.hpp"
#include "log_search.hpp"
#include "renew.hpp"
#include "sys/file.hpp"
#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace albs::notarize {
namespace {

// A file can have several records (two tasks made the very same file): the first keeps the plain name. Another file may
// have a name with a number.
class FreeNames {
public:
    std::string take(const std::string& name)
    {
        for (int& count = used_[name];; ++count) {
            std::string free = count == 0 ? name : name + "." + std::to_string(count);
            if (taken_.insert(free).second)
                return free;
        }
    }

private:
    std::map<std::string, int> used_;
    std::set<std::string> taken_;
};

// The file that people get has its proof under its own name: what was signed before what it was signed from, and what
// says where a file is from before tests of it.
std::vector<const Notarization*> in_order(const Manifest& manifest)
{
    std::set<std::string_view> replaced; // files that were signed since
    for (const Artifact& artifact : manifest.artifacts())
        if (artifact.unsigned_sha256)
            replaced.insert(*artifact.unsigned_sha256);
    auto rank = [&](const Notarization* one) {
        return std::pair(replaced.contains(one->subject), !vouches(one->kind));
    };
    std::vector<const Notarization*> list;
    for (const Notarization& one : manifest.notarizations())
        list.push_back(&one);
    std::stable_sort(list.begin(), list.end(),
                     [&](const Notarization* a, const Notarization* b) { return rank(a) < rank(b); });
    return list;
}

// Proofs that something was revoked lie beside those that it was made.
std::string stem_of(const Notarization& notarization, const Artifact& artifact, const Json& statement)
{
    Result<Json> binding = stated_binding(statement);
    std::string stated = binding ? text_member(*binding, "name") : "";
    if (std::find(artifact.names.begin(), artifact.names.end(), stated) != artifact.names.end())
        return stated;
    return artifact.name + (notarization.kind == status_kind ? ".status" : "");
}

// As cosign wants it, and for Ed25519, whose statements only Sigsum's tools read, as those want it (OpenSSH).
std::string key_file(const PublicKey& key)
{
    if (key.type() == KeyType::ed25519) {
        std::string blob("\0\0\0\x0bssh-ed25519\0\0\0\x20", 19);
        return "ssh-ed25519 " + to_base64(as_bytes(blob.append(as_text(key.raw())))) + "\n";
    }
    std::string text = to_base64(key.spki());
    std::string pem = "-----BEGIN PUBLIC KEY-----\n";
    for (std::size_t at = 0; at < text.size(); at += 64)
        pem += text.substr(at, 64) + "\n";
    return pem + "-----END PUBLIC KEY-----\n";
}

// Statements of one export may have several keys, after a rotation.
Status export_key(const LoggedEntry& entry, std::map<std::string, int>& keys, ExportDirectory& out)
{
    ALBS_TRY(PublicKey key, check_leaf(entry.leaf, entry.envelope));
    std::string text = key_file(key);
    if (!keys.emplace(text, 0).second)
        return {};
    std::string name = keys.size() == 1 ? "statement.pub" : "statement." + std::to_string(keys.size()) + ".pub";
    return out.write(name, text);
}

// One file for a whole repository: the manifest without the runs of tools. verify takes it as any manifest.
Status export_repodata(const Manifest& manifest, const std::string& path)
{
    Json document = manifest.json();
    document.set("stages", Json::array());
    return sys::write_file(path, write_json(document) + "\n");
}

Status export_one(const LoggedEntry& entry, TlogProof proof, const std::string& name, const Vkey& log,
                  const Policy& policy, ExportDirectory& out)
{
    Result<Json> bundle = sigstore_bundle(entry, proof, log);
    if (bundle) {
        ALBS_CHECK(out.write(name + ".sigstore.json", write_json(*bundle) + "\n"));
    } else {
        // Without a bundle the envelope and, for Sigsum, the leaf's own signature have to come along.
        ALBS_CHECK(out.write(name + ".dsse.json", write_json(entry.envelope.json()) + "\n"));
        ALBS_CHECK(out.write(name + ".intoto.json", entry.envelope.payload));
        if (leaf_profile(entry.leaf) == Profile::sigsum) {
            proof.extra = to_base64(entry.leaf);
            std::vector<Vkey> witnesses;
            for (const Policy::Witness& witness : policy.witnesses())
                witnesses.push_back(witness.key);
            ALBS_TRY(std::string sigsum, sigsum_proof(proof, as_bytes(entry.leaf), log, witnesses));
            ALBS_CHECK(out.write(name + ".sigsum", sigsum));
        }
    }
    return out.write(name + ".tlog-proof", proof.text());
}

// What the log says since. False when it says something, and nothing can be shown for it.
Result<bool> bring_changes(LogView& log, const Policy& policy, cli::Context& context, Manifest& manifest)
{
    ALBS_TRY(Survey survey, survey_statuses(log, policy, false));
    ALBS_TRY(std::vector<StatusChange> withheld, read_listed(survey, log, manifest));
    ALBS_CHECK(add_changes(survey, log, manifest));
    for (const StatusChange& change : withheld)
        context.messages.warning(change.text() + "; there is no proof of it here, as the statement is withheld",
                                 change.subject);
    if (survey.withheld() > 0)
        context.messages.warning(format_text(
            "{} statements of the log are withheld: a change of status may be among them", survey.withheld()));
    return withheld.empty();
}

// The manifests that are named, and what the log says since.
Result<std::optional<LogView>> read_input(const ExportOptions& options, const Policy& policy, cli::Context& context,
                                          Manifest& manifest, cli::Verdict& verdict)
{
    std::vector<std::string> from(context.operands.begin() + 1, context.operands.end());
    if (from.empty())
        from.push_back("-");
    for (const std::string& path : from) {
        ALBS_TRY(std::vector<Manifest> read, cli::read_manifests(path));
        for (const Manifest& one : read)
            ALBS_CHECK(manifest.merge(one));
    }
    std::optional<LogView> log;
    if (!options.log.ledger.empty()) {
        ALBS_TRY(LogLocation place, log_place(options.log.ledger, options.log.timeout, copies_of(context)));
        ALBS_TRY(log, open_log(options.log.trust, policy, place, context.dry_run()));
        ALBS_TRY(bool is_all, bring_changes(*log, policy, context, manifest));
        verdict = is_all ? cli::Verdict::yes : cli::Verdict::no;
        ALBS_CHECK(renew_proofs(unproved(manifest, log->checkpoint.origin, policy, clock_time()), *log, manifest));
    }
    return log;
}

// Up to the log's present checkpoint where the log is at hand; else the last one that one of the keys signed.
Result<TlogProof> exported_proof(const Notarization& notarization, const LoggedEntry& entry,
                                 std::optional<LogView>& log, const std::vector<Vkey>& keys)
{
    if (log && log->checkpoint.origin == notarization.log)
        return present_proof(notarization, entry.leaf, *log);
    const TlogProof* last = nullptr;
    for (const TlogProof& proof : entry.proofs)
        if (signer_among(notarization.log, proof, keys) != nullptr)
            last = &proof;
    if (last == nullptr)
        return fail(Kind::internal, "a proof that was verified has no signer");
    return *last;
}

Status export_all(const Manifest& manifest, const Policy& policy, KnownHistory known, std::optional<LogView>& log,
                  bool dry_run, ExportDirectory& out)
{
    FreeNames names;
    std::set<std::string> entries; // one file for each, however many proofs the manifest has
    std::map<std::string, int> statement_keys;
    std::vector<Vkey> keys = policy.keys();
    CheckpointCache checkpoints(policy);
    checkpoints.set_known_history(std::move(known)); // a proof of another history is not handed on
    const LoggedEntries read(manifest);
    for (const Notarization* recorded : in_order(manifest)) {
        const Artifact* artifact = manifest.artifact(recorded->subject);
        ALBS_TRY(std::optional<VerifiedNotarization> verified,
                 verify_notarization(manifest, read, *recorded, keys, checkpoints));
        if (!verified)
            continue;
        bool again = !entries.insert(recorded->log + "#" + std::to_string(recorded->index)).second;
        if (artifact == nullptr || again || dry_run)
            continue;
        ALBS_TRY(LoggedEntry entry, read.of(*recorded));
        ALBS_TRY(TlogProof proof, exported_proof(*recorded, entry, log, keys));
        const Vkey* key = signer_among(recorded->log, proof, keys);
        ALBS_CHECK(export_key(entry, statement_keys, out));
        ALBS_CHECK(export_one(entry, std::move(proof), names.take(stem_of(*recorded, *artifact, verified->statement)),
                              *key, policy, out));
    }
    return {};
}

} // namespace

Result<cli::Outcome> export_proofs(const ExportOptions& options, cli::Context& context, Manifest& manifest)
{
    if (context.operands.empty())
        return fail(Kind::usage, "export needs a directory", "albs-notarize export --log-key FILE DIR <MANIFEST");
    ALBS_TRY(Policy policy, trusted(options.log.trust));
    cli::Verdict verdict = cli::Verdict::yes;
    ALBS_TRY(std::optional<LogView> log, read_input(options, policy, context, manifest, verdict));
    ALBS_TRY(ExportDirectory out, ExportDirectory::in(context.operands.front(), context.dry_run()));
    ALBS_TRY(KnownHistory known, KnownHistory::of_machine(policy.keys(), options.log.trust.remember));
    ALBS_CHECK(export_all(manifest, policy, std::move(known), log, context.dry_run(), out));
    if (context.dry_run())
        return cli::Outcome{.verdict = verdict, .document = out.names()};
    ALBS_CHECK(out.write("trusted_root.json",
                         write_json(sigstore_trusted_root(policy.keys(), "1970-01-01T00:00:00Z")) + "\n"));
    if (policy.logs().front().key.name.starts_with("sigsum.org/v1/tree/"))
        ALBS_CHECK(out.write("sigsum.policy", policy.sigsum_text()));
    ALBS_CHECK(out.finish());
    if (!options.repodata.empty())
        ALBS_CHECK(export_repodata(manifest, options.repodata));
    return cli::Outcome{.verdict = verdict, .document = out.names()};
}

} // namespace albs::notarize
