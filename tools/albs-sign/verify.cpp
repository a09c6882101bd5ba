// SPDX-License-Identifier: GPL-3.0-or-later
// `albs-sign verify`: of files, a line for each on stdout; of a manifest, the manifest with the verdict. Reasons go to
// stderr.
#include <algorithm>
#include <set>
#include <string_view>

#include "albs/manifest/record_index.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/visible.hpp"
#include "certificate.hpp"
#include "options.hpp"
#include "plain_file.hpp"
#include "rpm/library.hpp"
#include "sys/hash_file.hpp"
#include "sys/parallel.hpp"

namespace albs::sign {
namespace {

void tell(const Judgement& judgement, std::string_view about, cli::Messages& messages)
{
    for (const std::string& unknown : judgement.unknown)
        messages.warning("not judged: " + unknown, about);
    for (const std::string& note : judgement.notes)
        messages.note(note, about);
}

/// With --strict, what nobody judged and what no signature covers is not good.
Result<Judgement> judge(const Certificates& certificates, const std::string& path, bool is_strict)
{
    ALBS_TRY(Judgement judgement, certificates.verify(path));
    if (!judgement.good || !is_strict)
        return judgement;
    ALBS_TRY(std::vector<std::string> used, rpm::library().used_free_bytes(path));
    used.insert(used.end(), judgement.unknown.begin(), judgement.unknown.end());
    if (!used.empty()) {
        judgement.good = false;
        judgement.reason = join(used, "; ");
    }
    return judgement;
}

Result<cli::Outcome> verify_files(const Certificates& certificates, cli::Context& context, bool is_strict)
{
    std::vector<Judgement> verdicts(context.operands.size());
    ALBS_CHECK(sys::for_each_parallel(verdicts.size(), context.jobs(), [&](std::size_t i) -> Status {
        Status package =
            check_is_no_manifest(context.operands[i], "albs-sign verify reads a manifest on standard input");
        if (!package)
            return package;
        auto verdict = judge(certificates, context.operands[i], is_strict);
        if (!verdict) {
            Error error = verdict.error();
            error.kind = Kind::input; // a file that cannot be read is a bad operand, not a broken machine
            return tl::unexpected(std::move(error));
        }
        verdicts[i] = *std::move(verdict);
        return {};
    }));
    cli::Outcome outcome{.verdict = cli::Verdict::yes, .document = ""};
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        const Judgement& verdict = verdicts[i];
        tell(verdict, context.operands[i], context.messages);
        if (verdict.good) {
            *outcome.document +=
                format_text("good {} {} {}\n", verdict.key(), format_time(verdict.signatures[0].created),
                            escape_hidden(context.operands[i]));
            continue;
        }
        *outcome.document += "bad - - " + escape_hidden(context.operands[i]) + "\n";
        outcome.verdict = cli::Verdict::no;
        context.messages.warning(verdict.reason, context.operands[i]);
    }
    return outcome;
}

/// Why the signed artifact is not what the manifest says; empty: it is.
Result<std::string> doubt(const Certificates& certificates, const store::Store& store, const RecordIndex& records,
                          const Artifact& artifact, bool is_strict, Judgement& verdict)
{
    const std::vector<const Signature*>& recorded = records.signatures_in(artifact.sha256);
    ALBS_TRY(std::string path, store.path(artifact.sha256));
    ALBS_TRY(verdict, judge(certificates, path, is_strict));
    if (!verdict.good)
        return verdict.reason;
    for (const rpm::VerifiedSignature& proven : verdict.signatures) {
        auto record = std::find_if(recorded.begin(), recorded.end(),
                                   [&](const Signature* one) { return one->key == proven.key; });
        if (record == recorded.end())
            return "the manifest has no record of the signature by " + proven.key;
        if ((*record)->created != format_time(proven.created) ||
            (*record)->unsigned_sha256 != *artifact.unsigned_sha256)
            return "its signature is not the one that the manifest records";
    }
    for (const Signature* record : recorded)
        if (std::none_of(verdict.signatures.begin(), verdict.signatures.end(),
                         [&](const rpm::VerifiedSignature& proven) { return proven.key == record->key; }))
            return "it has no signature by " + record->key + ", which the manifest records";
    ALBS_TRY(rpm::Unsigned built, rpm::library().digest_unsigned(path, *artifact.unsigned_sha256));
    if (!built.is_proven)
        return "without its signatures it is not the built file that the manifest records";
    ALBS_TRY(RpmInfo info, rpm::library().read_info(path));
    if (!artifact.rpm || info.nevra != artifact.rpm->nevra || info.header_sha256 != artifact.rpm->header_sha256)
        return "its header is not what the manifest records";
    return std::string();
}

/// Packages of good tasks that nobody signed: nothing about them can be verified.
std::vector<const Artifact*> without_signature(const Manifest& manifest)
{
    std::set<std::string_view> signed_too;
    for (const Artifact& artifact : manifest.artifacts())
        if (artifact.unsigned_sha256)
            signed_too.insert(*artifact.unsigned_sha256);
    std::vector<const Artifact*> found;
    for (const Artifact& artifact : manifest.artifacts()) {
        if ((artifact.kind != "rpm" && artifact.kind != "srpm") || artifact.unsigned_sha256)
            continue;
        const Task* task = manifest.task_of(artifact);
        if (task != nullptr && task->status == "ok" && !signed_too.contains(artifact.sha256))
            found.push_back(&artifact);
    }
    return found;
}

Result<cli::Outcome> verify_manifest(const Certificates& certificates, cli::Context& context, const Manifest& manifest,
                                     bool is_strict)
{
    std::vector<const Artifact*> packages;
    for (const Artifact& artifact : manifest.artifacts())
        if (artifact.unsigned_sha256)
            packages.push_back(&artifact);
    const RecordIndex records(manifest);
    std::vector<std::string> doubts(packages.size());
    std::vector<Judgement> verdicts(packages.size());
    if (!packages.empty()) {
        ALBS_TRY(store::Workspace * workspace, context.workspace());
        ALBS_CHECK(sys::for_each_parallel(packages.size(), context.jobs(), [&](std::size_t i) -> Status {
            ALBS_TRY(doubts[i], doubt(certificates, workspace->store(), records, *packages[i], is_strict, verdicts[i]));
            return {};
        }));
    }
    cli::Outcome outcome;
    auto refuse = [&](const std::string& why, const Artifact& artifact) {
        outcome.verdict = cli::Verdict::no;
        context.messages.warning(why, artifact.rpm ? artifact.rpm->nevra : artifact.name);
    };
    for (std::size_t i = 0; i < packages.size(); ++i)
        tell(verdicts[i], packages[i]->name, context.messages);
    for (std::size_t i = 0; i < packages.size(); ++i)
        if (!doubts[i].empty())
            refuse(doubts[i], *packages[i]);
    for (const Artifact* artifact : without_signature(manifest))
        refuse("not signed", *artifact);
    context.messages.note("checked " + std::to_string(packages.size()) + " signed packages");
    return outcome;
}

} // namespace

Result<cli::Outcome> verify(const VerifyOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_TRY(Certificates certificates, Certificates::read(options.certificates));
    for (const std::string& key : certificates.unusable())
        context.messages.warning("passed over, librpm cannot use it: " + key, "--cert");
    if (context.operands.empty())
        return verify_manifest(certificates, context, manifest, options.strict);
    return verify_files(certificates, context, options.strict);
}

} // namespace albs::sign
