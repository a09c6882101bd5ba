// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/note.hpp"
#include "base/format.hpp"
#include "base/visible.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace albs {
namespace {

constexpr std::size_t max_note = 1'000'000;
constexpr std::size_t max_signatures = 100;
constexpr std::string_view dash = "\xe2\x80\x94 "; // em dash, space
constexpr std::size_t id_bytes = 4;
constexpr std::size_t signature_bytes = 64;
constexpr std::size_t cosignature_bytes = 8 + signature_bytes;

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 0; // 0: not UTF-8
};

CodePoint first_code_point(std::string_view text)
{
    auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    std::uint32_t lead = byte(0);
    if (lead < 0x80)
        return {lead, 1};
    std::size_t count = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < count)
        return {};
    std::uint32_t value = lead & (0x7fU >> count);
    for (std::size_t i = 1; i < count; ++i) {
        if ((byte(i) & 0xc0) != 0x80)
            return {};
        value = value << 6 | (byte(i) & 0x3f);
    }
    bool overlong = (count == 3 && value < 0x800) || (count == 4 && value < 0x10000);
    if (overlong || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return {};
    return {value, count};
}

// Unicode's White_Space, which signed-note keeps out of names.
bool is_space(std::uint32_t c)
{
    return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

// Valid UTF-8 whose code points all pass.
template <class Test> bool all_code_points(std::string_view text, Test passes)
{
    while (!text.empty()) {
        CodePoint point = first_code_point(text);
        if (point.bytes == 0 || !passes(point.value))
            return false;
        text.remove_prefix(point.bytes);
    }
    return true;
}

// "javascript:" and the like; the number behind "log.example.org:" is a port.
bool has_scheme(std::string_view name)
{
    auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    auto is_of_scheme = [&](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; };
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos || colon == 0 || !is_letter(name.front()) ||
        !std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(colon), is_of_scheme))
        return false;
    const std::string_view port = name.substr(colon + 1, name.find('/', colon) - colon - 1);
    return port.empty() || !std::all_of(port.begin(), port.end(), is_digit);
}

std::uint32_t big_endian_32(std::span<const std::uint8_t> bytes)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < id_bytes; ++i)
        value = value << 8 | bytes[i];
    return value;
}

std::string cosigned_text(std::string_view text, std::uint64_t time)
{
    return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

// Checks the lines of one key by a test of theirs.
template <class Check> Status check_lines(const Note& note, const Vkey& key, Check check)
{
    bool found = false;
    for (const NoteSignature& signature : note.signatures) {
        if (signature.name != key.name || signature.id != key.id())
            continue;
        if (!check(signature.bytes))
            return fail(Kind::trust, "the signature of '" + key.name + "' does not hold");
        found = true;
    }
    if (!found)
        return fail(Kind::trust, "no signature by the key '" + key.text() + "'");
    return {};
}

} // namespace

bool is_note_name(std::string_view name)
{
    return !name.empty() && all_code_points(name, [](std::uint32_t c) { return c > 0x20 && c != '+' && !is_space(c); });
}

Status check_new_origin(std::string_view name)
{
    const std::string hint = "--origin log.example.org";
    if (name.empty())
        return fail(Kind::usage, "init needs --origin", hint);
    if (!is_visible(name))
        return fail(Kind::usage, "--origin has a control character, or one that is not visible, or is not in UTF-8",
                    hint);
    if (!is_note_name(name))
        return fail(Kind::usage, "--origin has a space or a '+'", hint);
    if (name.find("://") != std::string_view::npos || name.starts_with("//") || has_scheme(name))
        return fail(Kind::usage, "--origin is a URL with its scheme", hint);
    return {};
}

Result<Vkey> Vkey::parse(std::string_view text)
{
    auto malformed = [&] {
        return fail(Kind::input, "not a verifier key: '" + std::string(text.substr(0, 100)) + "'",
                    "a verifier key is one line NAME+ID+KEY, as in a ledger's log.vkey");
    };
    std::size_t first = text.find('+');
    std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos || second - first != 9)
        return malformed();
    Result<Bytes> bytes = from_base64(text.substr(second + 1));
    if (!bytes || bytes->size() != 33 || ((*bytes)[0] != 1 && (*bytes)[0] != 4))
        return malformed();
    Vkey key{.name = std::string(text.substr(0, first)),
             .type = static_cast<NoteKeyType>((*bytes)[0]),
             .key = Bytes(bytes->begin() + 1, bytes->end())};
    if (!is_note_name(key.name) || key.text() != text)
        return malformed();
    return key;
}

Result<Vkey> Vkey::make(std::string_view name, NoteKeyType type, const PublicKey& key)
{
    if (!is_note_name(name))
        return fail(Kind::input, "not a name for a log: '" + std::string(name.substr(0, 100)) + "'",
                    "use a host name or a URL without its scheme; no spaces and no '+'");
    if (key.type() != KeyType::ed25519)
        return fail(Kind::internal, "notes are signed with Ed25519 keys");
    return Vkey{.name = std::string(name), .type = type, .key = key.raw()};
}

Digest Vkey::full_id() const
{
    std::string input = name + "\n";
    input += static_cast<char>(type);
    input += as_text(key);
    return sha256(input);
}

std::uint32_t Vkey::id() const
{
    return big_endian_32(full_id().bytes());
}

std::string Vkey::text() const
{
    Bytes typed{static_cast<std::uint8_t>(type)};
    typed.insert(typed.end(), key.begin(), key.end());
    return format_text("{}+{}+{}", name, to_hex(full_id().bytes().first(id_bytes)), to_base64(typed));
}

std::string NoteSignature::line() const
{
    Bytes blob;
    for (int shift = 24; shift >= 0; shift -= 8)
        blob.push_back(static_cast<std::uint8_t>(id >> shift));
    blob.insert(blob.end(), bytes.begin(), bytes.end());
    return format_text("{}{} {}\n", dash, name, to_base64(blob));
}

Result<NoteSignature> NoteSignature::parse(std::string_view line)
{
    std::size_t space = line.rfind(' ');
    if (!line.starts_with(dash) || space == std::string_view::npos || space < dash.size())
        return fail(Kind::input, "a note with a malformed signature line");
    std::string_view name = line.substr(dash.size(), space - dash.size());
    Result<Bytes> blob = from_base64(line.substr(space + 1));
    if (!is_note_name(name) || !blob || blob->size() <= id_bytes)
        return fail(Kind::input, "a note with a malformed signature line");
    return NoteSignature{
        .name = std::string(name), .id = big_endian_32(*blob), .bytes = Bytes(blob->begin() + id_bytes, blob->end())};
}

Result<Note> Note::parse(std::string_view bytes)
{
    if (bytes.size() > max_note)
        return fail(Kind::input, "a note of more than " + std::to_string(max_note) + " bytes");
    if (!all_code_points(bytes, [](std::uint32_t c) { return c >= 0x20 || c == '\n'; }))
        return fail(Kind::input, "a note with control characters, or not in UTF-8");
    std::size_t blank = bytes.rfind("\n\n");
    if (blank == std::string_view::npos || !bytes.ends_with('\n'))
        return fail(Kind::input, "a note without signatures");
    Note note{.text = std::string(bytes.substr(0, blank + 1)), .signatures = {}};
    std::string_view lines = bytes.substr(blank + 2);
    while (!lines.empty()) {
        std::size_t end = lines.find('\n');
        ALBS_TRY(NoteSignature signature, NoteSignature::parse(lines.substr(0, end)));
        note.signatures.push_back(std::move(signature));
        lines.remove_prefix(end + 1);
    }
    if (note.signatures.empty() || note.signatures.size() > max_signatures)
        return fail(Kind::input, "a note with " + std::to_string(note.signatures.size()) + " signatures");
    return note;
}

std::string Note::bytes() const
{
    std::string all = text + "\n";
    for (const NoteSignature& signature : signatures)
        all += signature.line();
    return all;
}

Status verify_note(const Note& note, const Vkey& key)
{
    ALBS_TRY(PublicKey public_key, PublicKey::from_ed25519(key.key));
    if (key.type != NoteKeyType::ed25519)
        return fail(Kind::input, "'" + key.text() + "' is the key of a witness, not of a log");
    return check_lines(note, key, [&](const Bytes& bytes) { return public_key.verify(note.text, bytes); });
}

Result<std::uint64_t> verify_cosignature(const Note& note, const Vkey& witness)
{
    ALBS_TRY(PublicKey public_key, PublicKey::from_ed25519(witness.key));
    if (witness.type != NoteKeyType::cosignature)
        return fail(Kind::input, "'" + witness.text() + "' is not the key of a witness");
    std::uint64_t latest = 0;
    ALBS_CHECK(check_lines(note, witness, [&](const Bytes& bytes) {
        if (bytes.size() != cosignature_bytes)
            return false;
        std::uint64_t time = 0;
        for (std::size_t i = 0; i < 8; ++i)
            time = time << 8 | bytes[i];
        latest = std::max(latest, time);
        return time >> 63 == 0 && public_key.verify(cosigned_text(note.text, time), std::span(bytes).subspan(8));
    }));
    return latest;
}

bool has_signature_of(const Note& note, const Vkey& key)
{
    return std::any_of(
        note.signatures.begin(), note.signatures.end(),
        [id = key.id(), &key](const NoteSignature& line) { return line.name == key.name && line.id == id; });
}

Status verify_known(const Note& note, const std::vector<Vkey>& keys)
{
    for (const Vkey& key : keys) {
        if (!has_signature_of(note, key))
            continue;
        if (key.type == NoteKeyType::ed25519)
            ALBS_CHECK(verify_note(note, key));
        else
            ALBS_CHECK(verify_cosignature(note, key));
    }
    return {};
}

Result<NoteSignature> sign_note(std::string_view text, std::string_view name, const PrivateKey& key)
{
    ALBS_TRY(Vkey vkey, Vkey::make(name, NoteKeyType::ed25519, key.public_key()));
    ALBS_TRY(Bytes signature, key.sign(text));
    return NoteSignature{.name = std::string(name), .id = vkey.id(), .bytes = std::move(signature)};
}

} // namespace albs
