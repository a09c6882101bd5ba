// SPDX-License-Identifier: GPL-3.0-or-later
#include "git/history.hpp"

#include <array>
#include <cstdio>
#include <ctime>

#include "albs/digest.hpp"
#include "albs/utf8.hpp"
#include "git/handles.hpp"
#include "sys/file.hpp"

namespace albs::git {
namespace {

void append_escape(std::string& out, unsigned unit)
{
    std::array<char, 16> text{};
    (void)std::snprintf(text.data(), text.size(), "\\u%04x", unit);
    out += text.data();
}

unsigned code_point(std::string_view sequence)
{
    auto lead = static_cast<unsigned char>(sequence.front());
    unsigned value = sequence.size() == 1 ? lead : lead & (0x7fU >> sequence.size());
    for (std::size_t i = 1; i < sequence.size(); ++i)
        value = value << 6 | (static_cast<unsigned char>(sequence[i]) & 0x3fU);
    return value;
}

std::string python_string(std::string_view text)
{
    std::string out = "\"";
    for (std::string_view rest = text; !rest.empty();) {
        std::size_t length = utf8_length(rest);
        unsigned c = length == 0 ? 0xfffd : code_point(rest.substr(0, length));
        rest.remove_prefix(length == 0 ? 1 : length);
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        default:
            if (c >= 0x20 && c < 0x7f) {
                out += static_cast<char>(c);
            } else if (c == 0x7f) {
                out += '\x7f'; // ASCII to Python
            } else if (c < 0x10000) {
                append_escape(out, c);
            } else {
                append_escape(out, 0xd800 + ((c - 0x10000) >> 10));
                append_escape(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
            }
        }
    }
    return out + "\"";
}

Json person_json(const Person& person)
{
    return Json::object({{"Email", as_utf8(person.email)},
                         {"Name", as_utf8(person.name)},
                         {"When", python_time(person.time, person.offset_minutes)}});
}

} // namespace

Result<std::string> Repository::raw_commit(std::string_view id) const
{
    git_oid oid;
    git_odb* raw_odb = nullptr;
    if (git_oid_fromstrn(&oid, id.data(), id.size()) != 0 || git_repository_odb(&raw_odb, handle_.get()) != 0)
        return fail(Kind::input, "no commit '" + std::string(id) + "'");
    Odb odb(raw_odb);
    git_odb_object* raw = nullptr;
    if (git_odb_read(&raw, odb.get(), &oid) != 0)
        return fail(Kind::input, "no commit '" + std::string(id) + "'");
    OdbObject object(raw);
    if (git_odb_object_type(raw) != GIT_OBJECT_COMMIT)
        return fail(Kind::input, "'" + std::string(id) + "' is no commit");
    return std::string(static_cast<const char*>(git_odb_object_data(raw)), git_odb_object_size(raw));
}

Result<std::string> Repository::head() const
{
    git_oid oid;
    if (git_reference_name_to_id(&oid, handle_.get(), "HEAD") != 0)
        return fail(Kind::input, "the repository has no HEAD", "name a branch, tag or commit");
    char text[GIT_OID_HEXSZ + 1];
    return std::string(git_oid_tostr(text, sizeof text, &oid));
}

std::string python_time(std::int64_t time, int offset_minutes)
{
    auto local = static_cast<std::time_t>(time + std::int64_t{offset_minutes} * 60);
    std::tm parts{};
    (void)::gmtime_r(&local, &parts);
    int offset = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    std::array<char, 80> text{};
    (void)std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d%c%02d%02d", parts.tm_year + 1900,
                        parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                        offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
    return text.data();
}

std::string python_json(const Json& value)
{
    if (const std::string* text = value.string())
        return python_string(*text);
    if (const Json::Array* elements = value.elements()) {
        std::string out = "[";
        for (const Json& element : *elements)
            out += (out.size() > 1 ? ", " : "") + python_json(element);
        return out + "]";
    }
    if (const Json::Object* members = value.members()) {
        std::string out = "{";
        for (const Json::Member& member : *members)
            out += (out.size() > 1 ? ", " : "") + python_string(member.key) + ": " + python_json(member.value);
        return out + "}";
    }
    return write_json(value);
}

Result<std::string> cas_key(const Repository& repository, std::string_view id)
{
    ALBS_TRY(std::string raw, repository.raw_commit(id));
    return sha256(raw).hex();
}

Result<CommitRecord> commit_record(const Repository& repository, std::string_view id)
{
    ALBS_TRY(Commit commit, repository.commit(id));
    ALBS_TRY(std::vector<std::string> ancestors, repository.ancestors(id));
    std::string signature = commit.signature;
    while (!signature.empty() && signature.back() == '\n')
        signature.pop_back();
    CommitRecord record;
    record.git = Json::object({{"Author", person_json(commit.author)},
                               {"Commit", commit.id},
                               {"Committer", person_json(commit.committer)},
                               {"Message", as_utf8(commit.message)},
                               {"PGPSignature", as_utf8(signature)},
                               {"Parents", Json::strings(ancestors)},
                               {"Tree", commit.tree}});
    record.key = sha256(python_json(record.git)).hex();
    ALBS_TRY(record.cas_key, cas_key(repository, id));
    record.parents = commit.parents;
    return record;
}

Result<Repository> open_any(const std::string& path)
{
    if (sys::is_directory(path + "/.git"))
        return Repository::open(path + "/.git");
    return Repository::open(path);
}

} // namespace albs::git
