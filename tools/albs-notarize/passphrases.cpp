// SPDX-License-Identifier: GPL-3.0-or-later
#include "passphrases.hpp"

#include <charconv>
#include <cstring>

#include "sys/file.hpp"
#include "sys/stdio.hpp"
#include "sys/terminal.hpp"

namespace albs::notarize {
namespace {

constexpr std::size_t max_passphrase_bytes = 65536; // what is read; the first line of it counts
constexpr int max_attempts = 3;

Result<int> descriptor_number(const std::string& text)
{
    int number = -1;
    auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    // What the tool opened itself is not meant.
    if (code != std::errc() || end != text.data() + text.size() || !sys::is_inherited(number))
        return fail(Kind::usage, "--passphrase-fd: '" + text + "' is no open descriptor", "--passphrase-fd 3 3<FILE");
    return number;
}

} // namespace

Passphrases::~Passphrases()
{
    if (!last_)
        return;
    std::string& text = *last_;
    ::explicit_bzero(text.data(), text.size());
}

Result<std::string> Passphrases::known()
{
    if (descriptor_.empty() || last_)
        return last_.value_or(std::string());
    ALBS_TRY(int number, descriptor_number(descriptor_));
    ALBS_TRY(std::string text, sys::read_all(number, "--passphrase-fd " + descriptor_, max_passphrase_bytes));
    last_ = text.substr(0, text.find('\n'));
    ::explicit_bzero(text.data(), text.size());
    if (last_->empty())
        return fail(Kind::environment, "--passphrase-fd " + descriptor_ + ": no passphrase in it");
    return *last_;
}

Result<std::optional<std::string>> Passphrases::answer(const PassphraseRequest& request)
{
    if (!descriptor_.empty()) {
        ALBS_TRY(std::string given, known());
        return request.attempt == 0 ? std::optional(std::move(given)) : std::nullopt;
    }
    // Both keys often have the same; a token locks itself after a few wrong ones.
    if (request.attempt == 0 && !request.is_pin && last_)
        return last_;
    if (request.attempt == max_attempts)
        return std::optional<std::string>();
    Result<std::string> typed =
        sys::ask_secret((request.is_pin ? "PIN for '" : "Passphrase for '") + request.subject + "': ");
    if (!typed) {
        typed.error().hint = "without a terminal, give the passphrase with --passphrase-fd";
        return fail(std::move(typed).error(), "'" + request.subject + "'");
    }
    if (!request.is_pin)
        last_ = *typed;
    return std::optional(std::move(*typed));
}

AskPassphrase Passphrases::ask()
{
    return [this](const PassphraseRequest& request) { return answer(request); };
}

AskPassphrase Passphrases::ask_nobody()
{
    return [this](const PassphraseRequest& request) -> Result<std::optional<std::string>> {
        if (descriptor_.empty())
            return std::optional<std::string>();
        return answer(request);
    };
}

} // namespace albs::notarize
