// SPDX-License-Identifier: GPL-3.0-or-later
#include "request.hpp"

#include <algorithm>

#include "albs/manifest/manifest.hpp"
#include "base/text.hpp"
#include "base/url.hpp"
#include "base/utf8.hpp"
#include "module_source.hpp"
#include "sys/file.hpp"
#include "sys/given_file.hpp"
#include "sys/stdio.hpp"

namespace albs::fetch {
namespace {

constexpr std::string_view blanks = " \t\r";

bool names_source_package(std::string_view text)
{
    return text.ends_with(".src.rpm") || text.ends_with(".nosrc.rpm");
}

/// The line without its comment and the white space around.
std::string content_of(std::string_view line)
{
    if (!line.empty() && line.front() == '#')
        return {};
    for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1))
        if (blanks.find(line[at - 1]) != std::string_view::npos) {
            line = line.substr(0, at);
            break;
        }
    return std::string(trimmed(line));
}

/// That it cannot be read, or is no source, is this source's failure.
Request refused(Request request, Error error)
{
    error.kind = Kind::input;
    request.refusal = std::move(error);
    return request;
}

/// How to name the repository in that directory; empty: there is none.
std::string hint_of_repository(const std::string& directory, const std::string& ref)
{
    auto path = sys::absolute_path(directory);
    return path && sys::is_directory(directory) ? "a repository of this machine is file://" + *path + ref : "";
}

bool is_bare_repository(const std::string& directory)
{
    return !sys::exists(directory + "/.git") && sys::exists(directory + "/HEAD") &&
           sys::is_directory(directory + "/objects") && sys::is_directory(directory + "/refs");
}

/// A path where something is.
Request request_of_file(Request request)
{
    const std::string& path = request.text;
    request.form = sys::is_directory(path)  ? Form::directory
                   : is_template_name(path) ? Form::module_file
                                            : Form::srpm_file;
    if (Status readable = sys::check_given(path); !readable)
        return refused(std::move(request), std::move(readable).error());
    if (request.form == Form::directory && is_bare_repository(path))
        return refused(std::move(request),
                       {Kind::input, "it is a git repository without files", hint_of_repository(path, "")});
    return request;
}

} // namespace

Result<Request> read_request(const std::string& text)
{
    Request request{.form = Form::git, .text = text, .shown = without_userinfo(text), .location = {}};
    std::string scheme = url_scheme(text);
    // A signed URL has a query behind the name.
    const std::string path = text.substr(0, text.find_first_of("?#"));
    if (names_source_package(scheme == "file" ? text : path) &&
        (scheme == "http" || scheme == "https" || scheme == "file")) {
        request.form = Form::srpm_url;
        request.shown = without_secrets(text);
        return request;
    }
    if (!scheme.empty()) {
        ALBS_TRY(request.location, git::parse_location(text));
        return request;
    }
    if (sys::exists(text))
        return request_of_file(std::move(request));
    // USER@HOST:PATH, which git takes for ssh.
    if (!names_source_package(text) && text.find(':') != std::string::npos)
        return fail(Kind::usage, "'" + request.shown + "' is not a URL, a source package or a directory",
                    "a git repository over ssh is ssh://USER@HOST/PATH#REF");
    request.form = Form::srpm_file;
    Error missing = sys::given_error("cannot open", request.shown, ENOENT).value();
    if (const std::size_t hash = text.find('#'); hash != std::string::npos)
        missing.hint = hint_of_repository(text.substr(0, hash), text.substr(hash));
    return refused(std::move(request), std::move(missing));
}

namespace {

bool is_text(std::string_view line)
{
    return as_utf8(line) == line && std::none_of(line.begin(), line.end(), [](char letter) {
               return static_cast<unsigned char>(letter) < 0x20 && blanks.find(letter) == std::string_view::npos;
           });
}

Status read_lines(std::string_view text, const std::string& list, std::vector<Request>& requests)
{
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    for (int number = 1; !text.empty(); ++number) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const std::string where = "'" + list + "', line " + std::to_string(number);
        if (!is_text(line))
            return fail(Kind::input, where + ": it is no text", "a list has one source a line, or is a manifest");
        std::string content = content_of(line);
        if (content.empty())
            continue;
        Result<Request> request = read_request(content);
        if (!request) {
            if (request.error().kind == Kind::usage)
                request.error().kind = Kind::input;
            return fail(std::move(request).error(), where);
        }
        if (request->refusal)
            request->refusal->message.insert(0, where + ": ");
        requests.push_back(std::move(*request));
    }
    return {};
}

/// A source that a manifest records: the commit is asked for, not what its ref leads to now.
Result<Request> request_again(const Source& source)
{
    Request request{.form = Form::directory, .text = "", .shown = source.id, .location = {}, .recorded = source};
    request.recorded->id = plain_id(source);
    request.recorded->follows.reset();
    if (source.kind == "directory")
        return request;
    request.text = source.url.value_or("");
    if (source.kind == "srpm") {
        request.form = request.text.empty() ? Form::srpm_file : Form::srpm_url;
        return request;
    }
    request.form = Form::git;
    if (!source.url || !source.commit || !git::is_full_id(*source.commit))
        return fail(Kind::input, "source '" + source.id + "' has no URL, or no commit");
    Result<git::Location> location = git::parse_location(*source.url + "#" + *source.commit);
    if (!location)
        return fail(Kind::input, "source '" + source.id + "': " + location.error().message);
    request.location = std::move(*location);
    return request;
}

Result<Request> request_again(const Module& module)
{
    Request request{.form = Form::module_file, .text = "", .shown = module.id, .location = {}};
    request.recorded_module = module;
    request.recorded_module->id = plain_id(module);
    request.recorded_module->follows.reset();
    if (!module.url || !module.commit)
        return request;
    request.form = Form::git;
    Result<git::Location> location = git::parse_location(*module.url + "#" + *module.commit);
    if (!location)
        return fail(Kind::input, "module '" + module.id + "': " + location.error().message);
    request.location = std::move(*location);
    return request;
}

Status read_recorded(std::string text, std::vector<Request>& requests)
{
    ALBS_TRY(std::vector<Manifest> manifests, Manifest::parse_all(std::move(text)));
    for (std::size_t i = 1; i < manifests.size(); ++i)
        ALBS_CHECK(manifests.front().merge(manifests[i]));
    for (const Source* source : manifests.front().in_force<Source>()) {
        ALBS_TRY(Request request, request_again(*source));
        requests.push_back(std::move(request));
    }
    for (const Module* module : manifests.front().in_force<Module>()) {
        ALBS_TRY(Request request, request_again(*module));
        requests.push_back(std::move(request));
    }
    return {};
}

} // namespace

Result<std::vector<Request>> read_requests(const std::vector<std::string>& operands, const std::string& list)
{
    std::vector<Request> requests;
    for (const std::string& operand : operands) {
        ALBS_TRY(Request request, read_request(operand));
        requests.push_back(std::move(request));
    }
    if (!list.empty()) {
        ALBS_TRY(std::string text, list == "-" ? sys::read_standard_input() : sys::read_given(list));
        std::size_t first = text.find_first_not_of(" \t\r\n");
        if (first != std::string::npos && text[first] == '{') {
            Status read = read_recorded(std::move(text), requests);
            if (!read)
                return fail(std::move(read).error(), list == "-" ? "standard input" : "'" + list + "'");
        } else
            ALBS_CHECK(read_lines(text, list, requests));
    }
    if (requests.empty() && list.empty())
        return fail(Kind::usage, "no source is named", "albs-fetch URL#REF, or albs-fetch --from FILE");
    if (requests.empty())
        return fail(Kind::input, (list == "-" ? "standard input" : "'" + list + "'") + " names no source",
                    "it has one a line, or is a manifest; look at what made it");
    return requests;
}

} // namespace albs::fetch
