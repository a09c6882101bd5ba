// SPDX-License-Identifier: GPL-3.0-or-later
#include "request.hpp"

#include <algorithm>

#include "base/url.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
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
    std::size_t start = line.find_first_not_of(blanks);
    if (start == std::string_view::npos)
        return {};
    return std::string(line.substr(start, line.find_last_not_of(blanks) - start + 1));
}

} // namespace

Result<Request> read_request(const std::string& text)
{
    Request request{.form = Form::git, .text = text, .shown = without_userinfo(text), .location = {}};
    std::string scheme = url_scheme(text);
    if (names_source_package(text) && (scheme == "http" || scheme == "https" || scheme == "file")) {
        request.form = Form::srpm_url;
        return request;
    }
    if (!scheme.empty()) {
        ALBS_TRY(request.location, git::parse_location(text));
        return request;
    }
    if (sys::is_directory(text)) {
        request.form = Form::directory;
        return request;
    }
    if (sys::exists(text)) {
        request.form = Form::srpm_file;
        return request;
    }
    // USER@HOST:PATH, which git takes for ssh.
    if (!names_source_package(text) && text.find(':') != std::string::npos)
        return fail(Kind::usage, "'" + request.shown + "' is not a URL, a source package or a directory",
                    "a git repository over ssh is ssh://USER@HOST/PATH#REF");
    return sys::system_error("cannot open", request.shown, ENOENT);
}

Result<std::vector<Request>> read_requests(const std::vector<std::string>& operands, const std::string& list)
{
    std::vector<Request> requests;
    for (const std::string& operand : operands) {
        ALBS_TRY(Request request, read_request(operand));
        requests.push_back(std::move(request));
    }
    if (!list.empty()) {
        ALBS_TRY(std::string text, list == "-" ? sys::read_standard_input() : sys::read_file(list));
        std::string_view rest = text;
        for (int number = 1; !rest.empty(); ++number) {
            std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            std::string content = content_of(line);
            if (content.empty())
                continue;
            Result<Request> request = read_request(content);
            if (!request) {
                if (request.error().kind == Kind::usage)
                    request.error().kind = Kind::input;
                return fail(std::move(request).error(), "'" + list + "', line " + std::to_string(number));
            }
            requests.push_back(std::move(*request));
        }
    }
    if (requests.empty() && list.empty())
        return fail(Kind::usage, "no source is named", "albs-fetch URL#REF, or albs-fetch --from FILE");
    return requests;
}

} // namespace albs::fetch
