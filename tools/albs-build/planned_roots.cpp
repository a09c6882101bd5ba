// SPDX-License-Identifier: GPL-3.0-or-later
#include "planned_roots.hpp"

#include "base/digest.hpp"

namespace albs::build {

std::string PlannedRoots::add(const std::string& platform, const std::string& arch, const root::Solved& solved)
{
    std::vector<bool> there =
        repositories::are_there(repositories::wanted_of(solved.answer, solved.repositories), workspace_);
    Json packages = Json::array();
    std::string all = arch + "\n";
    std::int64_t size = 0;
    std::int64_t missing = 0;
    std::int64_t installed = 0;
    for (std::size_t i = 0; i < solved.answer.packages.size(); ++i) {
        const solve::Description& one = solved.answer.packages[i];
        const bool is_ours = one.repository == repositories::future_repository;
        all += one.nevra + " " + one.checksum + "\n";
        size += one.size;
        missing += there[i] || is_ours ? 0 : one.size;
        installed += one.installed_size;
        packages.push(Json::object({{"nevra", one.nevra},
                                    {"sha256", one.checksum_algorithm == "sha256" ? Json(one.checksum) : Json()},
                                    {"size", one.size},
                                    {"repository", is_ours ? Json() : Json(one.repository)},
                                    {"there", there[i] || is_ours}}));
    }
    std::string id = sha256(all).hex();
    if (known_.insert(id).second)
        list_.push(Json::object({{"id", id},
                                 {"platform", platform},
                                 {"arch", arch},
                                 {"modules", Json::strings(solved.answer.modules)},
                                 {"size", size},
                                 {"missing", missing},
                                 {"installed", installed},
                                 {"packages", std::move(packages)}}));
    return id;
}

} // namespace albs::build
