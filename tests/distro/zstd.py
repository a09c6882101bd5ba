#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns a repository's gzip metadata into zstd, as EL10 and Fedora have it; Debian's createrepo_c cannot write that.

usage: zstd.py REPODATA
"""
import gzip
import hashlib
import os
import re
import subprocess
import sys

repodata = sys.argv[1]
index = os.path.join(repodata, 'repomd.xml')


def recompressed(block):
    """One <data> element of repomd.xml, after its file."""
    location = re.search(r'href="repodata/([^"]*)\.gz"', block)
    if not location:
        return block
    old = os.path.join(repodata, location[1] + '.gz')
    with gzip.open(old) as file:
        data = subprocess.run(['zstd', '-10', '-q', '-c'], input=file.read(), stdout=subprocess.PIPE, check=True).stdout
    os.unlink(old)
    digest = hashlib.sha256(data).hexdigest()
    name = digest + '-' + location[1].split('-', 1)[-1] + '.zst'
    with open(os.path.join(repodata, name), 'wb') as file:
        file.write(data)
    block = re.sub(r'<checksum type="sha256">\w+<', f'<checksum type="sha256">{digest}<', block)
    block = re.sub(r'href="repodata/[^"]*"', f'href="repodata/{name}"', block)
    return re.sub(r'<size>\d+<', f'<size>{len(data)}<', block)


with open(index, encoding='utf-8') as file:
    text = file.read()
with open(index, 'w', encoding='utf-8') as file:
    file.write(re.sub(r'<data .*?</data>', lambda match: recompressed(match[0]), text, flags=re.DOTALL))
