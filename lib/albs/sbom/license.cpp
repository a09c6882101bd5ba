// SPDX-License-Identifier: GPL-3.0-or-later
// A recursive descent over words and parentheses, used twice: strictly, for SPDX expressions, and leniently, for the
// older tags, where a name may have spaces and "and", "or", "with" are written in any case.
#include "albs/sbom/license.hpp"

#include <array>
#include <cctype>
#include <functional>
#include <vector>

#include "albs/sbom/license_ids.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

namespace albs {
namespace {

constexpr int max_depth = 64;

struct LegacyName {
    std::string_view name;
    std::string_view spdx;
};
// Only the names of the older Fedora list that stand for exactly one SPDX licence. Families such as "BSD" do not.
constexpr std::array<LegacyName, 38> legacy_names{{
    {"AGPLv3", "AGPL-3.0-only"},      {"AGPLv3+", "AGPL-3.0-or-later"},
    {"ASL 1.1", "Apache-1.1"},        {"ASL 2.0", "Apache-2.0"},
    {"Artistic 2.0", "Artistic-2.0"}, {"Boost", "BSL-1.0"},
    {"CC0", "CC0-1.0"},               {"CC-BY", "CC-BY-3.0"},
    {"CC-BY-SA", "CC-BY-SA-3.0"},     {"CDDL", "CDDL-1.0"},
    {"EPL", "EPL-1.0"},               {"EPL-2.0", "EPL-2.0"},
    {"GFDL", "GFDL-1.1-or-later"},    {"GPLv1", "GPL-1.0-only"},
    {"GPLv2", "GPL-2.0-only"},        {"GPLv2+", "GPL-2.0-or-later"},
    {"GPLv3", "GPL-3.0-only"},        {"GPLv3+", "GPL-3.0-or-later"},
    {"GPL+", "GPL-1.0-or-later"},     {"ISC", "ISC"},
    {"LGPLv2", "LGPL-2.0-only"},      {"LGPLv2+", "LGPL-2.0-or-later"},
    {"LGPLv2.1", "LGPL-2.1-only"},    {"LGPLv2.1+", "LGPL-2.1-or-later"},
    {"LGPLv3", "LGPL-3.0-only"},      {"LGPLv3+", "LGPL-3.0-or-later"},
    {"MPLv1.0", "MPL-1.0"},           {"MPLv1.1", "MPL-1.1"},
    {"MPLv2.0", "MPL-2.0"},           {"OFL", "OFL-1.1"},
    {"OpenLDAP", "OLDAP-2.8"},        {"PHP", "PHP-3.01"},
    {"PostgreSQL", "PostgreSQL"},     {"Python", "Python-2.0.1"},
    {"Unlicense", "Unlicense"},       {"Vim", "Vim"},
    {"WTFPL", "WTFPL"},               {"zlib", "Zlib"},
}};

bool name_character(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-';
}

std::vector<std::string> tokens_of(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    auto end_word = [&] {
        if (!word.empty())
            words.push_back(std::move(word));
        word.clear();
    };
    for (char c : text) {
        if (c == '(' || c == ')') {
            end_word();
            words.emplace_back(1, c);
        } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            end_word();
        } else {
            word += c;
        }
    }
    end_word();
    return words;
}

bool is_reference(std::string_view name)
{
    constexpr std::string_view document = "DocumentRef-";
    constexpr std::string_view license = "LicenseRef-";
    if (name.substr(0, document.size()) == document) {
        std::size_t colon = name.find(':');
        if (colon == std::string_view::npos || colon == document.size())
            return false;
        name.remove_prefix(colon + 1);
    }
    if (name.substr(0, license.size()) != license || name.size() == license.size())
        return false;
    for (char c : name)
        if (!name_character(c))
            return false;
    return true;
}

// Empty when SPDX has no such licence.
std::string simple_license(std::string_view name)
{
    if (is_reference(name))
        return std::string(name);
    if (std::string_view known = spdx_license_id(name); !known.empty())
        return std::string(known);
    if (!name.empty() && name.back() == '+')
        if (std::string_view known = spdx_license_id(name.substr(0, name.size() - 1)); !known.empty())
            return std::string(known) + "+";
    return {};
}

class Parser {
public:
    Parser(std::vector<std::string> words, bool lenient) : words_(std::move(words)), lenient_(lenient) {}

    Result<std::string> expression()
    {
        ALBS_TRY(std::string all, alternatives(0));
        if (at_ != words_.size())
            return fail(Kind::input, "'" + words_[at_] + "' is not expected there");
        return all;
    }

private:
    bool operator_is(std::string_view name) const
    {
        if (at_ == words_.size())
            return false;
        // SPDX wants operators in upper case, or all in lower case.
        return lenient_ ? upper_case(words_[at_]) == name
                        : words_[at_] == name || (upper_case(words_[at_]) == name && lower_case());
    }
    bool lower_case() const { return std::islower(static_cast<unsigned char>(words_[at_][0])) != 0; }

    Result<std::string> chain(int depth, std::string_view name, const std::function<Result<std::string>(int)>& part)
    {
        ALBS_TRY(std::string all, part(depth));
        while (operator_is(name)) {
            ++at_;
            ALBS_TRY(std::string next, part(depth));
            all += " " + std::string(name) + " " + next;
        }
        return all;
    }
    Result<std::string> alternatives(int depth)
    {
        return chain(depth, "OR", [this](int inner) { return conjunction(inner); });
    }
    Result<std::string> conjunction(int depth)
    {
        return chain(depth, "AND", [this](int inner) { return term(inner); });
    }
    Result<std::string> term(int depth)
    {
        if (at_ == words_.size())
            return fail(Kind::input, "a licence is missing at the end");
        if (words_[at_] != "(")
            return license();
        if (depth == max_depth)
            return fail(Kind::input, "nested too deep");
        ++at_;
        ALBS_TRY(std::string inner, alternatives(depth + 1));
        if (at_ == words_.size() || words_[at_] != ")")
            return fail(Kind::input, "a ')' is missing");
        ++at_;
        return "(" + inner + ")";
    }
    Result<std::string> license()
    {
        std::string name = words_[at_++];
        // The older names have spaces: "ASL 2.0", "Public Domain".
        while (lenient_ && at_ < words_.size() && words_[at_] != "(" && words_[at_] != ")" && !operator_is("AND") &&
               !operator_is("OR") && !operator_is("WITH"))
            name += " " + words_[at_++];
        if (name == ")" || upper_case(name) == "AND" || upper_case(name) == "OR" || upper_case(name) == "WITH")
            return fail(Kind::input, "a licence is missing before '" + name + "'");
        ALBS_TRY(std::string id, license_of(name));
        if (!operator_is("WITH"))
            return id;
        ++at_;
        std::string exception = at_ < words_.size() ? words_[at_++] : std::string();
        std::string_view known = spdx_exception_id(exception);
        if (!known.empty())
            return id + " WITH " + std::string(known);
        // "GPLv2+ with exceptions" does not say which: the whole is a licence of its own.
        if (lenient_)
            return license_reference(name + " with " + exception);
        return fail(Kind::input, "'" + exception + "' is no exception of the SPDX list");
    }
    Result<std::string> license_of(const std::string& name)
    {
        if (lenient_)
            for (const LegacyName& legacy : legacy_names)
                if (legacy.name == name)
                    return std::string(legacy.spdx);
        std::string id = simple_license(name);
        if (!id.empty())
            return id;
        if (lenient_)
            return license_reference(name);
        return fail(Kind::input, "'" + name + "' is no licence of the SPDX list");
    }

    std::vector<std::string> words_;
    bool lenient_;
    std::size_t at_ = 0;
};

} // namespace

std::string license_reference(std::string_view name)
{
    std::string out = "LicenseRef-";
    bool gap = false;
    for (char c : name) {
        if (name_character(c)) {
            out += c;
            gap = false;
        } else if (!gap) {
            out += '-';
            gap = true;
        }
        if (out.size() == 200) // a whole text in the tag
            return out + "-" + sha256(name).hex().substr(0, 16);
    }
    while (out.size() > 11 && out.back() == '-')
        out.pop_back();
    return out.size() == 11 ? out + sha256(name).hex().substr(0, 16) : out;
}

License read_license(std::string_view tag)
{
    License license{.raw = std::string(tag), .expression = {}, .origin = License::Origin::reference};
    std::vector<std::string> words = tokens_of(tag);
    if (words.empty())
        return license;
    if (auto strict = Parser(words, false).expression()) {
        license.expression = *strict;
        license.origin = License::Origin::declared;
    } else if (auto lenient = Parser(words, true).expression()) {
        license.expression = *lenient;
        bool translated = lenient->find("LicenseRef-") == std::string::npos;
        license.origin = translated ? License::Origin::translated : License::Origin::reference;
    } else {
        license.expression = license_reference(tag);
    }
    return license;
}

} // namespace albs
