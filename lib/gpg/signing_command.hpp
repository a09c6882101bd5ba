// SPDX-License-Identifier: GPL-3.0-or-later
// A program of the user that makes signatures with keys which live elsewhere: albs-sign(1) has its protocol.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"
#include "gpg/key.hpp"

namespace albs::gpg {

/// One process for a run, asked by any number of threads. It answers in the order of the questions, which need not wait
/// for each other. What it says is believed by nobody: whoever asks verifies the signature.
class SigningCommand {
public:
    /// words: of the command. Kind::environment if it cannot be started.
    static Result<std::shared_ptr<SigningCommand>> start(const std::vector<std::string>& words);
    ~SigningCommand();
    SigningCommand(const SigningCommand&) = delete;
    SigningCommand& operator=(const SigningCommand&) = delete;
    /// The numbers of the signature, as Agent::sign(). Kind::environment for an error that it tells, for an answer that
    /// is none, and when it ended.
    Result<std::vector<Bytes>> sign(const SigningKey& key, const Digest& digest);

private:
    struct State;
    explicit SigningCommand(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace albs::gpg
