// SPDX-License-Identifier: GPL-3.0-or-later
// One entry of a debranding's configuration: a map of keys, of which each has to be known.
#pragma once
#include <optional>
#include <set>
#include <string>

#include "base/result.hpp"
#include "debrand_edit.hpp"
#include "platform/library.hpp"

namespace albs::fetch {

/// Kind::input with the place, and where the format is described.
tl::unexpected<Error> refuse(const std::string& file, std::size_t line, const std::string& why);

/// The keys of one entry. After the first error the rest does not matter: end() gives it. Map, file and what its values
/// are taken from outlive it.
class Entry {
public:
    using Value = platform::Value;

    Entry(const Value& map, const std::string& file, std::string action);

    /// Null: it is not there, or of another type, which is an error.
    const Value* find(const std::string& key, Value::Type type, const std::string& wanted);
    /// Of any type.
    const Value* any(const std::string& key);
    /// Empty: it is not there.
    std::string text(const std::string& key);
    std::string needed(const std::string& key);
    bool flag(const std::string& key, bool otherwise);
    /// At least one text.
    Lines texts(const std::string& key);
    void wrong(std::size_t line, const std::string& why);
    void check(const Status& status);
    /// The first error, or that of a key that nobody asked for.
    Status end();
    std::size_t line() const { return map_.line; }

private:
    const Value& map_;
    const std::string& file_;
    std::string action_;
    std::set<std::string> taken_;
    std::optional<tl::unexpected<Error>> error_;
};

} // namespace albs::fetch
