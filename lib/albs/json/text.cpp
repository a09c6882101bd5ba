// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/json/text.hpp"

#include <atomic>
#include <memory>
#include <new>

namespace albs {
namespace {

constexpr std::uint64_t max_size = (std::uint64_t{1} << 56) - 1; // no memory is as large

} // namespace

/// In front of the bytes of a long text.
struct JsonText::Shared {
    std::atomic<std::size_t> owners{1};

    char* bytes() { return reinterpret_cast<char*>(this + 1); }
};

JsonText::JsonText(std::string_view text) : JsonText()
{
    if (text.size() <= max_short) {
        short_.kind = static_cast<unsigned char>(kind_short + text.size());
        text.copy(short_.bytes, text.size());
        return;
    }
    // One piece of memory for both: a second one would cost as much again for a digest.
    auto* shared = ::new (::operator new(sizeof(Shared) + text.size())) Shared;
    text.copy(shared->bytes(), text.size());
    long_ = {.kind = kind_long, .size = text.size() & max_size, .shared = shared};
}

std::string_view JsonText::long_text() const
{
    return {long_.shared->bytes(), long_.size};
}

void JsonText::share() const
{
    long_.shared->owners.fetch_add(1, std::memory_order_relaxed);
}

void JsonText::release()
{
    // The last owner sees what the others did before they let go.
    if (long_.shared->owners.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return;
    std::destroy_at(long_.shared);
    ::operator delete(long_.shared);
}

} // namespace albs
