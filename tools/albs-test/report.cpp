// SPDX-License-Identifier: GPL-3.0-or-later
#include "report.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/visible.hpp"

namespace albs::test {
namespace {

constexpr std::size_t max_shown = std::size_t{64} << 10; ///< bytes of a log

/// XML 1.0: markup is escaped, and so is, as in a message, what is not UTF-8 or not to be seen.
std::string escaped(std::string_view text)
{
    std::string out;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        for (char c : escape_hidden(text.substr(start, end - start))) {
            switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
            }
        }
        if (end < text.size())
            out += '\n';
        start = end + 1;
    }
    return out;
}

/// Its beginning and its end: the whole log is an artifact of the manifest.
std::string shortened(const std::string& log)
{
    if (log.size() <= max_shown)
        return log;
    return format_text("{}\n... {} bytes are left out here ...\n{}", log.substr(0, max_shown / 4),
                       log.size() - max_shown, log.substr(log.size() - max_shown * 3 / 4));
}

/// As JUnit's readers want it: "1.042".
std::string seconds(std::int64_t ms)
{
    return format_text("{}.{:03}", ms / 1000, ms % 1000);
}

std::string test_case(const TestedPackage& subject, const Finding& finding)
{
    std::string start = format_text("    <testcase classname=\"{}\" name=\"{}\" time=\"{}\"", escaped(subject.label()),
                                    escaped(finding.name), seconds(finding.elapsed_ms));
    if (finding.status == "pass" && finding.reason.empty())
        return start + "/>\n";
    if (finding.status == "pass") // JUnit knows no warnings
        return format_text("{}><system-out>warning: {}\n{}</system-out></testcase>\n", start, escaped(finding.reason),
                           escaped(shortened(finding.log)));
    std::string element = finding.status == "fail" ? "failure" : "skipped";
    std::string message = " message=\"" + escaped(finding.reason) + "\"";
    if (finding.log.empty())
        return format_text("{}><{}{}/></testcase>\n", start, element, message);
    return format_text("{}><{}{}>{}</{}></testcase>\n", start, element, message, escaped(shortened(finding.log)),
                       element);
}

std::size_t count(const TestedPackage& subject, const std::string& status)
{
    std::size_t number = 0;
    for (const Finding& finding : subject.findings)
        number += finding.status == status ? 1 : 0;
    return number;
}

std::int64_t elapsed_ms(const TestedPackage& subject)
{
    std::int64_t sum = 0;
    for (const Finding& finding : subject.findings)
        sum += finding.elapsed_ms;
    return sum;
}

/// '#' starts a directive in TAP.
std::string plain(std::string text)
{
    for (char& c : text)
        if (c == '#' || c == '\n')
            c = ' ';
    return escape_hidden(text);
}

} // namespace

std::string junit_report(const std::vector<TestedPackage>& subjects)
{
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"albs-test\">\n";
    for (const TestedPackage& subject : subjects) {
        xml += format_text(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{}\">\n",
            escaped(subject.label()), subject.findings.size(), count(subject, "fail"), count(subject, "skip"),
            seconds(elapsed_ms(subject)));
        for (const Finding& finding : subject.findings)
            xml += test_case(subject, finding);
        xml += "  </testsuite>\n";
    }
    return xml + "</testsuites>\n";
}

std::string tap_report(const std::vector<TestedPackage>& subjects)
{
    std::string lines;
    std::size_t number = 0;
    for (const TestedPackage& subject : subjects)
        for (const Finding& finding : subject.findings) {
            lines += format_text("{} {} - {} {}", finding.status == "fail" ? "not ok" : "ok", ++number,
                                 plain(subject.label()), plain(finding.name));
            if (finding.status == "skip")
                lines += " # SKIP " + plain(finding.reason);
            lines += "\n";
            if (finding.status == "pass" && !finding.reason.empty())
                lines += "# warning: " + plain(finding.reason) + "\n";
            if (finding.status == "fail")
                lines += "# " + plain(finding.reason) + "\n";
        }
    return "TAP version 13\n1.." + std::to_string(number) + "\n" + lines;
}

} // namespace albs::test
