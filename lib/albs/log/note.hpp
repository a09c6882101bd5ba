// SPDX-License-Identifier: GPL-3.0-or-later
// Signed notes and verifier keys (C2SP signed-note), and the two kinds of lines that we check: a log's Ed25519
// signature and a witness's timestamped cosignature (C2SP tlog-cosignature).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "albs/crypto/keys.hpp"
#include "base/bytes.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

/// First byte of a key in a vkey and in a key id.
enum class NoteKeyType : std::uint8_t { ed25519 = 1, cosignature = 4 };

/// "NAME+HEX8+BASE64", the public half of a note's key.
struct Vkey {
    std::string name;
    NoteKeyType type = NoteKeyType::ed25519;
    Bytes key; ///< 32 bytes

    /// Kind::input when it is malformed, or its key id is not its own.
    static Result<Vkey> parse(std::string_view text);
    static Result<Vkey> make(std::string_view name, NoteKeyType type, const PublicKey& key);
    std::string text() const;
    /// SHA-256(name || \n || type || key); its first four bytes are the key id.
    Digest full_id() const;
    std::uint32_t id() const;
    friend bool operator==(const Vkey&, const Vkey&) = default;
};

struct NoteSignature {
    std::string name;
    std::uint32_t id = 0;
    Bytes bytes;              ///< after the key id
    std::string line() const; ///< with its newline
    /// One line without its newline.
    static Result<NoteSignature> parse(std::string_view line);
};

struct Note {
    std::string text; ///< signed; ends with a newline
    std::vector<NoteSignature> signatures;
    /// At most 1 MB and 100 signatures; Kind::input otherwise.
    static Result<Note> parse(std::string_view bytes);
    std::string bytes() const;
};

/// Name of a key or a log: not empty, no white space, no '+', valid UTF-8.
bool is_note_name(std::string_view name);
/// A name that a new log may have: of a key or a log, without a scheme ("https://") and without characters that nobody
/// sees or that change the direction of the text, so that two names do not look the same. Kind::usage otherwise.
Status check_new_origin(std::string_view name);

/// Kind::trust when none of the note's lines is by the key, or when one is and does not hold.
Status verify_note(const Note& note, const Vkey& key);
/// When the witness says it saw the note (seconds since 1970); Kind::trust as verify_note. The latest, of several.
Result<std::uint64_t> verify_cosignature(const Note& note, const Vkey& witness);
/// The key, of a log or a witness, has a signature on the note, whether or not it holds.
bool has_signature_of(const Note& note, const Vkey& key);
/// Every signature on the note by one of these keys holds: a false one beside a good one was made by somebody. Lines of
/// other keys say nothing. Kind::trust otherwise.
Status verify_known(const Note& note, const std::vector<Vkey>& keys);

/// The line that signs a text.
Result<NoteSignature> sign_note(std::string_view text, std::string_view name, const PrivateKey& key);

} // namespace albs
