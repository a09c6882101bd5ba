// SPDX-License-Identifier: GPL-3.0-or-later
// What a witness does, which no tool of ours is: cosignature/v1 of C2SP tlog-cosignature.
#pragma once
#include "albs/log/note.hpp"

namespace log_test {

inline albs::NoteSignature cosign(const std::string& text, const std::string& name, const albs::PrivateKey& key,
                                  std::uint64_t time)
{
    albs::NoteSignature line{.name = name,
                             .id = albs::Vkey::make(name, albs::NoteKeyType::cosignature, key.public_key())->id(),
                             .bytes = {}};
    for (int shift = 56; shift >= 0; shift -= 8)
        line.bytes.push_back(static_cast<std::uint8_t>(time >> shift));
    albs::Bytes signature = *key.sign("cosignature/v1\ntime " + std::to_string(time) + "\n" + text);
    line.bytes.insert(line.bytes.end(), signature.begin(), signature.end());
    return line;
}

} // namespace log_test
