// SPDX-License-Identifier: GPL-3.0-or-later
#include "modules/choice.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"

namespace albs::modules {
namespace {

constexpr const char* platform_module = "platform";

/// No stream: any; "-X": any but X.
bool allows(const Stream::Need& need, const std::string& stream)
{
    const auto has = [&](const std::string& text) {
        return std::find(need.streams.begin(), need.streams.end(), text) != need.streams.end();
    };
    const bool names_some = std::any_of(need.streams.begin(), need.streams.end(),
                                        [](const std::string& one) { return !one.starts_with('-'); });
    return names_some ? has(stream) : !has("-" + stream);
}

bool is_for(const Configuration& configuration, const std::map<std::string, std::string>& streams)
{
    return std::all_of(configuration.at_build.begin(), configuration.at_build.end(), [&](const Stream::Need& need) {
        auto known = streams.find(need.module);
        return known == streams.end() || allows(need, known->second);
    });
}

std::string words_of(const Stream::Need& need)
{
    return format_text("'{}' in {}", need.module,
                       need.streams.empty() ? "any stream" : "stream " + join_quoted(need.streams));
}

/// Numbers of those that are for these streams.
Result<std::size_t> only_one(const BuildDescription& description, const std::string& platform,
                             const std::map<std::string, std::string>& asked)
{
    std::vector<std::size_t> fitting;
    for (std::size_t i = 0; i < description.configurations.size(); ++i)
        if (is_for(description.configurations[i], {{platform_module, platform}}))
            fitting.push_back(i);
    if (fitting.empty())
        return fail(Kind::input, format_text("it is not for the platform '{}'", platform));
    std::erase_if(fitting, [&](std::size_t one) { return !is_for(description.configurations[one], asked); });
    if (fitting.empty())
        return fail(Kind::input, "it cannot be built with the streams that --module-enable names");
    if (fitting.size() > 1)
        return fail(Kind::input,
                    format_text("it can be built in {} ways for the platform '{}'", fitting.size(), platform),
                    "choose one with --module-enable NAME:STREAM of a module that it is built with");
    return fitting.front();
}

Result<std::string> stream_for(const Stream::Need& need, const BuildDescription& description,
                               const std::map<std::string, std::string>& asked, const Document& document)
{
    std::string stream;
    if (auto known = description.recorded.find(need.module); known != description.recorded.end())
        stream = known->second;
    else if (auto chosen = asked.find(need.module); chosen != asked.end())
        stream = chosen->second;
    else if (need.streams.size() == 1 && !need.streams.front().starts_with('-'))
        stream = need.streams.front();
    else if (auto preset = document.defaults.find(need.module);
             preset != document.defaults.end() && allows(need, preset->second))
        stream = preset->second;
    else
        return fail(Kind::input, format_text("it is built with {}, and which one is not said", words_of(need)),
                    format_text("choose one with --module-enable {}:STREAM", need.module));
    if (std::none_of(document.streams.begin(), document.streams.end(),
                     [&](const Stream& one) { return one.name == need.module && one.stream == stream; }))
        return fail(Kind::input, format_text("it is built with '{}:{}', and no repository has that module stream",
                                             need.module, stream));
    return stream;
}

/// What is needed to build and to run in the same streams runs with the one that it was built with.
std::vector<std::string> streams_at_run(const Stream::Need& need, const Configuration& configuration,
                                        const std::map<std::string, std::string>& at_build)
{
    for (const Stream::Need& other : configuration.at_build)
        if (other.module == need.module && other.streams == need.streams)
            return {at_build.at(need.module)};
    std::vector<std::string> streams = need.streams;
    std::sort(streams.begin(), streams.end());
    return streams;
}

} // namespace

Result<BuildChoice> choose_build(const BuildDescription& description, const std::string& platform,
                                 const std::map<std::string, std::string>& asked, const Document& document)
{
    BuildChoice choice;
    ALBS_TRY(choice.configuration, only_one(description, platform, asked));
    const Configuration& configuration = description.configurations[choice.configuration];
    for (const Stream::Need& need : configuration.at_build) {
        if (need.module == platform_module) {
            choice.at_build.emplace(need.module, platform);
            continue;
        }
        ALBS_TRY(std::string stream, stream_for(need, description, asked, document));
        choice.at_build.emplace(need.module, std::move(stream));
    }
    for (const Stream::Need& need : configuration.at_run)
        choice.at_run.emplace(need.module, streams_at_run(need, configuration, choice.at_build));
    choice.context = configuration.context;
    if (choice.context.empty())
        choice.context =
            context_of(description.recorded.empty() ? choice.at_build : description.recorded, choice.at_run);
    return choice;
}

} // namespace albs::modules
