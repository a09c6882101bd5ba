#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A manifest of packages that no file stands behind: one source, one task, COUNT packages.

usage: manifest.py COUNT FIRST

The packages are numbered from FIRST, so that manifests of other numbers can be merged. The same numbers give the same
bytes.
"""
import hashlib
import json
import sys


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def source():
    srpm = digest("source package")
    return {"id": f"many@srpm-{srpm[:12]}", "kind": "srpm", "name": "many", "url": None, "ref": None, "commit": None,
            "tree": None, "commit_time": None, "layout": None, "spec": None,
            "signature": {"status": "none", "key": None, "signer": None}, "lookaside": [], "srpm": srpm,
            "source_date_epoch": 1416100000}


def package(number):
    name = f"package-{number}"
    rpm = {"name": name, "epoch": None, "version": "1", "release": "1", "arch": "x86_64", "nevra": f"{name}-1-1.x86_64",
           "sourcerpm": "many-1-1.src.rpm", "header_sha256": digest(f"header {number}"),
           "payload_sha256": digest(f"payload {number}")}
    return {"sha256": digest(name), "size": 1000 + number, "name": f"{name}-1-1.x86_64.rpm", "kind": "rpm", "rpm": rpm,
            "unsigned": None}


def task(first, of, packages):
    return {"id": f"many-{first}/host/x86_64", "source": of["id"], "platform": "host", "arch": "x86_64",
            "backend": "host", "options": [], "status": "ok", "reason": None,
            "artifacts": [one["sha256"] for one in packages], "log": None, "buildroot": None, "network": False,
            "verified": False, "isolation": None, "started": "2026-01-01T00:00:00Z",
            "finished": "2026-01-01T00:00:01Z"}


def main():
    count, first = int(sys.argv[1]), int(sys.argv[2])
    of = source()
    packages = [package(number) for number in range(first, first + count)]
    tables = {"schema": "albs.manifest/1", "sources": [of], "tasks": [task(first, of, packages)],
              "artifacts": packages}
    for name in ("tests", "signatures", "notarizations", "releases", "stages"):
        tables[name] = []
    print(json.dumps(tables, separators=(",", ":")))


main()
