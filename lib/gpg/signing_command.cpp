// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpg/signing_command.hpp"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <poll.h>
#include <unistd.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "sys/background.hpp"
#include "sys/file.hpp"
#include "sys/pipe.hpp"

namespace albs::gpg {
namespace {

constexpr std::size_t max_answer = 8192; ///< bytes of a line: RSA with 16384 bits takes 4096
constexpr int max_wait_ms = 600000;      ///< for an answer: somebody may have to touch a token

std::string_view name_of(openpgp::KeyAlgorithm algorithm)
{
    switch (algorithm) {
    case openpgp::KeyAlgorithm::rsa: return "rsa";
    case openpgp::KeyAlgorithm::dsa: return "dsa";
    case openpgp::KeyAlgorithm::eddsa: return "eddsa";
    }
    return "";
}

tl::unexpected<Error> refuse(const std::string& why)
{
    return fail(Kind::environment, "--signer: " + why, "albs-sign(1) says what it reads and writes");
}

/// "HEX" for RSA, "HEX HEX" for the others.
Result<std::vector<Bytes>> numbers_in(const std::string& line, openpgp::KeyAlgorithm algorithm)
{
    const std::vector<std::string> words = split_words(line);
    if (!words.empty() && words.front() == "error")
        return refuse("it answers '" + line + "'");
    const std::size_t wanted = algorithm == openpgp::KeyAlgorithm::rsa ? 1 : 2;
    std::vector<Bytes> numbers;
    for (const std::string& word : words)
        if (auto number = from_hex(word); number && !number->empty())
            numbers.push_back(*std::move(number));
    if (numbers.size() != wanted || words.size() != wanted)
        return refuse(format_text("its answer is no signature: wanted {} hexadecimal numbers", wanted));
    return numbers;
}

} // namespace

struct SigningCommand::State {
    sys::Fd questions;
    sys::Fd answers;
    sys::Background process;
    std::mutex asking;
    std::mutex reading;
    std::condition_variable turn;
    std::uint64_t asked = 0;
    std::uint64_t answered = 0;
    std::string rest; ///< of answers, read and not used
    bool broken = false;

    /// Of the question with that number, when those before it have theirs.
    Result<std::string> answer(std::uint64_t number)
    {
        std::unique_lock guard(reading);
        turn.wait(guard, [&] { return answered == number; });
        Result<std::string> line = broken ? Result<std::string>(refuse("it ended")) : read_line();
        broken = broken || !line;
        ++answered;
        turn.notify_all();
        return line;
    }

    Result<std::string> read_line()
    {
        while (rest.find('\n') == std::string::npos) {
            char piece[4096];
            pollfd ready{answers.get(), POLLIN, 0};
            if (::poll(&ready, 1, max_wait_ms) == 0)
                return refuse("it gave no answer within ten minutes");
            ssize_t got = ::read(answers.get(), piece, sizeof piece);
            if (got < 0 && errno == EINTR)
                continue;
            if (got <= 0)
                return refuse("it ended without an answer");
            rest.append(piece, static_cast<std::size_t>(got));
            if (rest.size() > max_answer && rest.find('\n') == std::string::npos)
                return refuse("its answer is too long");
        }
        const std::size_t end = rest.find('\n');
        std::string line = rest.substr(0, end);
        rest.erase(0, end + 1);
        return line;
    }
};

SigningCommand::SigningCommand(std::unique_ptr<State> state) : state_(std::move(state)) {}
SigningCommand::~SigningCommand()
{
    state_->questions = sys::Fd(); // the end of its input, before it is told to end
}

Result<std::shared_ptr<SigningCommand>> SigningCommand::start(const std::vector<std::string>& words)
{
    ALBS_TRY(sys::Pipe in, sys::make_pipe());
    ALBS_TRY(sys::Pipe out, sys::make_pipe());
    sys::Command command;
    command.argv = words;
    for (char** at = environ; *at != nullptr; ++at) // it finds its keys by it
        command.environment.emplace_back(*at);
    command.pass_fds = {{in.read.get(), 0}, {out.write.get(), 1}, {2, 2}};
    auto process = sys::Background::start(command);
    if (!process)
        return fail(std::move(process).error(), "--signer");
    return std::shared_ptr<SigningCommand>(new SigningCommand(std::unique_ptr<State>(
        new State{std::move(in.write), std::move(out.read), *std::move(process), {}, {}, {}, 0, 0, {}, false})));
}

Result<std::vector<Bytes>> SigningCommand::sign(const SigningKey& key, const Digest& digest)
{
    std::uint64_t number = 0;
    {
        std::lock_guard guard(state_->asking);
        const std::string question = format_text("{} {} sha256 {}\n", key.signer, name_of(key.algorithm), digest.hex());
        if (sys::write_bytes(state_->questions.get(), question) != 0)
            return refuse("it reads no more questions");
        number = state_->asked++;
    }
    ALBS_TRY(std::string line, state_->answer(number));
    return numbers_in(line, key.algorithm);
}

} // namespace albs::gpg
