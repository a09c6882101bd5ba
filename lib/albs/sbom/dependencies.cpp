// SPDX-License-Identifier: GPL-3.0-or-later
// Runtime dependencies, resolved among the components of one document; what no component provides is stated as such.
#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>

#include "albs/sbom/parts.hpp"

namespace albs::sbom {
namespace {

struct Offer {
    std::size_t component;
    const Capability* capability; ///< null: a file
};

using Offers = std::unordered_map<std::string_view, std::vector<Offer>>;

Offers offers_of(const std::vector<Component>& components, const std::vector<const Header*>& headers)
{
    Offers offers;
    for (std::size_t i = 0; i < components.size(); ++i) {
        if (headers[i] == nullptr || components[i].kind == ComponentKind::source_package)
            continue;
        for (const Capability& capability : headers[i]->provides)
            offers[capability.name].push_back({i, &capability});
    }
    return offers;
}

// Files are offered only where somebody needs them: a repository has millions.
void add_file_offers(Offers& offers, const std::vector<Component>& components,
                     const std::vector<const Header*>& headers)
{
    Offers needed;
    for (const Header* header : headers)
        if (header != nullptr)
            for (const Capability& need : header->needs)
                if (need.name[0] == '/')
                    needed[need.name];
    if (needed.empty())
        return;
    for (std::size_t i = 0; i < components.size(); ++i)
        if (headers[i] != nullptr && components[i].kind != ComponentKind::source_package)
            for (const FileEntry& file : headers[i]->files)
                if (auto found = needed.find(file.path); found != needed.end())
                    offers[found->first].push_back({i, nullptr});
}

bool same_arch(const Header& a, const Header& b)
{
    return a.info.arch == b.info.arch || a.info.arch == "noarch" || b.info.arch == "noarch";
}

class Resolver {
public:
    Resolver(std::vector<Component>& components, const std::vector<const Header*>& headers, const Options& options)
        : components_(components), headers_(headers), options_(options), offers_(offers_of(components, headers))
    {
        add_file_offers(offers_, components, headers);
    }

    void resolve(std::size_t at)
    {
        std::set<std::string> found;
        std::set<std::string> missing;
        for (const Capability& need : headers_[at]->needs) {
            // rpmlib(…) is a feature of rpm itself.
            if (need.name.rfind("rpmlib(", 0) == 0)
                continue;
            std::size_t provider = provider_of(at, need);
            if (provider == none)
                missing.insert(need.text);
            else if (provider != at)
                found.insert(components_[provider].ref);
        }
        components_[at].depends_on.assign(found.begin(), found.end());
        components_[at].unresolved.assign(missing.begin(), missing.end());
        components_[at].dependencies_known = true;
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    // The package itself, then one of its own architecture, then the first by ref: always the same one.
    std::size_t provider_of(std::size_t at, const Capability& need) const
    {
        auto offered = offers_.find(need.name);
        if (offered == offers_.end())
            return none;
        std::size_t best = none;
        bool best_is_near = false;
        for (const Offer& offer : offered->second) {
            if (!holds(offer, need))
                continue;
            if (offer.component == at)
                return at;
            bool near = same_arch(*headers_[at], *headers_[offer.component]);
            bool first = best == none || components_[offer.component].ref < components_[best].ref;
            if ((near && !best_is_near) || (near == best_is_near && first)) {
                best = offer.component;
                best_is_near = near;
            }
        }
        return best;
    }
    bool holds(const Offer& offer, const Capability& need) const
    {
        if (need.version.empty() || offer.capability == nullptr)
            return true;
        return options_.satisfies && options_.satisfies(*offer.capability, need);
    }

    std::vector<Component>& components_;
    const std::vector<const Header*>& headers_;
    const Options& options_;
    Offers offers_;
};

} // namespace

void resolve_dependencies(std::vector<Component>& components, const std::vector<const Header*>& headers,
                          const Options& options)
{
    Resolver resolver(components, headers, options);
    for (std::size_t i = 0; i < components.size(); ++i)
        if (headers[i] != nullptr && components[i].kind != ComponentKind::source_package)
            resolver.resolve(i);
}

} // namespace albs::sbom
