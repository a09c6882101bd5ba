// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/split_view.hpp"

#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

// The same every time that it is found: two files do not become two hundred.
std::string stem_of(const Checkpoint& checkpoint)
{
    return format_text("{}-{}", checkpoint.size, checkpoint.root.hex().substr(0, 16));
}

std::string directory_of(const std::string& origin, const CheckpointMemory& memory)
{
    return memory.file(origin) + ".split";
}

// The hashes lead from the root that the log has for older.size entries to its present root, so the present checkpoint
// commits to another tree of that size than the one that it signed.
Result<std::string> proof_request(LogView& log, const Checkpoint& older)
{
    ALBS_TRY(std::vector<Digest> hashes, make_consistency_proof(older.size, log.checkpoint.size, log.tiles.nodes()));
    std::string text = format_text("old {}\n", older.size);
    for (const Digest& hash : hashes)
        text += to_base64(hash.bytes()) + "\n";
    return text + "\n" + log.note;
}

} // namespace

Result<std::string> save_split_view(const RememberedCheckpoint& one, const RememberedCheckpoint& other,
                                    const CheckpointMemory& memory)
{
    const std::string directory = directory_of(one.checkpoint.origin, memory);
    ALBS_CHECK(sys::make_directories(directory));
    const std::string first = format_text("{}/{}.checkpoint", directory, stem_of(one.checkpoint));
    const std::string second = format_text("{}/{}.checkpoint", directory, stem_of(other.checkpoint));
    ALBS_CHECK(sys::write_file(first, one.note));
    ALBS_CHECK(sys::write_file(second, other.note));
    return format_text(
        "both checkpoints, with their signatures, are in '{}' and '{}': show them to who runs the log and "
        "to who relies on it",
        first, second);
}

Result<std::string> save_split_view(LogView& log, const RememberedCheckpoint& older, const CheckpointMemory& memory)
{
    ALBS_TRY(std::string proof, proof_request(log, older.checkpoint));
    const RememberedCheckpoint present{.checkpoint = log.checkpoint, .note = log.note};
    ALBS_TRY(std::string said, save_split_view(older, present, memory));
    if (older.checkpoint.size < log.checkpoint.size)
        ALBS_CHECK(sys::write_file(format_text("{}/{}-{}.add-checkpoint", directory_of(log.checkpoint.origin, memory),
                                               stem_of(older.checkpoint), stem_of(log.checkpoint)),
                                   proof));
    return said;
}

Status check_extends(LogView& log, const RememberedCheckpoint& older, const CheckpointMemory& memory, bool dry_run)
{
    Status holds = log.extends(older.checkpoint, older.note);
    if (holds || holds.error().kind != Kind::trust || older.checkpoint.size > log.checkpoint.size || dry_run)
        return holds;
    Error error = std::move(holds).error();
    Result<std::string> saved = save_split_view(log, older, memory);
    if (saved)
        error.hint = *std::move(saved);
    else if (saved.error().kind != Kind::trust)
        error.hint = "the two checkpoints could not be saved: " + saved.error().message;
    return tl::unexpected<Error>(std::move(error));
}

} // namespace albs
