// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage.hpp"

#include "base/format.hpp"
#include "base/text.hpp"
#include "distgit/lookaside.hpp"
#include "module_source.hpp"
#include "request.hpp"
#include "sources.hpp"
#include "sys/file.hpp"
#include "sys/given_file.hpp"
#include "sys/parallel.hpp"

namespace albs::fetch {
namespace {

Status check(const Options& options)
{
    if (options.require_signed && options.keyring.empty())
        return fail(Kind::usage, "--require-signed needs to know whose signatures count", "add --keyring FILE");
    if (!options.debrand.empty() && !sys::is_directory(options.debrand))
        return fail(Kind::usage, "--debrand '" + options.debrand + "' is no directory",
                    "in it, NAME/config.yaml says what is changed in package NAME");
    if (options.debrand.empty() && !options.debrand_branch.empty())
        return fail(Kind::usage, "--debrand-branch says which configuration of --debrand counts, and there is none",
                    "add --debrand DIR");
    for (const std::string& url : options.lookaside)
        ALBS_CHECK(distgit::check_lookaside(distgit::named_lookaside(url)));
    return {};
}

Result<Fetched> fetch_template(Session& session, const std::string& path)
{
    ModuleTemplate from;
    ALBS_TRY(from.text, sys::read_given(path, std::size_t{16} << 20));
    from.name = sys::base_name(path);
    from.name = from.name.substr(0, from.name.find('.'));
    return fetch_module(session, from);
}

Result<FetchedSource> fetch_source(Session& session, const Request& request)
{
    if (request.recorded)
        return fetch_again(session, request);
    switch (request.form) {
    case Form::git: return fetch_git(session, request);
    case Form::directory: return fetch_directory(session, request);
    default: return fetch_srpm(session, request);
    }
}

Result<Fetched> fetch(Session& session, const Request& request)
{
    if (request.refusal)
        return tl::unexpected(*request.refusal);
    if (request.recorded_module)
        return fetch_module_again(session, request);
    if (request.form == Form::module_file)
        return fetch_template(session, request.text);
    ALBS_TRY(FetchedSource fetched, fetch_source(session, request));
    if (fetched.module)
        return fetch_module(session, *fetched.module);
    return Fetched{{std::move(fetched)}, {}};
}

Result<cli::Outcome> say(const Options& options, cli::Context& context, const std::vector<Request>& requests)
{
    cli::Outcome outcome;
    for (const Request& request : requests) {
        if (request.refusal && (options.all_or_nothing || requests.size() == 1))
            return fail(*request.refusal, "source '" + request.shown + "'");
        if (request.refusal) {
            context.messages.warning(*request.refusal, "source '" + request.shown + "' would not be fetched");
            outcome.verdict = cli::Verdict::no;
            continue;
        }
        const char* how = request.recorded || request.recorded_module ? "would check and store again "
                          : request.form == Form::git                 ? "would pin, check and store "
                          : request.form == Form::directory           ? "would store "
                          : request.form == Form::module_file         ? "would fetch the components of "
                                                                      : "would take source package ";
        context.messages.note(how + ("'" + request.shown + "'"));
    }
    return outcome;
}

/// The same commit named twice (by branch and by id, or from two mirrors) is one source.
bool is_known(const Manifest& manifest, const Source& source)
{
    const Source* known = manifest.source(source.id);
    return known != nullptr && content_of(*known) == content_of(source);
}

/// What is wrong with this source only. Evidence that contradicts itself stops everything, and so does a trouble of
/// this machine, which the next source would have, too.
bool is_of_the_source(Kind kind)
{
    return kind == Kind::input || kind == Kind::usage || kind == Kind::temporary;
}

struct Attempt {
    Fetched fetched;
    std::optional<Error> failure;
};

Result<std::vector<Attempt>> fetch_all(Session& session, const std::vector<Request>& requests)
{
    std::vector<Attempt> attempts(requests.size());
    ALBS_CHECK(sys::for_each_parallel(requests.size(), session.context.jobs(), [&](std::size_t i) -> Status {
        Result<Fetched> one = fetch(session, requests[i]);
        if (!one && (session.options.all_or_nothing || !is_of_the_source(one.error().kind) || requests.size() == 1))
            return fail(std::move(one).error(), "source '" + requests[i].shown + "'");
        if (!one) {
            session.context.messages.warning(one.error(), "source '" + requests[i].shown + "' was not fetched");
            attempts[i].failure = std::move(one).error();
            return {};
        }
        session.context.messages.note("'" + requests[i].shown + "'",
                                      one->module ? one->module->record.id : one->sources.front().source.id);
        attempts[i].fetched = std::move(*one);
        return {};
    }));
    return attempts;
}

Status add_source(cli::Context& context, const FetchedSource& one, bool is_component, Manifest& manifest)
{
    if (is_known(manifest, one.source)) {
        if (!is_component)
            context.messages.warning("is named more than once", one.source.id);
        return {};
    }
    ALBS_CHECK(manifest.add(one.content));
    if (one.history)
        ALBS_CHECK(manifest.add(*one.history));
    for (const Artifact& artifact : one.further)
        ALBS_CHECK(manifest.add(artifact));
    return manifest.add(one.source);
}

/// The component of the module that is not among the sources: of a list, it may have failed.
const ModuleComponent* missing_component(const Manifest& manifest, const Module& module)
{
    for (const ModuleComponent& component : module.components)
        if (manifest.source(component.source) == nullptr)
            return &component;
    return nullptr;
}

Result<std::optional<Error>> add(cli::Context& context, const Fetched& fetched, Manifest& manifest)
{
    for (const FetchedSource& one : fetched.sources)
        ALBS_CHECK(add_source(context, one, fetched.module.has_value(), manifest));
    if (!fetched.module)
        return std::optional<Error>();
    const Module& module = fetched.module->record;
    if (const ModuleComponent* missing = missing_component(manifest, module)) {
        Error error{Kind::input, "its component '" + missing->name + "' was not fetched", {}};
        context.messages.warning(error, "source '" + module.id + "' was not fetched");
        return std::optional(error);
    }
    ALBS_CHECK(manifest.add(fetched.module->document));
    ALBS_CHECK(manifest.add(module));
    return std::optional<Error>();
}

Result<cli::Outcome> record(cli::Context& context, const std::vector<Request>& requests, std::vector<Attempt>& attempts,
                            Manifest& manifest)
{
    cli::Outcome outcome;
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        std::optional<Error>& failure = attempts[i].failure;
        if (!failure) {
            ALBS_TRY(failure, add(context, attempts[i].fetched, manifest));
        }
        if (failure)
            outcome.failures.push_back({requests[i].shown, static_cast<int>(failure->kind), failure->message});
    }
    if (!attempts.empty() && outcome.failures.size() == attempts.size())
        return fail(attempts.front().failure->kind, format_text("none of {} sources could be fetched", attempts.size()),
                    "the warnings say why");
    outcome.verdict = outcome.failures.empty() ? cli::Verdict::yes : cli::Verdict::no;
    return outcome;
}

/// A directory of configurations that has none for any package is most likely another one than was meant.
void tell_if_unused(const Session& session, const Manifest& manifest)
{
    const std::string& directory = session.options.debrand;
    std::vector<std::string> places;
    for (const Source& source : manifest.sources()) {
        if (!source.transformations.empty())
            return;
        places.push_back(format_text("'{}/{}/config.yaml'", directory, source.name));
    }
    if (directory.empty() || places.empty())
        return;
    const std::size_t count = places.size();
    places.resize(std::min<std::size_t>(count, 3));
    session.context.messages.warning(format_text(
        "no package of this run has a configuration in '{}': it would be {}{}", directory, join(places, ", "),
        count > places.size() ? format_text(" and {} others", count - places.size()) : ""));
}

} // namespace

Result<cli::Outcome> run(const Options& options, cli::Context& context, Manifest& manifest)
{
    ALBS_CHECK(check(options));
    ALBS_TRY(std::vector<Request> requests, read_requests(context.operands, options.from));
    std::optional<gpg::Keyring> keyring;
    if (!options.keyring.empty()) {
        ALBS_TRY(keyring, gpg::Keyring::load(options.keyring));
    }
    if (context.dry_run())
        return say(options, context, requests);
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    ALBS_TRY(sys::FileLock in_use, hold_scratch(*workspace));
    Session session{options, context, *workspace, keyring ? &*keyring : nullptr,
                    requests.size() == 1 ? context.jobs() : 1};
    ALBS_TRY(std::vector<Attempt> attempts, fetch_all(session, requests));
    ALBS_TRY(cli::Outcome outcome, record(context, requests, attempts, manifest));
    if (outcome.failures.empty()) // they may have had a configuration
        tell_if_unused(session, manifest);
    return outcome;
}

} // namespace albs::fetch
