// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream.hpp"

#include <algorithm>
#include <map>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

namespace albs::fetch {
namespace {

constexpr std::string_view signature_endings[] = {".asc", ".sig", ".sign"};
constexpr off_t max_signature = off_t{1} << 16;
constexpr off_t max_keyring = off_t{16} << 20;
constexpr std::int64_t max_unpacked = std::int64_t{8} << 30;

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

bool is_signature(std::string_view name)
{
    return std::any_of(std::begin(signature_endings), std::end(signature_endings),
                       [&](std::string_view ending) { return name.ends_with(ending); });
}

/// The files that "x.tar.sig" may sign: "x.tar", else what that was compressed to, "x.tar.xz". None: they are not
/// there, or this is no signature by its name.
std::vector<std::string> signed_by(const std::string& signature, const std::vector<Candidate>& files)
{
    auto is_there = [&](const std::string& name) {
        return std::any_of(files.begin(), files.end(), [&](const Candidate& one) { return one.name == name; });
    };
    std::vector<std::string> found;
    const std::string name = is_signature(signature) ? signature.substr(0, signature.rfind('.')) : "";
    if (name.empty())
        return found;
    if (is_there(name))
        return {name};
    for (const rpm::Packing& packing : rpm::packings)
        if (const std::string packed = name + std::string(packing.ending); is_there(packed))
            found.push_back(packed);
    return found;
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

/// One signature and one file, and where both are.
struct Pair {
    std::string signature; ///< its bytes
    std::string file;      ///< path
    std::string name;      ///< of the signature
    std::string unpacked;  ///< where the file may be decompressed to
};

/// A signature of NAME.tar beside NAME.tar.xz is most often one of what was compressed.
Result<SourceSignature> judge(const gpg::Keyring& keyring, const Pair& pair)
{
    ALBS_TRY(SourceSignature verdict, keyring.verify_file(pair.signature, pair.file));
    const std::string of_itself = pair.name.substr(0, pair.name.rfind('.'));
    if (verdict.status != "bad" || sys::base_name(pair.file) == of_itself)
        return verdict;
    if (!sys::exists(pair.unpacked))
        if (Status unpacked = rpm::library().decompress(pair.file, pair.unpacked, max_unpacked); !unpacked) {
            unpacked.error().message += ", and '" + pair.name + "' signs what is in it";
            return tl::unexpected(std::move(unpacked).error());
        }
    return keyring.verify_file(pair.signature, pair.unpacked);
}

/// What the keys among the sources say of one signature. prefix: of the paths that are recorded.
Result<UpstreamSignature> verdict_on(const Pair& pair, const std::map<std::string, gpg::Keyring>& keyrings,
                                     const std::string& prefix)
{
    UpstreamSignature verdict{.path = prefix + sys::base_name(pair.file), .signature = prefix + pair.name};
    for (const auto& [keys, keyring] : keyrings) {
        ALBS_TRY(SourceSignature one, judge(keyring, pair));
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
    return verdict;
}

const char* words_for(const std::string& status)
{
    if (status == "expired-key")
        return "is by a key that has expired";
    if (status == "revoked-key")
        return "is by a key that was revoked";
    return "is by a key that is not among the sources";
}

} // namespace

Result<std::vector<UpstreamSignature>> verify_upstream(const std::string& tree, const std::string& folder,
                                                       const std::string& scratch)
{
    std::vector<UpstreamSignature> found;
    const std::string directory = folder.empty() ? tree : tree + "/" + folder;
    ALBS_TRY(std::vector<Candidate> files, files_in(directory));
    std::optional<std::map<std::string, gpg::Keyring>> keyrings;
    for (const Candidate& file : files) {
        const std::vector<std::string> names = signed_by(file.name, files);
        if (names.empty() || file.size > max_signature)
            continue;
        if (!keyrings)
            keyrings = keyrings_in(directory, files);
        ALBS_TRY(std::string signature, sys::read_file(directory + "/" + file.name));
        for (const std::string& name : names) {
            ALBS_TRY(sys::TemporaryDirectory place, sys::TemporaryDirectory::make("unpacked", scratch));
            ALBS_TRY(UpstreamSignature verdict,
                     verdict_on({signature, directory + "/" + name, file.name, place.path() + "/file"}, *keyrings,
                                folder.empty() ? "" : folder + "/"));
            found.push_back(std::move(verdict));
        }
    }
    return found;
}

Status refuse_unsigned_upstream(const Session& session, const Source& source)
{
    if (!session.options.require_upstream_signed)
        return {};
    auto refuse = [](const std::string& why, const std::string& advice) {
        return fail(Kind::input, why + ", and --require-upstream-signed wants a good one", advice);
    };
    if (source.srpm)
        return fail(Kind::input, "a source package does not say which of its files their makers signed",
                    "fetch its dist-git repository, or leave out --require-upstream-signed");
    for (const UpstreamSignature& one : source.upstream_signatures)
        if (one.status != "good")
            return refuse(
                format_text("the upstream signature '{}' of '{}' {}", one.signature, one.path, words_for(one.status)),
                "if the key is the makers', add it to the sources; without --require-upstream-signed it is "
                "recorded only");
    for (const LookasideFile& file : source.lookaside) {
        const Candidate named{sys::base_name(file.path), 0};
        const bool is_signed = std::any_of(source.upstream_signatures.begin(), source.upstream_signatures.end(),
                                           [&](const UpstreamSignature& one) { return one.path == file.path; });
        if (!is_signed && !is_signature(named.name) && !may_hold_keys(named))
            return refuse(format_text("'{}' has no upstream signature", file.path),
                          "add the file that its makers put beside it to the sources, and their keys");
    }
    return {};
}

} // namespace albs::fetch
