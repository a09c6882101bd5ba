// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/privileges.hpp"

#include <rpm/rpmds.h>

#include "base/format.hpp"
#include "rpm/library.hpp"
#include "rpm/region.hpp"

namespace albs::rpm {
namespace {

constexpr struct {
    const char* name;
    rpmTagVal text;
    rpmTagVal program;
} scriptlets[] = {{"%prein", RPMTAG_PREIN, RPMTAG_PREINPROG},
                  {"%post", RPMTAG_POSTIN, RPMTAG_POSTINPROG},
                  {"%preun", RPMTAG_PREUN, RPMTAG_PREUNPROG},
                  {"%postun", RPMTAG_POSTUN, RPMTAG_POSTUNPROG},
                  {"%pretrans", RPMTAG_PRETRANS, RPMTAG_PRETRANSPROG},
                  {"%posttrans", RPMTAG_POSTTRANS, RPMTAG_POSTTRANSPROG},
                  {"%verify", RPMTAG_VERIFYSCRIPT, RPMTAG_VERIFYSCRIPTPROG}};
constexpr struct {
    const char* name;
    rpmTagVal text;
    rpmTagVal program;
} triggers[] = {{"%trigger", RPMTAG_TRIGGERSCRIPTS, RPMTAG_TRIGGERSCRIPTPROG},
                {"%filetrigger", RPMTAG_FILETRIGGERSCRIPTS, RPMTAG_FILETRIGGERSCRIPTPROG},
                {"%transfiletrigger", RPMTAG_TRANSFILETRIGGERSCRIPTS, RPMTAG_TRANSFILETRIGGERSCRIPTPROG}};

} // namespace

Result<Privileges> Library::read_privileges(const std::string& path) const
{
    ALBS_CHECK(initialize());
    ALBS_TRY(OpenPackage package, open_package(path));
    ALBS_TRY(HeaderHandle header, main_header(package));
    Privileges privileges;
    for (const auto& one : scriptlets)
        if (headerIsEntry(header.get(), one.text) != 0)
            privileges.scripts.push_back(
                {one.name, texts(header.get(), one.program), tag_text(header.get(), one.text)});
    for (const auto& kind : triggers) {
        const std::vector<std::string> programs = texts(header.get(), kind.program);
        const std::vector<std::string> bodies = texts(header.get(), kind.text);
        for (std::size_t i = 0; i < bodies.size(); ++i)
            privileges.scripts.push_back(
                {kind.name, i < programs.size() ? std::vector<std::string>{programs[i]} : std::vector<std::string>(),
                 bodies[i]});
    }
    const std::vector<std::string> paths = texts(header.get(), RPMTAG_FILENAMES);
    const std::vector<std::string> capabilities = texts(header.get(), RPMTAG_FILECAPS);
    for (std::size_t i = 0; i < paths.size() && i < capabilities.size(); ++i)
        if (!capabilities[i].empty())
            privileges.capabilities.emplace(paths[i], capabilities[i]);
    return privileges;
}

} // namespace albs::rpm
