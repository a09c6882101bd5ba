// SPDX-License-Identifier: GPL-3.0-or-later
// What verify has to say: a line for each thing asked about, and what stops it.
#pragma once
#include <string>

#include "albs/evidence/evidence.hpp"
#include "albs/statement/status.hpp"
#include "cli/tool.hpp"

namespace albs::notarize {

/// Three answers, never mixed up: verified; absent, or withdrawn (status 1); contradicted (status 4).
class Report {
public:
    explicit Report(cli::Messages& messages) : messages_(messages) {}
    void add(const Evidence& evidence, const std::string& what);
    /// A line that counts as no.
    void refuse(const std::string& answer, const std::string& what, const std::string& why);
    /// With a line below it, indented, for each statement that says so.
    void confirm(const std::string& what, const std::vector<Voucher>& vouchers = {});
    /// A line that counts as no: how much of the log could not be read.
    void note_withheld(std::uint64_t statements);
    /// What to do about a contradiction, where more is known than that there is one. Empty: nothing more.
    void set_hint(const std::string& hint)
    {
        if (!hint.empty())
            hint_ = hint;
    }
    /// Kind::trust with the first contradiction; else the lines, and yes when nothing was refused.
    Result<cli::Outcome> outcome() const;

private:
    cli::Messages& messages_;
    std::string lines_;
    std::size_t refused_ = 0;
    std::string contradiction_; // the first
    std::string hint_ = "stop: somebody changed the manifest, the file or the ledger";
};

/// Evidence of every record of the manifest that the ledger can hold.
void check_records(const Manifest& manifest, const EvidenceReader& reader, Report& report);

} // namespace albs::notarize
