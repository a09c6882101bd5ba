// SPDX-License-Identifier: GPL-3.0-or-later
// What a log says of digests: the statements about one, and changes of status as notarizations of a manifest.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "albs/evidence/survey.hpp"
#include "albs/json/value.hpp"
#include "albs/log/view.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/statement/logged_statements.hpp"
#include "albs/statement/status.hpp"
#include "albs/statement/voucher.hpp"

namespace albs::notarize {

/// Every statement with that subject, in the order of the log, each checked against its leaf in the tree.
Result<std::vector<FoundStatement>> find_statements(LogView& log, const std::string& digest);

struct StatedVoucher {
    Json statement;
    Voucher voucher;
};
/// Reads single statements of a log, each bundle of them once.
class VoucherReader {
public:
    explicit VoucherReader(LogView& log) : log_(log) {}
    /// The statement is signed by its entry's key. Kind::input when it is withheld.
    Result<StatedVoucher> read(std::uint64_t index);
    LogView& log() { return log_; }

private:
    LogView& log_;
    std::unordered_map<std::uint64_t, StatementBundle> bundles_;
};

/// Reads the statements of the listed changes about what the manifest names, which are then among those that were read.
/// Returns those that are withheld. Kind::trust when the list says what the statement does not.
Result<std::vector<StatusChange>> read_listed(Survey& survey, LogView& log, const Manifest& manifest);
/// The changes about what the manifest names become notarizations of it, proved up to the log's present checkpoint.
Status add_changes(const Survey& survey, LogView& log, Manifest& manifest);

} // namespace albs::notarize
