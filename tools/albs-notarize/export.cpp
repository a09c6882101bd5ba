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
#include "log_location.hpp"
#include "log_search.hpp"
#include "renew.hpp"
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include "sys/file.hpp"
#include "sys/replace_file.hpp"

namespace albs::notarize {
namespace {

constexpr std::size_t min_rekor_leaf = 300; // bytes; shorter leaves go into the proof

// Files are written whole and waited for together: thousands of them would take minutes one by one.
struct ExportDirectory {
    std::string directory;
    std::string names; // one a line
    Status write(const std::string& name, const std::string& text)
    {
        names += name + "\n";
        return sys::replace_file(directory + "/" + name, text);
    }
    Status finish() const { return sys::sync_file_system(directory); }
};

// A file can have several records (two tasks made the very same file): the first keeps the plain name.
std::string free_name(const std::string& name, std::map<std::string, int>& used)
{
    int count = used[name]++;
    return count == 0 ? name : name + "." + std::to_string(count);
}

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
Status export_key(const Notarization& notarization, std::map<std::string, int>& keys, ExportDirectory& out)
{
    ALBS_TRY(Bytes entry, from_base64(notarization.entry));
    ALBS_TRY(Envelope envelope, Envelope::from(notarization.envelope));
    ALBS_TRY(PublicKey key, check_leaf(as_text(entry), envelope));
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

Status export_one(const Notarization& notarization, const std::string& name, const Vkey& log, const Policy& policy,
                  ExportDirectory& out)
{
    ALBS_TRY(TlogProof proof, TlogProof::parse(notarization.proof));
    ALBS_TRY(Bytes entry, from_base64(notarization.entry));
    Result<Json> bundle = sigstore_bundle(notarization, log);
    if (bundle) {
        ALBS_CHECK(out.write(name + ".sigstore.json", write_json(*bundle) + "\n"));
    } else {
        // Without a bundle the envelope and, for Sigsum, the leaf's own signature have to come along.
        ALBS_CHECK(out.write(name + ".dsse.json", write_json(notarization.envelope) + "\n"));
        ALBS_TRY(Envelope envelope, Envelope::from(notarization.envelope));
        ALBS_CHECK(out.write(name + ".intoto.json", envelope.payload));
        if (entry.size() < min_rekor_leaf) {
            proof.extra = notarization.entry;
            std::vector<Vkey> witnesses;
            for (const Policy::Witness& witness : policy.witnesses())
                witnesses.push_back(witness.key);
            ALBS_TRY(std::string sigsum, sigsum_proof(proof, entry, log, witnesses));
            ALBS_CHECK(out.write(name + ".sigsum", sigsum));
        }
    }
    return out.write(name + ".tlog-proof", proof.text());
}

// The manifests that are named, and what the log says since.
Result<std::optional<LogView>> read_input(const ExportOptions& options, const Policy& policy, cli::Context& context,
                                          Manifest& manifest)
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
        ALBS_TRY(LogLocation place, log_place(options.log.ledger, options.log.timeout));
        ALBS_TRY(log, open_log(options.log.trust, policy, place, context.dry_run()));
        ALBS_TRY(Survey survey, survey_log(*log));
        ALBS_CHECK(add_changes(survey, *log, manifest));
        ALBS_CHECK(renew_proofs(unproved(manifest, log->checkpoint.origin, policy.keys()), *log, manifest));
    }
    return log;
}

Status export_all(const Manifest& manifest, const Policy& policy, std::optional<LogView>& log, bool dry_run,
                  ExportDirectory& out)
{
    std::map<std::string, int> used;
    std::set<std::string> entries; // one file for each, however many proofs the manifest has
    std::map<std::string, int> statement_keys;
    std::vector<Vkey> keys = policy.keys();
    CheckpointCache checkpoints(keys);
    for (const Notarization* recorded : in_order(manifest)) {
        const Vkey* key = signer_among(*recorded, keys);
        const Artifact* artifact = manifest.artifact(recorded->subject);
        if (key == nullptr)
            continue;
        ALBS_TRY(VerifiedNotarization verified, verify_notarization(manifest, *recorded, *key, checkpoints));
        bool again = !entries.insert(recorded->log + "#" + std::to_string(recorded->index)).second;
        if (artifact == nullptr || again || dry_run)
            continue;
        Notarization notarization = *recorded;
        if (log && log->checkpoint.origin == recorded->log) {
            ALBS_TRY(notarization.proof, present_proof(*recorded, *log));
            key = signer_among(notarization, keys);
        }
        ALBS_CHECK(export_key(notarization, statement_keys, out));
        ALBS_CHECK(export_one(notarization, free_name(stem_of(*recorded, *artifact, verified.statement), used), *key, policy, out));
    }
    return {};
}

} // namespace

Result<cli::Outcome> export_proofs(const ExportOptions& options, cli::Context& context, Manifest& manifest)
{
    if (context.operands.empty())
        return fail(Kind::usage, "export needs a directory", "albs-notarize export --log-key FILE DIR <MANIFEST");
    ExportDirectory out{.directory = context.operands.front(), .names = {}};
    ALBS_TRY(Policy policy, trusted(options.log.trust));
    ALBS_TRY(std::optional<LogView> log, read_input(options, policy, context, manifest));
    if (!context.dry_run())
        ALBS_CHECK(sys::make_directories(out.directory));
    ALBS_CHECK(export_all(manifest, policy, log, context.dry_run(), out));
    if (context.dry_run())
        return cli::Outcome{.verdict = cli::Verdict::yes, .document = out.names};
    ALBS_CHECK(out.write("trusted_root.json",
                         write_json(sigstore_trusted_root(policy.keys(), "1970-01-01T00:00:00Z")) + "\n"));
    if (policy.logs().front().key.name.starts_with("sigsum.org/v1/tree/"))
        ALBS_CHECK(out.write("sigsum.policy", policy.sigsum_text()));
    ALBS_CHECK(out.finish());
    if (!options.repodata.empty())
        ALBS_CHECK(export_repodata(manifest, options.repodata));
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = out.names};
}

} // namespace albs::notarize
