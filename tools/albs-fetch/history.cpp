// SPDX-License-Identifier: GPL-3.0-or-later
#include "history.hpp"

#include <sys/stat.h>

#include "distgit/autospec.hpp"
#include "git/bundle.hpp"
#include "git/history.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::fetch {
namespace {

constexpr const char* kind = "history";
constexpr const char* file_ending = ".history.bundle";
constexpr std::size_t max_spec = std::size_t{64} << 20;

Result<bool> is_asked_for(const std::string& tree, const distgit::Layout& layout)
{
    const std::string path = tree + "/" + layout.spec;
    if (sys::is_directory(path))
        return false;
    ALBS_TRY(std::string spec, sys::read_file(path, max_spec));
    const std::string folder = sys::directory_name(path);
    return distgit::uses_rpmautospec(spec) ||
           sys::exists(folder + "/" + std::string(distgit::rpmautospec_configuration));
}

Result<std::optional<Artifact>> kept(Session& session, const git::Repository& repository, const std::string& commit,
                                     const std::string& name, const std::string& scratch)
{
    const std::string file = scratch + "/history";
    ALBS_CHECK(git::write_bundle(repository, commit, file));
    ALBS_TRY(Artifact artifact, session.workspace.store().add_artifact(file, name + file_ending, kind));
    return std::optional<Artifact>(std::move(artifact));
}

} // namespace

Result<std::optional<Artifact>> keep_history(Session& session, const git::Repository& repository,
                                             const std::string& commit, const std::string& tree,
                                             const distgit::Layout& layout, const std::string& scratch)
{
    ALBS_TRY(bool is_asked, is_asked_for(tree, layout));
    return is_asked ? kept(session, repository, commit, layout.name, scratch) : std::optional<Artifact>();
}

Result<std::optional<Artifact>> keep_history(Session& session, const std::string& directory, const std::string& tree,
                                             const distgit::Layout& layout, const std::string& scratch)
{
    ALBS_TRY(bool is_asked, is_asked_for(tree, layout));
    if (!is_asked || !sys::is_directory(directory + "/.git"))
        return std::optional<Artifact>();
    ALBS_TRY(std::unique_ptr<git::Repository> repository, git::open_any(directory));
    auto head = repository->revision("HEAD");
    return head ? kept(session, *repository, *head, layout.name, scratch) : std::optional<Artifact>();
}

Result<Artifact> stored_history(const Session& session, const std::string& sha256, const std::string& name)
{
    ALBS_TRY(std::string path, session.workspace.store().path(sha256));
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return sys::system_error("cannot read", path);
    return Artifact{.sha256 = sha256,
                    .size = status.st_size,
                    .name = name + file_ending,
                    .kind = kind,
                    .rpm = {},
                    .unsigned_sha256 = {}};
}

} // namespace albs::fetch
