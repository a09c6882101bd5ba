// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage.hpp"

#include "distgit/lookaside.hpp"
#include "platform/library.hpp"
#include "request.hpp"
#include "sources.hpp"
#include "sys/file.hpp"
#include "sys/parallel.hpp"

namespace albs::fetch {
namespace {

Status check(const Options& options)
{
    if (options.require_signed && options.keyring.empty())
        return fail(Kind::usage, "--require-signed needs to know whose signatures count", "add --keyring FILE");
    for (const std::string& url : options.lookaside)
        ALBS_CHECK(distgit::check_lookaside(url));
    return {};
}

/// Only its macros count: whether roots can be made for it is albs-build's question.
Result<platform::Platform> choose_platform(const Options& options)
{
    ALBS_TRY(platform::Catalog catalog, platform::library().read_catalog(options.platforms, options.platform));
    ALBS_TRY(platform::Platform platform, catalog.platform(options.platform));
    for (const std::string& name : options.flavors) {
        ALBS_TRY(platform::Definition flavor, catalog.flavor(name));
        platform.add(flavor);
    }
    return platform;
}

Result<FetchedSource> fetch(Session& session, const Request& request)
{
    switch (request.form) {
    case Form::git: return fetch_git(session, request);
    case Form::directory: return fetch_directory(session, request);
    default: return fetch_srpm(session, request);
    }
}

Result<cli::Outcome> say(cli::Context& context, const Options& options, const std::vector<Request>& requests)
{
    for (const Request& request : requests) {
        const char* how = request.form == Form::git         ? "would pin, check and package "
                          : request.form == Form::directory ? "would package "
                                                            : "would take source package ";
        context.messages.note(how + ("'" + request.shown + "'") + " for platform " + options.platform);
    }
    return cli::Outcome{};
}

/// The same commit named twice (by branch and by id, or from two mirrors) is one source.
bool is_known(const Manifest& manifest, const Source& source)
{
    const Source* known = manifest.source(source.id);
    return known != nullptr && known->srpm == source.srpm;
}

} // namespace

Result<cli::Outcome> run(const Options& options, cli::Context& context, Manifest& manifest)
{
    ALBS_CHECK(check(options));
    ALBS_TRY(std::vector<Request> requests, read_requests(context.operands, options.from));
    ALBS_TRY(platform::Platform platform, choose_platform(options));
    std::optional<gpg::Keyring> keyring;
    if (!options.keyring.empty()) {
        ALBS_TRY(keyring, gpg::Keyring::load(options.keyring));
    }
    if (context.dry_run())
        return say(context, options, requests);
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    ALBS_TRY(sys::Lock in_use, hold_scratch(*workspace));
    Session session{options, context, *workspace, std::move(platform), std::move(keyring),
                    requests.size() == 1 ? context.jobs() : 1};
    std::vector<FetchedSource> fetched(requests.size());
    ALBS_CHECK(sys::for_each_parallel(requests.size(), context.jobs(), [&](std::size_t i) -> Status {
        Result<FetchedSource> one = fetch(session, requests[i]);
        if (!one)
            return fail(std::move(one).error(), "source '" + requests[i].shown + "'");
        context.messages.note(one->srpm.name + " from '" + requests[i].shown + "'", one->source.id);
        fetched[i] = std::move(*one);
        return {};
    }));
    for (FetchedSource& one : fetched) {
        if (is_known(manifest, one.source)) {
            context.messages.warning("is named more than once", one.source.id);
            continue;
        }
        ALBS_CHECK(manifest.add(one.srpm));
        ALBS_CHECK(manifest.add(one.source));
    }
    return cli::Outcome{};
}

} // namespace albs::fetch
