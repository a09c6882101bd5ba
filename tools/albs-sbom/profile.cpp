// SPDX-License-Identifier: GPL-3.0-or-later
// albs-sbom check: whether a document has the elements that a rule set wants of every document and package.
//
// ntia: the minimum elements of 2021. cisa-2026: those that replace them. bsi: BSI TR-03183-2 2.1.0.
#include <array>

#include "albs/formats/sbom_document.hpp"
#include "base/format.hpp"
#include "base/visible.hpp"
#include "options.hpp"
#include "sys/file.hpp"

namespace albs::sbom {
namespace {

enum Profile : unsigned { ntia = 1, cisa = 2, bsi = 4 };

struct RequiredElement {
    std::string_view element;   ///< as the rule set calls it
    std::string_view statement; ///< of a package; of several, one is enough ("a|b")
    unsigned profiles;
};
constexpr std::array<RequiredElement, 12> elements_of_packages{{
    {"producer", "supplier", ntia | cisa | bsi},
    {"component name", "name", ntia | cisa | bsi},
    {"component version", "version", ntia | cisa | bsi},
    {"identifiers", "purl|cpe", ntia | cisa},
    {"component hash", "SHA-256|SHA-512", cisa},
    {"hash of the deployable component (SHA-512)", "SHA-512", bsi},
    {"licence", "licence", cisa},
    {"distribution licences", "licence", bsi},
    {"filename", "file name", bsi},
    {"executable property", "bsi:component:executable", bsi},
    {"archive property", "bsi:component:archive", bsi},
    {"structured property", "bsi:component:structured", bsi},
}};

struct Gap {
    std::string where;
    std::string element;
};

bool has_any(const DescribedComponent& package, std::string_view statements)
{
    while (!statements.empty()) {
        std::string_view one = statements.substr(0, statements.find('|'));
        if (!package.value(one).empty())
            return true;
        statements.remove_prefix(std::min(statements.size(), one.size() + 1));
    }
    return false;
}

void check_head(const SbomDocument& document, unsigned profile, std::vector<Gap>& gaps)
{
    auto want = [&](bool there, unsigned profiles, std::string element) {
        if (!there && (profile & profiles) != 0)
            gaps.push_back({"document", std::move(element)});
    };
    want(!document.author.empty(), ntia | cisa | bsi, "author (--author 'NAME <MAIL>')");
    want(!document.time.empty() && document.time != "1970-01-01T00:00:00Z", ntia | cisa | bsi, "timestamp");
    want(!document.tool.empty(), cisa, "tool name and version");
    bool cyclonedx = document.format == SbomDocument::Format::cyclonedx;
    want(!cyclonedx || !document.phase.empty(), cisa, "generation context");
    bool format = cyclonedx && document.format_name >= "CycloneDX 1.6";
    want(format, bsi, "format: CycloneDX 1.6 or later");
    want(!document.id.empty(), cisa | bsi, "identity of the document");
    want(!document.packages.empty(), ntia | cisa | bsi, "components");
}

std::string report_of(const std::vector<Gap>& gaps, const CheckOptions& options)
{
    if (options.report != "json") {
        std::string out;
        for (const Gap& gap : gaps)
            out += format_text("missing\t{}\t{}\n", escape_hidden(gap.where), gap.element);
        return format_text("{}{}: {}\n", out, options.profile,
                           gaps.empty() ? "everything is there" : std::to_string(gaps.size()) + " missing");
    }
    Json list = Json::array();
    for (const Gap& gap : gaps)
        list.push(Json::object({{"where", gap.where}, {"element", gap.element}}));
    Json report = Json::object(
        {{"schema", "albs.sbom-check/1"}, {"profile", options.profile}, {"verdict", gaps.empty() ? "yes" : "no"}});
    report.set("missing", std::move(list));
    return write_json(report) + "\n";
}

} // namespace

Result<cli::Outcome> check_profile(cli::Context& context, const CheckOptions& options)
{
    if (context.operands.size() != 1)
        return fail(Kind::usage, "one document is checked", "albs-sbom check --profile PROFILE SBOM");
    ALBS_TRY(std::string text, sys::read_file(context.operands[0]));
    auto document = read_sbom(text);
    if (!document)
        return fail(std::move(document).error(), "'" + context.operands[0] + "'");
    unsigned profile = options.profile == "bsi" ? bsi : options.profile == "ntia" ? ntia : cisa;
    std::vector<Gap> gaps;
    check_head(*document, profile, gaps);
    for (const DescribedComponent& package : document->packages)
        for (const RequiredElement& wanted : elements_of_packages)
            if ((wanted.profiles & profile) != 0 && !has_any(package, wanted.statement))
                gaps.push_back({package.title(), std::string(wanted.element)});
    return cli::Outcome{.verdict = gaps.empty() ? cli::Verdict::yes : cli::Verdict::no,
                        .document = report_of(gaps, options)};
}

} // namespace albs::sbom
