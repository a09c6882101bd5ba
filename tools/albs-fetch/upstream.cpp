// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream.hpp"

#include <algorithm>
#include <map>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::fetch {
namespace {

constexpr std::string_view signature_endings[] = {".asc", ".sig", ".sign"};
constexpr off_t max_signature = off_t{1} << 16;
constexpr off_t max_keyring = off_t{16} << 20;

struct Candidate {
    std::string name;
    off_t size = 0;
};

/// The regular files of a directory; hostile names are no paths.
Result<std::vector<Candidate>> files_in(const std::string& directory)
{
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(directory));
    std::vector<Candidate> files;
    for (const std::string& name : names) {
        struct stat status {};
        if (::lstat((directory + "/" + name).c_str(), &status) == 0 && S_ISREG(status.st_mode))
            files.push_back({name, status.st_size});
    }
    return files;
}

/// The file that "x.tar.xz.sig" signs, "x.tar.xz"; empty: it is not there, or this is no signature by its name.
std::string signed_by(const std::string& signature, const std::vector<Candidate>& files)
{
    for (std::string_view ending : signature_endings) {
        if (!signature.ends_with(ending))
            continue;
        const std::string name = signature.substr(0, signature.size() - ending.size());
        auto has = [&](const Candidate& one) { return one.name == name; };
        if (!name.empty() && std::any_of(files.begin(), files.end(), has))
            return name;
    }
    return "";
}

bool may_hold_keys(const Candidate& file)
{
    const std::string name = lower_case(file.name);
    return file.size <= max_keyring &&
           (name.ends_with(".gpg") || name.ends_with(".pgp") || name.ends_with(".asc") || name.ends_with(".key") ||
            name.ends_with(".pub") || name.ends_with(".keyring") || name.find("gpgkey") != name.npos ||
            name.find("gpg-key") != name.npos || name == "keys" || name.starts_with("keys."));
}

/// The files that hold public keys, by name.
std::map<std::string, gpg::Keyring> keyrings_in(const std::string& directory, const std::vector<Candidate>& files)
{
    std::map<std::string, gpg::Keyring> keyrings;
    for (const Candidate& file : files)
        if (may_hold_keys(file) && signed_by(file.name, files).empty())
            if (auto keyring = gpg::Keyring::load(directory + "/" + file.name))
                keyrings.emplace(file.name, *std::move(keyring));
    return keyrings;
}

} // namespace

Result<std::vector<UpstreamSignature>> verify_upstream(const std::string& tree, const std::string& folder)
{
    std::vector<UpstreamSignature> found;
    const std::string directory = folder.empty() ? tree : tree + "/" + folder;
    ALBS_TRY(std::vector<Candidate> files, files_in(directory));
    std::map<std::string, gpg::Keyring> keyrings;
    bool are_read = false;
    const std::string prefix = folder.empty() ? "" : folder + "/";
    for (const Candidate& file : files) {
        const std::string name = signed_by(file.name, files);
        if (name.empty() || file.size > max_signature)
            continue;
        if (!are_read)
            keyrings = keyrings_in(directory, files);
        are_read = true;
        UpstreamSignature verdict{.path = prefix + name, .signature = prefix + file.name};
        ALBS_TRY(std::string signature, sys::read_file(directory + "/" + file.name));
        ALBS_TRY(std::string text, keyrings.empty() ? Result<std::string>("") : sys::read_file(directory + "/" + name));
        for (const auto& [keys, keyring] : keyrings) {
            ALBS_TRY(SourceSignature one, keyring.verify(signature, text));
            if (one.status == "bad")
                return fail(Kind::trust,
                            format_text("the upstream signature '{}' by key {} of '{}' does not fit '{}': one of them "
                                        "was changed",
                                        verdict.signature, one.key.value_or("unknown"), keys, verdict.path));
            if (verdict.status == "good" || one.status == "unknown-key")
                continue;
            verdict.status = one.status;
            verdict.keyring = prefix + keys;
            verdict.key = one.key;
            verdict.signer = one.signer;
        }
        found.push_back(std::move(verdict));
    }
    return found;
}

} // namespace albs::fetch
