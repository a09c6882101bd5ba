// SPDX-License-Identifier: GPL-3.0-or-later
// `albs-sign detach` and `albs-sign clear`: for files that are no packages, a repomd.xml or CHECKSUM say.
#include <functional>

#include "base/time.hpp"
#include "gpg/sign.hpp"
#include "options.hpp"
#include "sys/file.hpp"

namespace albs::sign {
namespace {

using Make = std::function<Result<std::string>(const gpg::Signer&, const std::string& path, std::int64_t created)>;

Result<std::int64_t> time_of(const TextOptions& options, const gpg::Signer& signer)
{
    ALBS_TRY(std::optional<std::int64_t> wanted, signing_time(options.signing_time));
    std::int64_t time = signer.time_for(wanted ? *wanted : current_time());
    if (!options.signing_time.empty() && time != *wanted)
        return fail(Kind::usage, "--signing-time is before the key was made", "no verifier accepts such a signature");
    return time;
}

Result<cli::Outcome> each_file(const TextOptions& options, cli::Context& context, const Make& make)
{
    if (context.operands.empty())
        return fail(Kind::usage, "no file to sign", "name one");
    bool to_output = context.common.output != "-";
    if (to_output && context.operands.size() != 1)
        return fail(Kind::usage, "several signatures do not fit in '" + context.common.output + "'",
                    "leave -o out: each is written beside its file, or below --output DIR");
    if (options.keys.keys.size() != 1)
        return fail(Kind::usage, "one --key is wanted, not " + std::to_string(options.keys.keys.size()));
    cli::Outcome outcome{.verdict = cli::Verdict::yes, .document = ""};
    for (const std::string& path : context.operands)
        if (!sys::exists(path) || sys::is_directory(path))
            return fail(Kind::input, "cannot open '" + path + "': not a file");
    if (context.dry_run()) {
        for (const std::string& path : context.operands)
            context.messages.note("would sign it", path);
        return outcome;
    }
    ALBS_TRY(gpg::Signer signer, gpg::Signer::open(options.keys.keys.front(), options.keys.gnupghome));
    if (std::string warning = gpg::expiry_warning(signer.key(), current_time()); !warning.empty())
        context.messages.warning(warning);
    ALBS_TRY(std::int64_t created, time_of(options, signer));
    for (const std::string& path : context.operands) {
        ALBS_TRY(std::string text, make(signer, path, created));
        const std::string& directory = context.common.output_directory;
        if (to_output)
            outcome.document = std::move(text);
        else if (directory.empty())
            ALBS_CHECK(sys::write_file(path + ".asc", text));
        else {
            ALBS_CHECK(sys::make_directories(directory));
            ALBS_CHECK(sys::write_file(directory + "/" + sys::base_name(path) + ".asc", text));
        }
    }
    return outcome;
}

} // namespace

Result<cli::Outcome> detach(const TextOptions& options, cli::Context& context, Manifest&)
{
    return each_file(options, context, [](const gpg::Signer& signer, const std::string& path, std::int64_t created) {
        return signer.detach_file(path, created);
    });
}

Result<cli::Outcome> clear(const TextOptions& options, cli::Context& context, Manifest&)
{
    return each_file(
        options, context,
        [](const gpg::Signer& signer, const std::string& path, std::int64_t created) -> Result<std::string> {
            ALBS_TRY(std::string text, sys::read_file(path));
            if (text.find('\0') != std::string::npos)
                return fail(Kind::input, "'" + path + "' is no text", "use albs-sign detach for it");
            return signer.clear(text, created);
        });
}

} // namespace albs::sign
