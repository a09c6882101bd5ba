// SPDX-License-Identifier: GPL-3.0-or-later
// Which module streams are active. Streams are packages to the solver, as they are to dnf: what a stream needs of other
// modules are its dependencies, and two streams of one module conflict.
#include <algorithm>
#include <map>
#include <set>

#include "base/format.hpp"
#include "repositories/resolve.hpp"
#include "solve/library.hpp"

namespace albs::repositories {
namespace {

/// The dependency for one need of a stream; empty: any stream of any kind will do.
std::string dependency(const modules::Stream::Need& need)
{
    std::string any = "module(" + need.module + ")";
    std::string wanted;
    std::string unwanted;
    for (const std::string& stream : need.streams) {
        std::string one =
            format_text("module({}:{})", need.module, stream.starts_with('-') ? stream.substr(1) : stream);
        if (stream.starts_with('-'))
            unwanted += " without " + one;
        else
            wanted += (wanted.empty() ? "" : " or ") + one;
    }
    if (!wanted.empty())
        return wanted.find(' ') == wanted.npos ? wanted : "(" + wanted + ")";
    return unwanted.empty() ? any : "(" + any + unwanted + ")";
}

/// What the question says of each module: the stream to enable.
struct StreamRequests {
    std::map<std::string, std::string> enabled;
    std::set<std::string> disabled;
};

Result<StreamRequests> read_stream_requests(const modules::Document& document, const RootQuery& question)
{
    StreamRequests requests;
    requests.disabled.insert(question.disable.begin(), question.disable.end());
    for (const std::string& text : question.enable) {
        std::string spec = text.substr(0, text.find('/')); // a profile says what to install, not what is there
        std::size_t colon = spec.find(':');
        std::string name = spec.substr(0, colon);
        std::string stream = colon == spec.npos ? "" : spec.substr(colon + 1, spec.find(':', colon + 1) - colon - 1);
        if (stream.empty()) {
            auto preset = document.defaults.find(name);
            if (preset == document.defaults.end())
                return fail(Kind::input, format_text("module '{}' has no default stream", name),
                            format_text("name one: '{}:STREAM'", name));
            stream = preset->second;
        }
        bool exists = std::any_of(document.streams.begin(), document.streams.end(),
                                  [&](const modules::Stream& one) { return one.name == name && one.stream == stream; });
        if (!exists)
            return fail(Kind::input, format_text("no repository has module stream '{}:{}'", name, stream));
        auto [at, fresh] = requests.enabled.emplace(name, stream);
        if (!fresh && at->second != stream)
            return fail(Kind::input,
                        format_text("module '{}' is to be of stream '{}' and of '{}'", name, at->second, stream));
    }
    return requests;
}

std::string name_of(const modules::Stream& stream)
{
    return format_text("{}:{}:{}", stream.name, stream.stream, stream.context);
}

solve::VirtualPackage package_of(const modules::Stream& stream, const modules::Document& document, bool platform)
{
    solve::VirtualPackage package{
        .name = name_of(stream),
        .version = std::to_string(stream.version) + "-0",
        .arch = stream.arch.empty() ? "noarch" : stream.arch,
        .provides = {"module(" + stream.name + ")", format_text("module({}:{})", stream.name, stream.stream)}};
    for (const modules::Stream::Need& need : stream.needs)
        if (platform || need.module != "platform")
            package.needs.push_back(dependency(need));
    for (const modules::Stream& other : document.streams)
        if (other.name == stream.name && other.stream != stream.stream)
            package.conflicts.push_back(format_text("module({}:{})", other.name, other.stream));
    return package;
}

} // namespace

Result<StreamChoice> choose_streams(const modules::Document& document, const RootQuery& question)
{
    StreamChoice choice;
    ALBS_TRY(StreamRequests requests, read_stream_requests(document, question));
    ALBS_TRY(std::unique_ptr<solve::Pool> pool, solve::library().make_pool(question.arch));
    if (!question.platform_id.empty())
        (void)pool->add_virtual("platform", {.name = question.platform_id,
                                             .provides = {"module(platform)", "module(" + question.platform_id + ")"}});
    solve::Request request{.best = true};
    for (const auto& [name, stream] : requests.enabled)
        request.needs.push_back(format_text("module({}:{})", name, stream));
    for (const auto& [name, stream] : document.defaults)
        if (requests.disabled.count(name) == 0 && requests.enabled.count(name) == 0)
            request.optional_needs.push_back(format_text("module({}:{})", name, stream));
    // A stream that nobody chose can still be needed by one that was chosen.
    std::map<int, const modules::Stream*> by_id;
    for (const modules::Stream& stream : document.streams)
        if (auto at = requests.enabled.find(stream.name);
            requests.disabled.count(stream.name) == 0 && (at == requests.enabled.end() || at->second == stream.stream))
            by_id[pool->add_virtual("modules", package_of(stream, document, !question.platform_id.empty()))] = &stream;
    solve::Solution solution = pool->solve(request);
    if (!solution.problems.empty() && !requests.enabled.empty())
        return fail(Kind::input, "module streams do not go together: " + solution.problems.front());
    // With one version of a stream all of them are active: what an older one had can still be asked for.
    std::set<std::string> active;
    for (solve::PackageId id : solution.install)
        if (auto at = by_id.find(id); at != by_id.end())
            active.insert(name_of(*at->second));
    for (const modules::Stream& stream : document.streams) {
        bool is_active = active.count(name_of(stream)) != 0;
        auto& list = is_active ? choice.artifacts.active : choice.artifacts.inactive;
        list.insert(list.end(), stream.artifacts.begin(), stream.artifacts.end());
        if (is_active)
            choice.active.push_back(
                format_text("{}:{}:{}:{}", stream.name, stream.stream, stream.version, stream.context));
    }
    std::sort(choice.active.begin(), choice.active.end());
    return choice;
}

} // namespace albs::repositories
