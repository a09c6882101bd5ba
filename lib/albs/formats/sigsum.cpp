// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/formats/sigsum.hpp"

#include <algorithm>

#include "base/bytes.hpp"

namespace albs {

namespace {

constexpr std::size_t leaf_bytes = 128; // checksum, signature, hash of the key

bool is_by(const NoteSignature& line, const Vkey& key)
{
    return line.name == key.name && line.id == key.id();
}

// Of a verified cosignature: 8 bytes of time, then the signature.
std::uint64_t time_of(const NoteSignature& line)
{
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < 8; ++i)
        time = time << 8 | line.bytes[i];
    return time;
}

// Sigsum wants each witness once: the latest.
Result<std::string> cosignature_lines(const Note& note, const std::vector<Vkey>& witnesses)
{
    std::string text;
    for (const Vkey& witness : witnesses) {
        if (std::none_of(note.signatures.begin(), note.signatures.end(),
                         [&](const NoteSignature& line) { return is_by(line, witness); }))
            continue;
        ALBS_TRY(std::uint64_t time, verify_cosignature(note, witness));
        auto line = std::find_if(note.signatures.begin(), note.signatures.end(), [&](const NoteSignature& one) {
            return is_by(one, witness) && time_of(one) == time;
        });
        text += "cosignature=" + sha256(witness.key).hex() + " " + std::to_string(time) + " " +
                to_hex(std::span(line->bytes).subspan(8)) + "\n";
    }
    return text;
}

} // namespace

Result<std::string> sigsum_proof(const TlogProof& proof, std::span<const std::uint8_t> leaf, const Vkey& log,
                                 const std::vector<Vkey>& witnesses)
{
    if (leaf.size() != leaf_bytes)
        return fail(Kind::input, "only logs of the sigsum profile have Sigsum's proofs");
    ALBS_TRY(Note note, Note::parse(proof.checkpoint));
    ALBS_TRY(Checkpoint checkpoint, Checkpoint::parse(note.text));
    ALBS_CHECK(verify_note(note, log));
    auto signature = std::find_if(note.signatures.begin(), note.signatures.end(),
                                  [&](const NoteSignature& one) { return is_by(one, log); });
    ALBS_TRY(std::string cosignatures, cosignature_lines(note, witnesses));
    std::string text = "version=2\nlog=" + sha256(log.key).hex() + "\nleaf=" + to_hex(leaf.subspan(96)) + " " +
                       to_hex(leaf.subspan(32, 64)) + "\n\nsize=" + std::to_string(checkpoint.size) +
                       "\nroot_hash=" + checkpoint.root.hex() + "\nsignature=" + to_hex(signature->bytes) + "\n" +
                       cosignatures;
    // A tree of one leaf has no proof.
    if (checkpoint.size > 1) {
        text += "\nleaf_index=" + std::to_string(proof.index) + "\n";
        for (const Digest& hash : proof.hashes)
            text += "node_hash=" + hash.hex() + "\n";
    }
    return text;
}

} // namespace albs
