// SPDX-License-Identifier: GPL-3.0-or-later
#include "split_view.hpp"

#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs::notarize {
namespace {

// The same every time that it is found: two files do not become two hundred.
std::string stem_of(const Checkpoint& checkpoint)
{
    return format_text("{}-{}", checkpoint.size, checkpoint.root.hex().substr(0, 16));
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

Result<std::string> save(LogView& log, const Checkpoint& older, const std::string& older_note,
                         const CheckpointMemory& memory)
{
    ALBS_TRY(std::string proof, proof_request(log, older)); // tiles that do not hold are another matter
    std::string directory = memory.file(log.checkpoint.origin) + ".split";
    ALBS_CHECK(sys::make_directories(directory));
    std::string first = directory + "/" + stem_of(older) + ".checkpoint";
    std::string second = directory + "/" + stem_of(log.checkpoint) + ".checkpoint";
    ALBS_CHECK(sys::write_file(first, older_note));
    ALBS_CHECK(sys::write_file(second, log.note));
    if (older.size < log.checkpoint.size)
        ALBS_CHECK(sys::write_file(
            format_text("{}/{}-{}.add-checkpoint", directory, stem_of(older), stem_of(log.checkpoint)), proof));
    return format_text(
        "both checkpoints, with their signatures, are in '{}' and '{}': show them to who runs the log and "
        "to who relies on it",
        first, second);
}

} // namespace

Status check_extends(LogView& log, const Checkpoint& older, const std::string& older_note,
                     const CheckpointMemory& memory, bool dry_run)
{
    Status holds = log.extends(older, older_note);
    if (holds || holds.error().kind != Kind::trust || older.size > log.checkpoint.size || dry_run)
        return holds;
    Error error = std::move(holds).error();
    Result<std::string> saved = save(log, older, older_note, memory);
    if (saved)
        error.hint = *std::move(saved);
    else if (saved.error().kind != Kind::trust)
        error.hint = "the two checkpoints could not be saved: " + saved.error().message;
    return tl::unexpected<Error>(std::move(error));
}

} // namespace albs::notarize
