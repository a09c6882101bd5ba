// SPDX-License-Identifier: GPL-3.0-or-later
#include "planned_roots.hpp"

#include "base/digest.hpp"

namespace albs::build {
namespace {

/// The packages of a root, and what is said of them together.
struct Sum {
    Json packages = Json::array();
    std::string all; ///< what the root's id is made of
    std::int64_t size = 0;
    std::int64_t missing = 0;

    void add(const std::string& nevra, const std::string& checksum, bool is_sha256, std::int64_t bytes, Json repository,
             bool is_there)
    {
        all += nevra + " " + checksum + "\n";
        size += bytes;
        missing += is_there ? 0 : bytes;
        packages.push(Json::object({{"nevra", nevra},
                                    {"sha256", is_sha256 ? Json(checksum) : Json()},
                                    {"size", bytes},
                                    {"repository", std::move(repository)},
                                    {"there", is_there}}));
    }

    Json root(const std::string& platform, const std::string& arch, const std::vector<std::string>& modules,
              Json installed) &&
    {
        return Json::object({{"id", sha256(all).hex()},
                             {"platform", platform},
                             {"arch", arch},
                             {"modules", Json::strings(modules)},
                             {"size", size},
                             {"missing", missing},
                             {"installed", std::move(installed)},
                             {"packages", std::move(packages)}});
    }
};

} // namespace

std::string PlannedRoots::add(Json root)
{
    std::string id = *root.find("id")->string();
    if (known_.insert(id).second)
        list_.push(std::move(root));
    return id;
}

std::string PlannedRoots::add(const std::string& platform, const std::string& arch, const root::Solved& solved)
{
    std::vector<bool> there =
        repositories::are_there(repositories::wanted_of(solved.answer, solved.repositories), workspace_);
    Sum sum{.all = arch + "\n"};
    std::int64_t installed = 0;
    for (std::size_t i = 0; i < solved.answer.packages.size(); ++i) {
        const solve::Description& one = solved.answer.packages[i];
        const bool is_ours = one.repository == repositories::future_repository;
        sum.add(one.nevra, one.checksum, one.checksum_algorithm == "sha256", one.size,
                is_ours ? Json() : Json(one.repository), there[i] || is_ours);
        installed += one.installed_size;
    }
    return add(std::move(sum).root(platform, arch, solved.answer.modules, installed));
}

std::string PlannedRoots::add(const std::string& platform, const buildroot::Lock& lock)
{
    std::vector<bool> there = repositories::are_there(repositories::wanted_of(lock, {}), workspace_);
    Sum sum{.all = lock.arch + "\n"};
    for (std::size_t i = 0; i < lock.packages.size(); ++i) {
        const buildroot::LockedPackage& one = lock.packages[i];
        sum.add(one.nevra, one.sha256, true, one.size, one.repository ? Json(*one.repository) : Json(), there[i]);
    }
    return add(std::move(sum).root(platform, lock.arch, lock.modules, Json()));
}

} // namespace albs::build
