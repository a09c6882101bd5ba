// SPDX-License-Identifier: GPL-3.0-or-later
// The strings of JSON values: small, immutable, and copied without their bytes. Most of a manifest is base64 that the
// tree, the records and the copies of both have in common.
#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace albs {

/// A text in 16 bytes. Up to 15 bytes of text are in the object itself. A longer text is in memory that all copies
/// share; nothing changes it, so copies may be used by several threads.
class JsonText {
public:
    static constexpr std::size_t max_short = 15;

    JsonText() noexcept : short_{.kind = kind_short, .bytes = {}} {}
    JsonText(std::string_view text);
    JsonText(const std::string& text) : JsonText(std::string_view(text)) {}
    JsonText(const char* text) : JsonText(std::string_view(text)) {}
    JsonText(const JsonText& other) noexcept : short_(other.short_)
    {
        if (is_long())
            share();
    }
    JsonText(JsonText&& other) noexcept : JsonText() { std::swap(short_, other.short_); }
    JsonText& operator=(JsonText other) noexcept
    {
        std::swap(short_, other.short_);
        return *this;
    }
    ~JsonText()
    {
        if (is_long())
            release();
    }

    std::string_view view() const
    {
        return is_long() ? long_text() : std::string_view(short_.bytes, short_.kind - std::size_t{kind_short});
    }
    operator std::string_view() const { return view(); }
    operator std::string() const { return std::string(view()); }
    std::size_t size() const { return view().size(); }
    bool empty() const { return short_.kind == kind_short; }

    template <std::convertible_to<std::string_view> Text> friend bool operator==(const JsonText& a, const Text& b)
    {
        return a.view() == std::string_view(b);
    }
    template <class Stream>
    friend auto operator<<(Stream& out, const JsonText& text) -> decltype(out << std::string_view())
    {
        return out << text.view();
    }
    friend std::string operator+(std::string a, const JsonText& b) { return a += b.view(); }
    friend std::string operator+(const JsonText& a, std::string_view b) { return std::string(a) += b; }

private:
    friend class Json;
    // The first byte says what the others are. Json has kinds of its own, which are less.
    static constexpr unsigned char kind_long = 5;
    static constexpr unsigned char kind_short = 6; ///< plus the number of bytes
    struct Shared;
    struct Short {
        unsigned char kind;
        char bytes[max_short];
    };
    struct Long {
        std::uint64_t kind : 8; ///< in the first byte, on machines of either byte order
        std::uint64_t size : 56;
        Shared* shared;
    };

    bool is_long() const { return short_.kind == kind_long; }
    std::string_view long_text() const;
    void share() const;
    void release();

    union {
        Short short_;
        Long long_;
    };
};

static_assert(sizeof(JsonText) == 16, "two words, which is what a value and the name of a member take");

} // namespace albs
