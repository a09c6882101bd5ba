// SPDX-License-Identifier: GPL-3.0-or-later
#include "git/bundle.hpp"

#include <algorithm>
#include <fcntl.h>

#include "base/digest.hpp"
#include "git/location.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::git {
namespace {

constexpr std::string_view signature = "# v2 git bundle\n";
constexpr std::string_view end_of_line = " HEAD\n\n";
constexpr std::size_t id_size = 40;
constexpr std::size_t max_block = 65535; ///< bytes of a stored block of deflate (RFC 1951, 3.2.4)
constexpr std::size_t buffered = std::size_t{1} << 20;

/// The checksum of a zlib stream (RFC 1950).
std::uint32_t adler32(std::string_view text)
{
    constexpr std::uint32_t modulus = 65521;
    std::uint32_t low = 1;
    std::uint32_t high = 0;
    for (char letter : text) {
        low = (low + static_cast<std::uint8_t>(letter)) % modulus;
        high = (high + low) % modulus;
    }
    return high << 16 | low;
}

void add_big(std::string& out, std::uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(number >> shift & 0xff);
}

/// A zlib stream of stored blocks: what a compressor makes depends on its version.
void add_stored(std::string& out, std::string_view text)
{
    out += "\x78\x01";
    const std::uint32_t checksum = adler32(text);
    do {
        std::string_view block = text.substr(0, max_block);
        text.remove_prefix(block.size());
        const auto size = static_cast<std::uint16_t>(block.size());
        out += text.empty() ? '\1' : '\0';
        for (std::uint16_t number : {size, static_cast<std::uint16_t>(~size)})
            for (int shift : {0, 8})
                out += static_cast<char>(number >> shift & 0xff);
        out += block;
    } while (!text.empty());
    add_big(out, checksum);
}

void add_object(std::string& out, const RawObject& object)
{
    std::size_t size = object.bytes.size();
    auto first = static_cast<std::uint8_t>(static_cast<unsigned>(object.type) << 4 | (size & 15));
    for (size >>= 4; size != 0; size >>= 7) {
        out += static_cast<char>(first | 0x80);
        first = size & 0x7f;
    }
    out += static_cast<char>(first);
    add_stored(out, object.bytes);
}

class PackFile {
public:
    PackFile(sys::Fd file, const std::string& name) : file_(std::move(file)), name_(name) {}

    Status add(std::string_view bytes)
    {
        hasher_.update(bytes);
        return sys::write_all(file_.get(), bytes, name_);
    }

    /// The pack's checksum is of the pack alone.
    Status finish()
    {
        std::string sum;
        const std::string hex = hasher_.finish_hex();
        for (std::size_t at = 0; at < hex.size(); at += 2)
            sum += static_cast<char>(std::stoi(hex.substr(at, 2), nullptr, 16));
        return sys::write_all(file_.get(), sum, name_);
    }

    Status head(std::string_view bytes) { return sys::write_all(file_.get(), bytes, name_); }

private:
    sys::Fd file_;
    const std::string& name_;
    Hasher hasher_{Algorithm::sha1};
};

} // namespace

Status write_bundle(const Repository& repository, const std::string& commit, const std::string& file)
{
    ALBS_TRY(std::vector<std::string> ids, repository.reachable(commit));
    sys::Fd opened(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (!opened)
        return sys::system_error("cannot write", file);
    PackFile pack(std::move(opened), file);
    ALBS_CHECK(pack.head(std::string(signature) + commit + std::string(end_of_line)));
    std::string waiting = "PACK";
    add_big(waiting, 2);
    add_big(waiting, static_cast<std::uint32_t>(ids.size()));
    for (const std::string& id : ids) {
        ALBS_TRY(RawObject object, repository.object(id));
        add_object(waiting, object);
        if (waiting.size() < buffered)
            continue;
        ALBS_CHECK(pack.add(waiting));
        waiting.clear();
    }
    ALBS_CHECK(pack.add(waiting));
    return pack.finish();
}

Result<BundleHead> read_bundle_head(std::string_view bundle)
{
    BundleHead head;
    head.pack = signature.size() + id_size + end_of_line.size();
    if (bundle.size() > head.pack && bundle.starts_with(signature))
        head.commit = bundle.substr(signature.size(), id_size);
    if (!is_full_id(head.commit) || bundle.substr(head.pack - end_of_line.size(), end_of_line.size()) != end_of_line)
        return fail(Kind::input, "it is no git bundle of one commit");
    return head;
}

} // namespace albs::git
