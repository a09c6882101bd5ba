// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/hash_file.hpp"

#include <fcntl.h>

#include "sys/readable.hpp"

namespace albs::sys {
namespace {

Status hash_file(const std::string& path, std::span<Hasher> hashers, std::int64_t& size)
{
    ALBS_TRY(Fd file, open_readable(path));
    (void)posix_fadvise(file.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
    return read_pieces(file.get(), path, [&](std::string_view piece) -> Status {
        for (Hasher& hasher : hashers)
            hasher.update(piece);
        size += static_cast<std::int64_t>(piece.size());
        return {};
    });
}

} // namespace

Result<FileDigest> digest_file(const std::string& path)
{
    Hasher hasher;
    FileDigest result;
    ALBS_CHECK(hash_file(path, std::span(&hasher, 1), result.size));
    result.sha256 = hasher.finish();
    return result;
}

Result<std::string> digest_file(const std::string& path, Algorithm algorithm)
{
    Hasher hasher(algorithm);
    std::int64_t size = 0;
    ALBS_CHECK(hash_file(path, std::span(&hasher, 1), size));
    return hasher.finish_hex();
}

Result<std::vector<std::string>> digest_file(const std::string& path, std::span<const Algorithm> algorithms)
{
    std::vector<Hasher> hashers;
    for (Algorithm algorithm : algorithms)
        hashers.emplace_back(algorithm);
    std::int64_t size = 0;
    ALBS_CHECK(hash_file(path, hashers, size));
    std::vector<std::string> digests;
    for (Hasher& hasher : hashers)
        digests.push_back(hasher.finish_hex());
    return digests;
}

} // namespace albs::sys
