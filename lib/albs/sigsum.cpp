// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/sigsum.hpp"

#include "albs/hex.hpp"

namespace albs {

std::string sigsum_proof(const TlogProof& proof, std::span<const std::uint8_t> leaf, const Vkey& log)
{
    Result<Note> note = Note::parse(proof.checkpoint);
    Result<Checkpoint> checkpoint =
        note ? Checkpoint::parse(note->text) : Result<Checkpoint>(tl::unexpected(note.error()));
    if (!checkpoint || leaf.size() != 128)
        return {};
    std::string text = "version=2\nlog=" + sha256(log.key).hex() + "\nleaf=" + to_hex(leaf.subspan(96)) + " " +
                       to_hex(leaf.subspan(32, 64)) + "\n\n";
    text += "size=" + std::to_string(checkpoint->size) + "\nroot_hash=" + checkpoint->root.hex() + "\n";
    for (const NoteSignature& line : note->signatures)
        if (line.name == log.name && line.id == log.id())
            text += "signature=" + to_hex(line.bytes) + "\n";
    for (const NoteSignature& line : note->signatures) {
        if (line.bytes.size() != 72)
            continue;
        std::uint64_t time = 0;
        for (std::size_t i = 0; i < 8; ++i)
            time = time << 8 | line.bytes[i];
        // A Sigsum witness is named after its key, "sigsum.org/v1/witness/HEX" or whatever ends in it.
        std::string hash = line.name.substr(line.name.rfind('/') + 1);
        if (hash.size() == 64)
            text += "cosignature=" + hash + " " + std::to_string(time) + " " +
                    to_hex(std::span(line.bytes).subspan(8)) + "\n";
    }
    if (checkpoint->size > 1) {
        text += "\nleaf_index=" + std::to_string(proof.index) + "\n";
        for (const Digest& hash : proof.hashes)
            text += "node_hash=" + hash.hex() + "\n";
    }
    return text;
}

} // namespace albs
