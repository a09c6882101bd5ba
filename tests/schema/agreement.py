# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks every member of full.json in every way and asks the schema and the decoder: agreement.py albs-echo

The decoder's answers are its exit statuses: 3 refuses; 0 and 4 (the seal, which is checked last) have read every record.
"""
import copy
import json
import os
import subprocess
import sys

import jsonschema

here = os.path.dirname(__file__)
with open(os.path.join(here, "full.json"), encoding="utf-8") as file:
    full = json.load(file)
with open(os.path.join(here, "../../share/albs/manifest.schema.json"), encoding="utf-8") as file:
    validator = jsonschema.Draft202012Validator(json.load(file))

values = [None, True, False, 0, -1, 5, 2**53 - 1, 2**53, -(2**53), "", "x", "no", ".", "..", "a/b", "/a", "a/", "a//b",
          "a/../b",
          "a b", "ü", "a\u0000b", "a\u001fb", "a\u007fb", "A" * 64, "a" * 64, "a" * 63, "2026-01-01T00:00:00Z",
          "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00+01:00",
          "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z", "albs.manifest/1",
          [], [None], [1], ["x"], ["a" * 64], [[]], [{}], {}, {"x": 1}]


def paths(value, at=()):
    """Every place in the document."""
    yield at
    if isinstance(value, dict):
        for key, member in value.items():
            yield from paths(member, (*at, key))
    if isinstance(value, list):
        for index, element in enumerate(value):
            yield from paths(element, (*at, index))


def mutants():
    """Every place with every value, and without its value."""
    for path in paths(full):
        if not path:
            continue
        for value in values:
            document = copy.deepcopy(full)
            parent = document
            for step in path[:-1]:
                parent = parent[step]
            parent[path[-1]] = value
            yield f"{path} = {value!r}", document
        document = copy.deepcopy(full)
        parent = document
        for step in path[:-1]:
            parent = parent[step]
        del parent[path[-1]]
        yield f"{path} deleted", document


def decoder_takes(document):
    """What the C++ reader says."""
    text = json.dumps(document, ensure_ascii=False)
    done = subprocess.run([sys.argv[1]], input=text.encode(), capture_output=True, check=False)
    if done.returncode not in (0, 3, 4):
        sys.exit(f"status {done.returncode}: {done.stderr.decode()}")
    return done.returncode != 3, done.stderr.decode().strip().split("\n")[0]


count = 0
bad = 0
# ALBS_TEST_ALL=1 tries all; otherwise every seventh, a prime that shares no factor with the list of values.
step = 1 if os.environ.get("ALBS_TEST_ALL") else 7
for name, mutant in [("nothing changed", full), *list(mutants())[::step]]:
    count += 1
    schema_says = validator.is_valid(mutant)
    decoder_says, why = decoder_takes(mutant)
    if schema_says != decoder_says:
        bad += 1
        print(f"{name}: the schema says {schema_says}, the decoder {decoder_says} ({why})")
print(f"{count} documents, {bad} disagreements")
sys.exit(bad > 0)
