// SPDX-License-Identifier: GPL-3.0-or-later
#include "repositories/cache.hpp"

#include <unistd.h>

#include "albs/json/fields.hpp"
#include "albs/json/value.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs::repositories {

std::string cache_name(const Repository& repository)
{
    Json identity = Json::array({repository.name, Json::strings(repository.urls), repository.mirrorlist,
                                 repository.metalink, repository.gpgkey, repository.check_metadata});
    std::string name;
    for (char letter : repository.name)
        name += letter == '/' || letter == '.' || letter <= ' ' ? '_' : letter;
    return name.substr(0, 100) + "-" + sha256(canonical_json(identity)).hex().substr(0, 16);
}

std::optional<CachedRepository> read_cached(const std::string& directory)
{
    auto text = sys::read_file(directory + "/state.json", std::size_t{1} << 20);
    auto index = sys::read_file(directory + "/repomd.xml", std::size_t{64} << 20);
    if (!text || !index)
        return std::nullopt;
    auto document = read_json(*text);
    if (!document || !document->is_object())
        return std::nullopt;
    Fields fields(*document);
    CachedRepository cached;
    cached.base = fields.string("base");
    cached.validators = {fields.string("etag"), fields.string("last_modified")};
    cached.state = {fields.string("name"), fields.string("revision"), fields.sha256("repomd"),
                    fields.optional_string("key")};
    cached.newest = fields.optional_string("newest").value_or(cached.state.revision);
    cached.key_digest = fields.string("key_digest");
    if (!fields.done() || sha256(*index).hex() != cached.state.repomd)
        return std::nullopt;
    return cached;
}

Status write_cached(const std::string& directory, const CachedRepository& cached)
{
    Json document = Json::object({{"base", cached.base},
                                  {"etag", cached.validators.etag},
                                  {"last_modified", cached.validators.last_modified},
                                  {"name", cached.state.name},
                                  {"revision", cached.state.revision},
                                  {"repomd", cached.state.repomd},
                                  {"key", optional_json(cached.state.key)},
                                  {"newest", cached.newest},
                                  {"key_digest", cached.key_digest}});
    const std::string path = directory + "/state.json";
    const std::string text = write_json(document) + "\n";
    // Mostly nothing has changed, and nobody need wait for a disk.
    if (auto there = sys::read_file(path, std::size_t{1} << 20); there && *there == text)
        return {};
    return sys::write_file(path, text);
}

std::string cached_path(const std::string& directory, const solve::Pool::NamedFile& file)
{
    std::string suffix;
    for (const char* known : {".gz", ".xz", ".bz2", ".zst", ".lzma"})
        if (file.path.ends_with(known))
            suffix = known;
    return format_text("{}/{}-{}{}", directory, file.checksum, file.type, suffix);
}

void forget_others(const std::string& directory, const std::vector<solve::Pool::NamedFile>& files)
{
    auto names = sys::list_directory(directory);
    if (!names)
        return;
    for (const std::string& name : *names) {
        bool wanted = name == "state.json" || name.starts_with("repomd.xml") || name == "lock";
        for (const solve::Pool::NamedFile& file : files)
            wanted = wanted || cached_path(directory, file) == directory + "/" + name;
        if (!wanted)
            (void)::unlink((directory + "/" + name).c_str());
    }
}

} // namespace albs::repositories
