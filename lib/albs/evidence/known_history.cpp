// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/known_history.hpp"

#include "albs/evidence/split_view.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

constexpr const char* how_to_tell = "hold it against the log: --ledger of albs-notarize, $ALBS_LEDGER for other tools";

tl::unexpected<Error> two_histories(const Checkpoint& checkpoint, const std::string& note, const std::string& other)
{
    return fail(Kind::trust, format_text("the log '{}' showed this machine another tree of {} entries: it shows two "
                                         "histories:\n{}{}{}",
                                         checkpoint.origin, checkpoint.size, note, other.empty() ? "" : "\n", other));
}

} // namespace

Result<KnownHistory> KnownHistory::of(const CheckpointMemory& memory, const std::vector<Vkey>& keys)
{
    KnownHistory known;
    ALBS_TRY(std::vector<RememberedCheckpoint> heads, memory.read_all(keys));
    for (RememberedCheckpoint& head : heads) {
        std::string origin = head.checkpoint.origin;
        known.heads_.insert_or_assign(std::move(origin), std::move(head));
    }
    known.memory_ = memory;
    return known;
}

Result<KnownHistory> KnownHistory::of_machine(const std::vector<Vkey>& keys, const std::string& directory)
{
    Result<CheckpointMemory> memory = CheckpointMemory::at(directory);
    return memory ? of(*memory, keys) : KnownHistory();
}

LogView& KnownHistory::add_log(LogView view)
{
    std::string origin = view.checkpoint.origin;
    std::shared_ptr<Log> log(new Log{.mutex = {}, .view = std::move(view)});
    logs_.insert_or_assign(std::move(origin), log);
    return log->view;
}

std::shared_ptr<HistoryFindings> KnownHistory::keep_findings()
{
    findings_ = std::make_shared<HistoryFindings>();
    return findings_;
}

// The error tells of the contradiction, whether its proof could be saved or not.
void KnownHistory::keep(Result<std::string> saved) const
{
    std::lock_guard guard(findings_->mutex);
    if (saved)
        findings_->saved = *std::move(saved);
    else if (saved.error().kind != Kind::trust)
        findings_->saved = "the two checkpoints could not be saved: " + saved.error().message;
}

Result<std::string> KnownHistory::hold_against_log(Log& log, const Checkpoint& checkpoint,
                                                   const std::string& note) const
{
    std::lock_guard guard(log.mutex);
    const std::uint64_t size = log.view.checkpoint.size;
    if (size < checkpoint.size)
        return format_text("its checkpoint of {} entries is newer than the log at hand, which has {}", checkpoint.size,
                           size);
    Status held = log.view.extends(checkpoint, note);
    if (held && findings_) {
        std::lock_guard in_findings(findings_->mutex);
        findings_->proved.push_back(checkpoint);
    }
    if (held)
        return std::string();
    if (held.error().kind != Kind::trust)
        return "its checkpoint cannot be held against the log: " + held.error().message;
    if (findings_ && memory_)
        keep(save_split_view(log.view, {.checkpoint = checkpoint, .note = note}, *memory_));
    return tl::unexpected<Error>(std::move(held).error());
}

Result<std::string> KnownHistory::hold_against_memory(const RememberedCheckpoint& head,
                                                      const RememberedCheckpoint& shown) const
{
    const Checkpoint& checkpoint = shown.checkpoint;
    const bool is_head = head.checkpoint.size == checkpoint.size;
    std::optional<Digest> root = head.checkpoint.root;
    if (!is_head) {
        Result<std::optional<Digest>> seen = memory_->seen_root(checkpoint.origin, checkpoint.size);
        root = seen ? *seen : std::nullopt;
    }
    if (!root)
        return format_text(
            "this machine remembers the log '{}' with {} entries, and the proof's checkpoint has {}: that "
            "both are of one history cannot be told without the log; {}",
            checkpoint.origin, head.checkpoint.size, checkpoint.size, how_to_tell);
    if (*root == checkpoint.root)
        return std::string();
    if (findings_ && is_head) // else the other one is not there any more, and two of different sizes prove nothing
        keep(save_split_view(shown, head, *memory_));
    return two_histories(checkpoint, shown.note, is_head ? head.note : "");
}

Result<std::string> KnownHistory::hold(const Checkpoint& checkpoint, const std::string& note) const
{
    if (auto log = logs_.find(checkpoint.origin); log != logs_.end())
        return hold_against_log(*log->second, checkpoint, note);
    auto head = heads_.find(checkpoint.origin);
    if (head == heads_.end())
        return std::string();
    return hold_against_memory(head->second, {.checkpoint = checkpoint, .note = note});
}

} // namespace albs
