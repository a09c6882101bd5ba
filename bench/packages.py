#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The metadata of a repository with many packages that nobody could install, of the size that real ones have.

usage: packages.py COUNT DIRECTORY

A package has five capabilities, a program, about a hundred files and eight requirements, most of them of the packages
before it, so that a late one needs a few hundred others; names have two versions each. The same count gives the same
bytes. Nothing is signed, and there are no package files.
"""
import gzip
import hashlib
import os
import random
import sys

NAMESPACES = 'xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm"'
LISTS = 'xmlns="http://linux.duke.edu/metadata/filelists"'
TEXT = "It reads what it is given, does what its name says, and tells what came of it. "


def relation(name, version=""):
    same = f' flags="GE" epoch="0" ver="{version}"' if version else ""
    return f'<rpm:entry name="{name}"{same}/>'


def needs(number, rng):
    """Most of them among the first hundred, which everybody needs, the others anywhere before it."""
    wanted = {rng.randrange(100) for _ in range(4)} | {int(number * rng.random()) for _ in range(3)}
    return [relation(f"lib{one}.so.1()(64bit)") for one in sorted(wanted)
            if one < number] + [relation("/usr/bin/tool-0")]


def package(number, version, rng):
    name, digest = f"package-{number}", hashlib.sha256(f"{number} {version}".encode()).hexdigest()
    provides = [relation(name, version), relation(f"{name}(x86-64)", version), relation(f"lib{number}.so.1()(64bit)"),
                relation(f"pkgconfig({name})", version), relation(f"cmake({name})", version)]
    primary = (
        f'<package type="rpm"><name>{name}</name><arch>x86_64</arch><version epoch="0" ver="{version}" rel="1.el9"/>'
        f'<checksum type="sha256" pkgid="YES">{digest}</checksum><summary>Package {number} of many</summary>'
        f"<description>{TEXT * 6}</description><packager>Nobody</packager><url>https://example.org/{name}</url>"
        f'<time file="1700000000" build="1700000000"/><size package="{20000 + number}" installed="90000" archive="91000"/>'
        f'<location href="Packages/{name}-{version}-1.el9.x86_64.rpm"/><format><rpm:license>MIT</rpm:license>'
        f"<rpm:vendor>Nobody</rpm:vendor><rpm:group>Unspecified</rpm:group><rpm:buildhost>localhost</rpm:buildhost>"
        f'<rpm:sourcerpm>{name}-{version}-1.el9.src.rpm</rpm:sourcerpm><rpm:header-range start="4504" end="9000"/>'
        f'<rpm:provides>{"".join(provides)}</rpm:provides><rpm:requires>{"".join(needs(number, rng))}</rpm:requires>'
        f"<file>/usr/bin/tool-{number}</file></format></package>\n")
    files = "".join(f"<file>/usr/share/{name}/{folder}/part-{one}.data</file>"
                    for folder in ("images", "modules", "locale") for one in range(rng.randrange(15, 50)))
    lists = (f'<package pkgid="{digest}" name="{name}" arch="x86_64"><version epoch="0" ver="{version}" rel="1.el9"/>'
             f"<file>/usr/bin/tool-{number}</file>{files}</package>\n")
    return primary, lists


def entry(kind, text, directory):
    path, packed = f"repodata/{kind}.xml.gz", gzip.compress(text, 6, mtime=0)
    with open(os.path.join(directory, path), "wb") as out:
        out.write(packed)
    digests = [hashlib.sha256(data).hexdigest() for data in (packed, text)]
    return (f'<data type="{kind}"><checksum type="sha256">{digests[0]}</checksum>'
            f'<open-checksum type="sha256">{digests[1]}</open-checksum><location href="{path}"/>'
            f"<timestamp>1700000000</timestamp><size>{len(packed)}</size><open-size>{len(text)}</open-size></data>\n")


def main():
    count, directory = int(sys.argv[1]), sys.argv[2]
    os.makedirs(os.path.join(directory, "repodata"))
    rng = random.Random(count)
    made = [package(one // 2, f"1.{one % 2}", rng) for one in range(count)]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    primary = head + f'<metadata {NAMESPACES} packages="{count}">\n' + "".join(one[0] for one in made) + "</metadata>\n"
    lists = head + f'<filelists {LISTS} packages="{count}">\n' + "".join(one[1] for one in made) + "</filelists>\n"
    files = entry("primary", primary.encode(), directory) + entry("filelists", lists.encode(), directory)
    with open(os.path.join(directory, "repodata/repomd.xml"), "w", encoding="utf-8") as out:
        out.write(f'{head}<repomd xmlns="http://linux.duke.edu/metadata/repo"><revision>1700000000</revision>\n{files}</repomd>\n')


main()
