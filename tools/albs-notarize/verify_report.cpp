// SPDX-License-Identifier: GPL-3.0-or-later
#include "verify_report.hpp"

#include <set>

#include "albs/manifest/lineage.hpp"
#include "base/format.hpp"
#include "base/visible.hpp"

namespace albs::notarize {
namespace {

// Files without a record of their own: logs of tests, source trees and lookaside files are part of the tests' and
// sources' records.
std::set<std::string> parts_of_records(const Manifest& manifest)
{
    std::set<std::string> parts;
    for (const TestResult& test : manifest.tests())
        if (test.log)
            parts.insert(*test.log);
    for (const Source& source : manifest.sources()) {
        if (source.files)
            parts.insert(*source.files);
        for (const LookasideFile& file : source.lookaside)
            parts.insert(file.sha256);
    }
    return parts;
}

bool is_recorded(const Manifest& manifest, const Artifact& artifact, const std::set<std::string>& parts)
{
    return artifact.kind == "srpm" || !manifest.tasks_with(artifact.sha256).empty() || !parts.contains(artifact.sha256);
}

// Whatever it is a file of: one that was withdrawn is named, and what was made from it.
bool is_withdrawn(const Artifact& artifact, const Lineage& lineage, const EvidenceReader& reader, Report& report)
{
    Result<std::optional<StatusChange>> change = reader.last_change(lineage.of(artifact));
    if (!change || !*change || !(*change)->withdraws())
        return false; // one that does not hold was seen before this
    report.refuse((*change)->status, artifact.name + " " + artifact.sha256, (*change)->text());
    return true;
}

} // namespace

void Report::add(const Evidence& evidence, const std::string& what)
{
    switch (evidence.answer) {
    case Evidence::Answer::verified: confirm(what, evidence.vouchers); return;
    case Evidence::Answer::absent:
        refuse(evidence.withdrawn.empty() ? "absent" : evidence.withdrawn, what, evidence.reason);
        return;
    case Evidence::Answer::contradicted: break;
    }
    if (contradiction_.empty())
        contradiction_ = "'" + what + "': " + evidence.reason;
    else
        messages_.warning(evidence.reason, what);
}

void Report::confirm(const std::string& what, const std::vector<Voucher>& vouchers)
{
    lines_ += "verified " + escape_hidden(what) + "\n";
    for (const Voucher& voucher : vouchers)
        lines_ += "  " + escape_hidden(voucher.text()) + "\n";
}

void Report::note_withheld(std::uint64_t statements)
{
    ++refused_;
    lines_ += format_text("withheld {} statements of the log\n", statements);
}

void Report::refuse(const std::string& answer, const std::string& what, const std::string& why)
{
    ++refused_;
    lines_ += answer + " " + escape_hidden(what) + "\n";
    messages_.warning(why, what);
}

Result<cli::Outcome> Report::outcome() const
{
    if (!contradiction_.empty())
        return fail(Kind::trust, contradiction_, hint_);
    return cli::Outcome{.verdict = refused_ > 0 ? cli::Verdict::no : cli::Verdict::yes, .document = lines_};
}

void check_records(const Manifest& manifest, const EvidenceReader& reader, Report& report)
{
    for (const Source& source : manifest.sources())
        report.add(reader.of_source(source), "source " + source.id);
    const std::set<std::string> parts = parts_of_records(manifest);
    const Lineage lineage(manifest);
    for (const Artifact& artifact : manifest.artifacts())
        if (!is_withdrawn(artifact, lineage, reader, report) && !artifact.unsigned_sha256 &&
            is_recorded(manifest, artifact, parts))
            report.add(reader.of_artifact(artifact), artifact.name + " " + artifact.sha256);
    for (const TestResult& test : manifest.tests())
        report.add(reader.of_test(test), "test " + test.id);
    for (const Signature& signature : manifest.signatures())
        report.add(reader.of_signature(signature), "signature " + signature.id);
    for (const Release& release : manifest.releases())
        report.add(reader.of_release(release), "release " + release.id);
    for (const Erratum& erratum : manifest.errata())
        report.add(reader.of_erratum(erratum), "erratum " + erratum.id);
    for (const Reproduction& reproduction : manifest.reproductions())
        report.add(reader.of_reproduction(reproduction), "reproduction " + reproduction.id);
}

} // namespace albs::notarize
