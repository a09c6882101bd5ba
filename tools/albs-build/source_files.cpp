// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_files.hpp"

#include <sys/stat.h>

#include "base/format.hpp"
#include "rpm/library.hpp"
#include "rpm/unexpanded.hpp"
#include "store/lay_out_tree.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

Status add_tree(const Source& source, const store::Store& store, SourceFiles& files)
{
    ALBS_TRY(files.tree, store::stored_tree(store, *source.files));
    const std::string folder = source.layout == "flat" ? "" : "SOURCES/";
    for (const SourceFile& file : files.tree.files) {
        std::string name = sys::base_name(file.path);
        const bool is_link = file.mode == SourceFile::link; // a package has what it leads to
        if (file.path == folder + name || file.path == source.spec)
            files.digests[name] = is_link ? "" : file.sha256;
    }
    if (!source.spec || files.tree.find(*source.spec) == nullptr)
        return fail(Kind::input, format_text("its tree has no spec file '{}'", source.spec.value_or("")));
    return {};
}

Status add_package(const Source& source, const store::Store& store, SourceFiles& files)
{
    ALBS_TRY(std::string path, store.path(*source.srpm));
    ALBS_TRY(rpm::Package package, rpm::library().read_package(path));
    if (package.info.arch != "src")
        return fail(Kind::trust, format_text("{} is no source package", package.info.nevra));
    if (package.info.name != source.name)
        return fail(Kind::trust, format_text("it is said to be the source package of '{}', but is {}", source.name,
                                             package.info.nevra));
    const bool is_known = package.file_digest_algorithm == "sha256";
    for (const rpm::File& file : package.files)
        files.digests[sys::base_name(file.path)] = is_known ? file.digest : "";
    return {};
}

std::string unlike(const rpm::Package& package, const SourceFiles& files, const std::vector<PinnedFile>& pinned)
{
    if (package.file_digest_algorithm != "sha256")
        return "the digests in the source package are not SHA-256";
    std::map<std::string, std::string> digests = files.digests;
    for (const PinnedFile& file : pinned)
        digests.emplace(file.name, file.sha256);
    for (const rpm::File& file : package.files) {
        const std::string name = file.path.substr(file.path.rfind('/') + 1);
        auto known = digests.find(name);
        if (rpm::is_left_out(file))
            continue;
        if (S_ISDIR(file.mode))
            return "the spec names a directory as a source, or a URL that ends in '/'";
        if (known == digests.end() || file.digest.empty())
            return format_text("the spec names '{}' as a source, which is no file of it", name);
        if (!known->second.empty() && known->second != file.digest)
            return format_text("the source package holds another '{}' than the source: wanted sha256 {}, got {}", name,
                               known->second, file.digest);
    }
    return "";
}

} // namespace

Result<SourceFiles> files_of(const Source& source, const Manifest& manifest, const store::Store& store)
{
    const std::string subject = "source '" + source.id + "'";
    if (manifest.artifact(content_of(source)) == nullptr)
        return fail(Kind::input, subject + " names an artifact that the manifest lacks: " + content_of(source));
    SourceFiles files;
    Status added = source.files ? add_tree(source, store, files) : add_package(source, store, files);
    if (!added)
        return fail(std::move(added).error(), subject);
    return files;
}

std::string fault_of(const std::string& path, const SourceFiles& files, const std::vector<PinnedFile>& pinned)
{
    auto package = rpm::library().read_package(path);
    std::string why = package ? unlike(*package, files, pinned) : package.error().message;
    if (std::optional<rpm::Unexpanded> left =
            package && why.empty() ? rpm::find_unexpanded(*package) : std::optional<rpm::Unexpanded>())
        why = format_text("the macro '{}' is not defined: {}", left->macro, left->where);
    if (why.empty())
        if (Status payload = rpm::check_payload(path, package->info); !payload)
            why = payload.error().message;
    return why;
}

} // namespace albs::build
