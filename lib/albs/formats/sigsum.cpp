// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/formats/sigsum.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "base/format.hpp"

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
        text += format_text("cosignature={} {} {}\n", sha256(witness.key).hex(), time,
                            to_hex(std::span(line->bytes).subspan(8)));
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
    std::string text = format_text("version=2\nlog={}\nleaf={} {}\n\nsize={}\nroot_hash={}\nsignature={}\n{}",
                                   sha256(log.key).hex(), to_hex(leaf.subspan(96)), to_hex(leaf.subspan(32, 64)),
                                   checkpoint.size, checkpoint.root.hex(), to_hex(signature->bytes), cosignatures);
    // A tree of one leaf has no proof.
    if (checkpoint.size > 1) {
        text += "\nleaf_index=" + std::to_string(proof.index) + "\n";
        for (const Digest& hash : proof.hashes)
            text += "node_hash=" + hash.hex() + "\n";
    }
    return text;
}

} // namespace albs
