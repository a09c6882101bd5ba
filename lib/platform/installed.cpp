// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/platform.hpp"

#include <algorithm>
#include <map>

#include "sys/file.hpp"
#include "sys/process.hpp"

namespace albs::platform {
namespace {

template <class Each> void for_each_line(std::string_view text, const Each& each)
{
    while (!text.empty()) {
        std::size_t end = std::min(text.find('\n'), text.size());
        each(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// dpkg's status file (deb822): stanzas of "Field: value", separated by empty lines.
std::vector<buildroot::HostPackage> from_dpkg(std::string_view status)
{
    std::vector<buildroot::HostPackage> packages;
    std::map<std::string, std::string, std::less<>> fields;
    auto end_stanza = [&] {
        if (fields["Status"].find(" installed") != std::string::npos)
            packages.push_back({fields["Package"], fields["Version"], fields["Architecture"]});
        fields.clear();
    };
    for_each_line(status, [&](std::string_view line) {
        if (line.empty())
            return end_stanza();
        std::size_t colon = line.find(": ");
        for (std::string_view wanted : {"Package", "Status", "Version", "Architecture"})
            if (line.substr(0, colon) == wanted)
                fields[std::string(wanted)] = line.substr(colon + 2);
    });
    end_stanza();
    return packages;
}

/// "NAME\tEVR\tARCH" lines of rpm -qa.
std::vector<buildroot::HostPackage> from_rpm(std::string_view list)
{
    std::vector<buildroot::HostPackage> packages;
    for_each_line(list, [&](std::string_view line) {
        std::size_t first = line.find('\t');
        std::size_t second = line.find('\t', first + 1);
        if (second != line.npos)
            packages.push_back({std::string(line.substr(0, first)),
                                std::string(line.substr(first + 1, second - first - 1)),
                                std::string(line.substr(second + 1))});
    });
    return packages;
}

} // namespace

Result<std::vector<buildroot::HostPackage>> Platform::installed() const
{
    std::vector<buildroot::HostPackage> packages;
    if (is_guest_) {
        ALBS_TRY(std::string status, sys::read_file("/var/lib/dpkg/status"));
        packages = from_dpkg(status);
    } else {
        sys::Command command;
        command.argv = {"rpm", "-qa", "--qf", "%{NAME}\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\t%{ARCH}\n"};
        ALBS_TRY(sys::ProcessResult finished, sys::run_checked(command));
        packages = from_rpm(finished.out);
    }
    std::sort(packages.begin(), packages.end());
    return packages;
}

} // namespace albs::platform
