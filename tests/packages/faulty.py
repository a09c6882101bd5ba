#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes specs of packages with one fault each, and of a healthy twin of each, and the list of what should find them.

faulty.py DIRECTORY: DIRECTORY/NAME.spec for rpmbuild, and DIRECTORY/cases: lines of CASE and TEST. The package with the
fault is called bad-CASE, its twin good-CASE. Packages that rpmbuild can make from one spec are in one, which is faster.
"""
import sys

from faulty_cases import CASES, CHANGELOGS, TOOLS

HEAD = """Name: {name}
Version: 2
Release: 1
Summary: Packages with one fault each, and their twins
License: MIT
URL: https://example.org/faulty
{arch}
%global debug_package %{{nil}}
%global __os_install_post %{{nil}}
%global _build_id_links none
%global _binaries_in_noarch_packages_terminate_build 0
%global _unpackaged_files_terminate_build 0
%global _invalid_encoding_terminates_build 0
%global _missing_build_ids_terminate_build 0
%global __provides_exclude_from ^/usr/lib64/libbadhidden
%description
Each package has exactly one property under test.
"""
DATE = "Mon Oct 02 2023"
CHANGELOG = "%changelog\n* {date} A Packager <packager@example.org> - {version}\n- Made\n"


def parts(case, kind):
    """The sections of one package: its declaration, what makes its files, its file list and scriptlets."""
    name = f"{kind}-{case.name}"

    def text(value):
        return value.replace("@", name).replace("ROOT", "%{buildroot}")

    own = getattr(case, kind)
    package = (
        f"%package -n {name}\nSummary: The {kind} one of {case.name}\n{text(own.get('head', ''))}\n"
        f"%description -n {name}\nThe {kind} one of {case.name}.\n"
    )
    scripts = "".join(f"%{when} -n {name}\n{text(body)}\n" for when, body in own.get("scripts", {}).items())
    files = f"%files -n {name}\n{text(own['files'])}\n"
    return package, f"name={name}\n{text(own.get('make', ''))}\n", scripts + files


def spec(name, cases, arch, version="2-1", date=DATE):
    all_parts = [parts(case, kind) for case, kinds in cases for kind in kinds]
    text = HEAD.format(name=name, arch=arch)
    text += "".join(part[0] for part in all_parts)
    text += "%install\nset -e\n" + TOOLS + "".join(part[1] for part in all_parts)
    text += "".join(part[2] for part in all_parts)
    return text + CHANGELOG.format(date=date, version=version)


def main(directory):
    both = ("bad", "good")
    specs = {
        "faulty-noarch": spec(
            "faulty-noarch", [(case, both) for case in CASES if not case.arch], "BuildArch: noarch"
        ),
        "faulty-arch": spec("faulty-arch", [(case, both) for case in CASES if case.arch], ""),
    }
    for case, version, date in CHANGELOGS:
        specs[f"bad-{case.name}"] = spec(f"one-bad-{case.name}", [(case, ("bad",))], "BuildArch: noarch", version, date)
        specs[f"good-{case.name}"] = spec(f"one-good-{case.name}", [(case, ("good",))], "BuildArch: noarch")
    for name, text in specs.items():
        with open(f"{directory}/{name}.spec", "w", encoding="utf-8") as file:
            file.write(text)
    with open(f"{directory}/cases", "w", encoding="utf-8") as file:
        for case in CASES + [one[0] for one in CHANGELOGS]:
            file.write(f"{case.name} {case.test}\n")


if __name__ == "__main__":
    main(sys.argv[1])
