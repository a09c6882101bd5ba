// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect.hpp"

#include <algorithm>
#include <sys/stat.h>

#include "base/format.hpp"
#include "rpm/library.hpp"
#include "rpm/unexpanded.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

/// Neither a link nor anything else than a directory or a file.
bool is_plain(const std::string& path, mode_t type)
{
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && (status.st_mode & S_IFMT) == type;
}

/// Files named *.rpm below a directory, at most two levels deep (RPMS/x86_64/NAME.rpm).
Result<std::vector<std::string>> packages_below(const std::string& directory, int depth)
{
    std::vector<std::string> found;
    if (!is_plain(directory, S_IFDIR))
        return found;
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(directory));
    for (const std::string& name : names) {
        std::string path = directory + "/" + name;
        if (depth > 0 && is_plain(path, S_IFDIR)) {
            ALBS_TRY(std::vector<std::string> below, packages_below(path, depth - 1));
            found.insert(found.end(), below.begin(), below.end());
        } else if (name.size() > 4 && name.substr(name.size() - 4) == ".rpm" && is_plain(path, S_IFREG))
            found.push_back(path);
    }
    return found;
}

Reason refusal(std::string message)
{
    return {"package", "spec", std::move(message), {}, {}};
}

} // namespace

Result<std::vector<std::string>> generated_packages(const std::string& top)
{
    std::vector<std::string> found;
    if (!is_plain(top, S_IFDIR))
        return found;
    ALBS_TRY(std::vector<std::string> all, packages_below(top + "/SRPMS", 0));
    for (const std::string& file : all)
        if (file.ends_with(".buildreqs.nosrc.rpm"))
            found.push_back(file);
    return found;
}

Result<ReadPackage> read_built(const std::string& file, const std::string& name, const SourcePackage& source)
{
    const std::string source_name = std::string(source.artifact.name);
    ReadPackage read;
    auto package = rpm::library().read_package(file);
    const RpmInfo* info = package ? &package->info : nullptr;
    const std::string expected =
        info != nullptr ? format_text("{}-{}-{}.{}.rpm", info->name, info->version, info->release, info->arch) : "";
    if (info == nullptr || expected != name || info->arch == "src" || info->sourcerpm != source_name)
        read.refusal = refusal("the build left '" + name + "', which is no package of " + source_name);
    else if (std::optional<rpm::Unexpanded> left = rpm::find_unexpanded(*package))
        read.refusal = refusal(format_text("'{}': the macro '{}' is not defined: {}", name, left->macro, left->where));
    if (!read.refusal)
        read.info = std::move(package->info);
    return read;
}

Result<Collection> collect(const std::string& top, const SourcePackage& source, store::Store& store)
{
    Collection collected;
    // TOP itself lies in a directory of ours, but the build could have replaced it.
    if (!is_plain(top, S_IFDIR)) {
        collected.refusal = refusal("the build left no packages");
        return collected;
    }
    ALBS_TRY(std::vector<std::string> files, packages_below(top + "/RPMS", 1));
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return sys::base_name(a) < sys::base_name(b); });
    for (const std::string& file : files) {
        std::string name = sys::base_name(file);
        ALBS_TRY(ReadPackage read, read_built(file, name, source));
        if (read.refusal) {
            collected.artifacts.clear();
            collected.refusal = std::move(read.refusal);
            return collected;
        }
        ALBS_TRY(Artifact artifact, store.add_artifact(file, name, "rpm"));
        artifact.rpm = std::move(read.info);
        collected.artifacts.push_back(std::move(artifact));
    }
    return collected;
}

} // namespace albs::build
