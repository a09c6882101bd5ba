// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/decompress.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

#include "base/format.hpp"
#include "rpm/handles.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"

namespace albs::rpm {

Status Library::decompress(const std::string& from, const std::string& to, std::int64_t limit) const
{
    auto damaged = [&] { return fail(Kind::input, format_text("'{}' cannot be decompressed", sys::base_name(from))); };
    const Packing* packing = nullptr;
    for (const Packing& one : packings)
        if (from.ends_with(one.ending))
            packing = &one;
    Stream stream(packing == nullptr ? nullptr : Fopen(from.c_str(), packing->mode));
    if (!stream || Ferror(stream.get()) != 0)
        return damaged();
    sys::Fd out(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!out)
        return sys::system_error("cannot create", to);
    std::vector<char> piece(std::size_t{256} * 1024);
    std::int64_t size = 0;
    while (true) {
        const ssize_t count = Fread(piece.data(), 1, piece.size(), stream.get());
        if (count < 0 || Ferror(stream.get()) != 0)
            return damaged();
        if (count == 0)
            break;
        size += count;
        if (size > limit)
            return fail(Kind::input, format_text("'{}' holds more than {} MiB", sys::base_name(from), limit >> 20));
        ALBS_CHECK(sys::write_all(out.get(), {piece.data(), static_cast<std::size_t>(count)}, to));
    }
    // zlib says only here that the end is missing.
    if (Fclose(stream.release()) != 0)
        return damaged();
    return out.close() == 0 ? Status() : sys::system_error("cannot write", to);
}

Result<std::string> Library::decompress_bytes(std::string_view bytes, std::string_view ending, std::size_t limit) const
{
    auto damaged = [] { return fail(Kind::input, "it cannot be decompressed"); };
    const Packing* packing = nullptr;
    for (const Packing& one : packings)
        if (one.ending == ending)
            packing = &one;
    // librpm reads descriptors only.
    sys::Fd memory(::memfd_create("albs", MFD_CLOEXEC));
    if (packing == nullptr || !memory)
        return damaged();
    ALBS_CHECK(sys::write_all(memory.get(), bytes, "a file in memory"));
    if (::lseek(memory.get(), 0, SEEK_SET) != 0)
        return damaged();
    Stream plain(fdDup(memory.get()));
    Stream stream(plain ? Fdopen(plain.release(), packing->mode) : nullptr);
    if (!stream || Ferror(stream.get()) != 0)
        return damaged();
    std::string text;
    std::vector<char> piece(std::size_t{64} << 10);
    while (true) {
        const ssize_t count = Fread(piece.data(), 1, piece.size(), stream.get());
        if (count < 0 || Ferror(stream.get()) != 0)
            return damaged();
        if (count == 0)
            break;
        text.append(piece.data(), static_cast<std::size_t>(count));
        if (text.size() > limit)
            return fail(Kind::input, format_text("it holds more than {} MiB", limit >> 20));
    }
    return Fclose(stream.release()) == 0 ? Result<std::string>(std::move(text)) : damaged();
}

} // namespace albs::rpm
