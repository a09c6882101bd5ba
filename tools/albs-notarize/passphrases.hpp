// SPDX-License-Identifier: GPL-3.0-or-later
// The passphrases of the ledger's keys: from a descriptor, or from the terminal.
#pragma once
#include <optional>
#include <string>

#include "albs/crypto/open_key.hpp"

namespace albs::notarize {

class Passphrases {
public:
    /// descriptor: a number, as --passphrase-fd has it; empty: the terminal is asked.
    explicit Passphrases(std::string descriptor) : descriptor_(std::move(descriptor)) {}
    Passphrases(const Passphrases&) = delete;
    Passphrases& operator=(const Passphrases&) = delete;
    ~Passphrases();
    /// For as long as this object lives. Nothing is read or asked before a key wants it.
    AskPassphrase ask();
    /// The same, without asking anybody: a passphrase is there, or there is none.
    AskPassphrase ask_nobody();
    /// For new keys: what the descriptor gives (its first line), or else the last that was typed; empty without either.
    /// Kind::usage for a descriptor that is none.
    Result<std::string> known();

private:
    Result<std::optional<std::string>> answer(const PassphraseRequest& request);
    std::string descriptor_;
    std::optional<std::string> last_;
};

} // namespace albs::notarize
