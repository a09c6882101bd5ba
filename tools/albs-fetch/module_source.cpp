// SPDX-License-Identifier: GPL-3.0-or-later
#include "module_source.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/url.hpp"
#include "distgit/lookaside.hpp"
#include "modules/library.hpp"
#include "sources.hpp"
#include "sys/fd.hpp"
#include "sys/parallel.hpp"

namespace albs::fetch {
namespace {

std::string filled(std::string pattern, const std::string& placeholder, const std::string& value)
{
    for (std::size_t at = 0; (at = pattern.find(placeholder, at)) != std::string::npos; at += value.size())
        pattern.replace(at, placeholder.size(), value);
    return pattern;
}

/// A part of an URL, not a way to somewhere else.
bool is_plain_name(std::string_view name)
{
    return !name.empty() && name.front() != '-' && name.front() != '.' &&
           name.find_first_of("/\\#?%@: ") == std::string_view::npos;
}

/// What a template says is not what the user says: it may lead to other servers, but not into this machine.
Status check_reach(const ModuleTemplate& from, const std::string& url)
{
    if (!from.url || url_scheme(*from.url) == "file" || url_scheme(url) != "file")
        return {};
    return fail(Kind::input, format_text("it is to come from '{}', which is a place of this machine", url));
}

/// The stream that the template does not name: the branch says it, "c8-stream-rhel8" or "rhel8".
std::string stream_of_branch(const std::string& branch)
{
    constexpr std::string_view mark = "-stream-";
    std::size_t at = branch.find(mark);
    return at == std::string::npos ? branch : branch.substr(at + mark.size());
}

Result<std::string> repository_of(const Session& session, const ModuleTemplate& from,
                                  const modules::Component& component)
{
    const std::string& given = session.options.components;
    if (!given.empty())
        return given.find("{name}") == std::string::npos ? given + "/" + component.name + ".git"
                                                         : filled(given, "{name}", component.name);
    if (!component.repository.empty()) {
        ALBS_CHECK(check_reach(from, component.repository));
        return component.repository;
    }
    // Dist-gits have modules/NAME.git and rpms/NAME.git side by side.
    constexpr std::string_view folder = "/modules/";
    const std::string url = from.secret_url;
    std::size_t at = url.rfind(folder);
    if (at == std::string::npos || url.find('/', at + folder.size()) != std::string::npos)
        return fail(Kind::usage, "nothing says where its repository is",
                    "add --components URL, such as https://git.almalinux.org/rpms");
    return url.substr(0, at) + "/rpms/" + component.name + (url.ends_with(".git") ? ".git" : "");
}

Result<Request> request_for(const Session& session, const ModuleTemplate& from, const modules::Component& component,
                            const std::string& stream)
{
    if (!is_plain_name(component.name))
        return fail(Kind::input, "'" + component.name + "' is not the name of a package");
    ALBS_TRY(std::string repository, repository_of(session, from, component));
    const std::string& given = session.options.component_ref;
    std::string ref = !given.empty()          ? filled(given, "{stream}", stream)
                      : component.ref.empty() ? stream
                                              : component.ref;
    Request request{.form = Form::git, .text = repository + "#" + ref, .shown = "", .location = {}};
    Result<git::Location> location = git::parse_location(request.text);
    if (!location)
        return fail(Kind::input, location.error().message);
    request.location = std::move(*location);
    request.shown = request.location.url + "#" + ref;
    if (!component.cache.empty()) {
        ALBS_CHECK(check_reach(from, component.cache));
        ALBS_CHECK(distgit::check_lookaside(component.cache));
        request.cache = component.cache;
    }
    return request;
}

Result<FetchedSource> fetch_component(Session& session, const ModuleTemplate& from, const modules::Component& component,
                                      const std::string& stream)
{
    ALBS_TRY(Request request, request_for(session, from, component, stream));
    ALBS_TRY(FetchedSource fetched, fetch_git(session, request));
    if (fetched.module)
        return fail(Kind::input, format_text("'{}' is a module, and no package", request.shown));
    session.context.messages.note("'" + request.shown + "'", fetched.source.id);
    return fetched;
}

Artifact document_artifact(const std::string& name, const std::string& sha256, std::int64_t size)
{
    return {.sha256 = sha256,
            .size = size,
            .name = name + ".modulemd.yaml",
            .kind = "module",
            .rpm = {},
            .unsigned_sha256 = {}};
}

} // namespace

bool is_template_name(std::string_view path)
{
    return path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with("modulemd.src.txt");
}

Result<Fetched> fetch_module(const Session& session, const ModuleTemplate& from)
{
    ALBS_TRY(modules::Template read, modules::library().read_template(from.text));
    Fetched fetched;
    Module& module = fetched.module.emplace().record;
    module.name = read.name.empty() ? from.name : read.name;
    module.stream = read.stream.empty() ? stream_of_branch(from.branch) : read.stream;
    if (!is_plain_name(module.name) || module.stream.empty())
        return fail(Kind::input, "the module template does not say which module and stream it is of",
                    "write name and stream into its data");
    for (const std::string& other : read.modules)
        session.context.messages.warning("module '" + other + "', which is to be a part of it, is not fetched",
                                         module.name);
    fetched.sources.resize(read.components.size());
    Session each = session;
    each.jobs_per_source = 1;
    ALBS_CHECK(sys::for_each_parallel(read.components.size(), session.jobs_per_source, [&](std::size_t i) -> Status {
        const modules::Component& component = read.components[i];
        Result<FetchedSource> one = fetch_component(each, from, component, module.stream);
        if (!one)
            return fail(std::move(one).error(), "component '" + component.key + "'");
        fetched.sources[i] = std::move(*one);
        return {};
    }));
    for (std::size_t i = 0; i < read.components.size(); ++i)
        module.components.push_back({.name = read.components[i].key,
                                     .source = fetched.sources[i].source.id,
                                     .buildorder = read.components[i].buildorder,
                                     .buildafter = read.components[i].buildafter});
    ALBS_TRY(sys::FileDigest digest, session.workspace.store().put_bytes(from.text));
    module.document = digest.sha256.hex();
    module.url = from.url;
    module.ref = from.ref;
    module.commit = from.commit;
    module.commit_time = from.commit_time;
    module.id = format_text("{}:{}@{}", module.name, module.stream, module_digest(module).substr(0, 12));
    fetched.module->document = document_artifact(module.name, module.document, digest.size);
    return fetched;
}

Result<Fetched> fetch_module_again(Session& session, const Request& request)
{
    const Module& recorded = *request.recorded_module;
    store::Store& store = session.workspace.store();
    std::string text;
    if (store.has(recorded.document)) {
        ALBS_TRY(text, store.read(recorded.document));
    } else if (request.form == Form::git) {
        ALBS_TRY(FetchedSource found, fetch_git(session, request));
        if (!found.module)
            return fail(Kind::trust, "it is not what the manifest says: there is no module template at that commit");
        text = found.module->text;
    } else {
        return fail(Kind::input, "its template was a file, and is not in the store",
                    "name the workspace that has it with --workspace, or fetch the file itself");
    }
    ALBS_TRY(sys::FileDigest digest, store.put_bytes(text));
    if (digest.sha256.hex() != recorded.document)
        return fail(Kind::trust, format_text("it is not what the manifest says: its template is {}, and was {}",
                                             digest.sha256.hex(), recorded.document));
    return Fetched{{}, FetchedModule{recorded, document_artifact(recorded.name, recorded.document, digest.size)}};
}

} // namespace albs::fetch
