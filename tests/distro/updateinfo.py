#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the updateinfo.xml of the updates repository: an advisory of each kind, over the packages that are there.

usage: updateinfo.py PACKAGES
"""
import os
import subprocess
import sys
from xml.sax.saxutils import quoteattr

ADVISORIES = (
    # id, type, severity, title, CVE, release suffix, names
    ('TLSA-2024:0001', 'security', 'Important', 'acl, attr security update', 'CVE-2024-0001', '.el9.1',
     'acl libacl libacl-devel attr libattr libattr-devel'),
    ('TLSA-2024:0002', 'security', 'Moderate', 'acl security update', 'CVE-2024-0002', '.el9.2',
     'acl libacl libacl-devel'),
    ('TLBA-2024:0003', 'bugfix', 'None', 'xz bug fix update', None, '.el9.1', 'xz xz-libs xz-devel patch'),
    ('TLEA-2024:0004', 'enhancement', 'None', 'test-daemon enhancement update', None, '.el9.1', 'test-daemon'),
)
QUERY = '%{name}\t%{epochnum}\t%{version}\t%{release}\t%{arch}\t%{sourcerpm}\n'


def packages(folder):
    files = sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith('.rpm'))
    run = subprocess.run(['rpm', '-qp', '--nosignature', '--dbpath', '/nonexistent', '--qf', QUERY, *files], check=True,
                         stdout=subprocess.PIPE, text=True)
    for file, line in zip(files, run.stdout.splitlines()):
        yield os.path.basename(file), line.split('\t')


def main():
    every = list(packages(sys.argv[1]))
    print('<?xml version="1.0" encoding="UTF-8"?>\n<updates>')
    for name, kind, severity, title, cve, suffix, names in ADVISORIES:
        chosen = [(file, fields) for file, fields in every if fields[0] in names.split() and fields[3].endswith(suffix)]
        if not chosen:
            continue
        print(f'  <update from="test@example.org" status="final" type="{kind}" version="1">')
        print(f'    <id>{name}</id>\n    <title>{title}</title>\n    <severity>{severity}</severity>')
        print('    <issued date="2024-01-02 00:00:00"/>\n    <updated date="2024-01-02 00:00:00"/>')
        print(f'    <rights>public domain</rights>\n    <summary>{title}</summary>\n    <description>{title}, for tests</description>')
        print('    <references>')
        if cve:
            print(f'      <reference href="https://example.org/{cve}" id="{cve}" type="cve" title="{cve}"/>')
        print('    </references>\n    <pkglist>\n      <collection short="updates"><name>updates</name>')
        for file, (rpm, epoch, version, release, arch, source) in chosen:
            print(f'        <package name={quoteattr(rpm)} epoch="{epoch}" version={quoteattr(version)} release={quoteattr(release)} '
                  f'arch="{arch}" src={quoteattr(source)}><filename>{file}</filename></package>')
        print('      </collection>\n    </pkglist>\n  </update>')
    print('</updates>')


main()
