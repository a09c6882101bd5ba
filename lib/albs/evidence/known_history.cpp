// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/known_history.hpp"

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

void KnownHistory::add_log(LogView view)
{
    std::string origin = view.checkpoint.origin;
    logs_.insert_or_assign(std::move(origin), std::shared_ptr<Log>(new Log{.mutex = {}, .view = std::move(view)}));
}

void KnownHistory::leave_out(const std::string& origin)
{
    heads_.erase(origin);
    logs_.erase(origin);
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
    if (held)
        return std::string();
    if (held.error().kind == Kind::trust)
        return tl::unexpected<Error>(std::move(held).error());
    return "its checkpoint cannot be held against the log: " + held.error().message;
}

Result<std::string> KnownHistory::hold(const Checkpoint& checkpoint, const std::string& note) const
{
    if (auto log = logs_.find(checkpoint.origin); log != logs_.end())
        return hold_against_log(*log->second, checkpoint, note);
    auto head = heads_.find(checkpoint.origin);
    if (head == heads_.end())
        return std::string();
    const RememberedCheckpoint& known = head->second;
    if (known.checkpoint.size == checkpoint.size)
        return known.checkpoint.root == checkpoint.root ? Result<std::string>()
                                                        : two_histories(checkpoint, note, known.note);
    Result<std::optional<Digest>> seen = memory_->seen_root(checkpoint.origin, checkpoint.size);
    if (seen && *seen && **seen != checkpoint.root)
        return two_histories(checkpoint, note, "");
    if (seen && *seen)
        return std::string();
    return format_text("this machine remembers the log '{}' with {} entries, and the proof's checkpoint has {}: that "
                       "both are of one history cannot be told without the log; {}",
                       checkpoint.origin, known.checkpoint.size, checkpoint.size, how_to_tell);
}

} // namespace albs
