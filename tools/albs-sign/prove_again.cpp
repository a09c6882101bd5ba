// SPDX-License-Identifier: GPL-3.0-or-later
#include "prove_again.hpp"

#include <algorithm>

#include "albs/manifest/record_index.hpp"
#include "base/format.hpp"
#include "base/time.hpp"
#include "gpg/key.hpp"
#include "rpm/library.hpp"
#include "sys/parallel.hpp"

namespace albs::sign {
namespace {

using Signatures = std::vector<const Signature*>;

/// None where one of the certificates is not there.
Result<std::optional<rpm::Keyring>> certificates_of(const KeyOptions& options, const std::vector<std::string>& keys)
{
    std::string all;
    for (const std::string& key : keys) {
        auto certificate = gpg::export_key(key, options.gnupghome);
        if (!certificate)
            return std::optional<rpm::Keyring>();
        all += *certificate;
    }
    ALBS_TRY(rpm::Keyring keyring, rpm::library().parse_keyring(all));
    return std::optional<rpm::Keyring>(std::move(keyring));
}

/// Why the file is not what its records say; empty: it is.
Result<std::string> doubt(const std::string& path, const Artifact& artifact, const Signatures& records,
                          const rpm::Keyring* certificates)
{
    ALBS_TRY(rpm::Unsigned built, rpm::library().digest_unsigned(path, *artifact.unsigned_sha256));
    if (!built.is_proven)
        return "without its signatures it is not the built file that the manifest records";
    ALBS_TRY(std::vector<rpm::PackageSignature> there, rpm::library().read_signatures(path));
    for (const Signature* record : records)
        if (std::none_of(there.begin(), there.end(), [&](const rpm::PackageSignature& one) {
                return one.header_only && format_time(one.info.created) == record->created;
            }))
            return format_text("it has no signature of {}, which the manifest records", record->created);
    if (certificates == nullptr)
        return std::string();
    ALBS_TRY(rpm::Verdict verdict, rpm::library().verify_signature(path, *certificates));
    return verdict.reason;
}

} // namespace

Status prove_again(const KeyOptions& options, cli::Context& context, const Manifest& manifest,
                   const std::vector<std::string>& keys)
{
    const RecordIndex index(manifest);
    auto is_wanted = [&](const Signature* one) { return std::find(keys.begin(), keys.end(), one->key) != keys.end(); };
    std::vector<const Artifact*> files;
    for (const Artifact& artifact : manifest.artifacts()) {
        const Signatures& records = index.signatures_in(artifact.sha256);
        if (artifact.unsigned_sha256 && std::any_of(records.begin(), records.end(), is_wanted))
            files.push_back(&artifact);
    }
    if (files.empty() || context.dry_run())
        return {};
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    std::erase_if(files, [&](const Artifact* file) {
        if (workspace->store().has(file->sha256))
            return false;
        context.messages.warning("the store does not have it: it was not proved again", file->name);
        return true;
    });
    ALBS_TRY(std::optional<rpm::Keyring> certificates, certificates_of(options, keys));
    return sys::for_each_parallel(files.size(), context.jobs(), [&](std::size_t i) -> Status {
        const Signatures& records = index.signatures_in(files[i]->sha256);
        const bool are_all_wanted = std::all_of(records.begin(), records.end(), is_wanted);
        ALBS_TRY(std::string path, workspace->store().path(files[i]->sha256));
        ALBS_TRY(std::string why,
                 doubt(path, *files[i], records, certificates && are_all_wanted ? &*certificates : nullptr));
        if (!why.empty())
            return fail(Kind::trust, "'" + files[i]->name + "', which is signed already: " + why,
                        "nothing was recorded; find out who changed the manifest or the store");
        return {};
    });
}

} // namespace albs::sign
