// SPDX-License-Identifier: GPL-3.0-or-later
#include "report.hpp"
#include "base/format.hpp"
#include "base/visible.hpp"

namespace albs::test {
namespace {

/// XML 1.0: markup is escaped; control characters, which no escape can express, become '?'.
std::string escaped(const std::string& text)
{
    std::string out;
    for (char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? '?' : c;
        }
    }
    return out;
}

std::string test_case(const TestedPackage& subject, const Finding& finding)
{
    std::string start =
        format_text("    <testcase classname=\"{}\" name=\"{}\"", escaped(subject.label()), finding.name);
    if (finding.status == "pass")
        return start + "/>\n";
    std::string element = finding.status == "fail" ? "failure" : "skipped";
    std::string message = " message=\"" + escaped(finding.reason) + "\"";
    if (finding.log.empty())
        return format_text("{}><{}{}/></testcase>\n", start, element, message);
    return format_text("{}><{}{}>{}</{}></testcase>\n", start, element, message, escaped(finding.log), element);
}

std::size_t count(const TestedPackage& subject, const std::string& status)
{
    std::size_t number = 0;
    for (const Finding& finding : subject.findings)
        number += finding.status == status ? 1 : 0;
    return number;
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
        xml += format_text("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n",
                           escaped(subject.label()), subject.findings.size(), count(subject, "fail"),
                           count(subject, "skip"));
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
            if (finding.status == "fail")
                lines += "# " + plain(finding.reason) + "\n";
        }
    return "TAP version 13\n1.." + std::to_string(number) + "\n" + lines;
}

} // namespace albs::test
