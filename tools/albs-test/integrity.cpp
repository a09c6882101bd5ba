// SPDX-License-Identifier: GPL-3.0-or-later
// librpm reads a package with a damaged payload without a word, so the digests are taken here, from the file's bytes.
#include "integrity.hpp"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.hpp"
#include "sys/fd.hpp"

namespace albs::test {
namespace {

Result<std::string> digest_part(const std::string& path, std::int64_t from, std::int64_t to)
{
    sys::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return sys::system_error("cannot open", path);
    Hasher hasher;
    std::vector<std::uint8_t> buffer(std::size_t{256} << 10);
    while (from < to) {
        std::size_t wanted = std::min(buffer.size(), static_cast<std::size_t>(to - from));
        ssize_t count = ::pread(file.get(), buffer.data(), wanted, from);
        if (count <= 0)
            return sys::system_error("cannot read", path, count < 0 ? errno : EIO);
        hasher.update(std::span(buffer.data(), static_cast<std::size_t>(count)));
        from += count;
    }
    return hasher.finish_hex();
}

/// A package must not bring files where only the kernel, the administrator or users put them (FHS 3.0).
/// Directories are fine: the package filesystem brings them.
bool may_have(const rpm::File& file)
{
    const std::string& path = file.path;
    static constexpr std::array foreign = {"/proc/", "/sys/",   "/dev/",       "/tmp/",    "/home/",
                                           "/mnt/",  "/media/", "/usr/local/", "/var/tmp/"};
    bool plain = path.starts_with('/') && path.find("/../") == path.npos && !path.ends_with("/..");
    return plain && (S_ISDIR(file.mode) || std::none_of(foreign.begin(), foreign.end(),
                                                        [&](const char* where) { return path.starts_with(where); }));
}

void complain(std::string& list, const std::string& what)
{
    list += (list.empty() ? "" : "; ") + what;
}

} // namespace

Status check_integrity(TestedPackage& subject)
{
    if (!subject.package) {
        subject.fail("integrity", subject.damage);
        return {};
    }
    std::string complaints;
    const RpmInfo& has = subject.package->info;
    auto layout = rpm::read_layout(subject.path);
    if (!layout) {
        subject.fail("integrity", layout.error().message);
        return {};
    }
    ALBS_TRY(std::string header, digest_part(subject.path, layout->header, layout->payload));
    ALBS_TRY(std::string payload, digest_part(subject.path, layout->payload, layout->size));
    if (has.header_sha256 != header)
        complain(complaints, has.header_sha256.empty()
                                 ? "the package has no SHA-256 of its header"
                                 : "the header is damaged: its SHA-256 is " + header + ", not " + has.header_sha256);
    if (has.payload_sha256.value_or("") != payload)
        complain(complaints, !has.payload_sha256 ? "the package has no SHA-256 of its payload"
                                                 : "the payload is damaged: its SHA-256 is " + payload + ", not " +
                                                       *has.payload_sha256);
    if (subject.artifact.rpm) {
        const RpmInfo& said = *subject.artifact.rpm;
        if (said.nevra != has.nevra)
            complain(complaints, "the manifest calls the package " + said.nevra + ", its header " + has.nevra);
        if (said.header_sha256 != has.header_sha256 || said.payload_sha256 != has.payload_sha256)
            complain(complaints, "the manifest has other digests of header and payload than the package");
    }
    for (const rpm::File& file : subject.package->files)
        if (!may_have(file))
            complain(complaints, "a package may not have the path '" + file.path + "'");
    if (complaints.empty())
        subject.pass("integrity");
    else
        subject.fail("integrity", complaints);
    return {};
}

} // namespace albs::test
