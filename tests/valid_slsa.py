#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds statements to the rules of SLSA's and in-toto's own specifications, field by field.

usage: valid_slsa.py FILE...

FILE has one DSSE envelope a line, as a log publishes them. Statements of other types are only held to in-toto's rules.
The rules are those of in-toto Statement v1 and ResourceDescriptor v1, SLSA provenance v1 and SLSA verification summary
v1. Prints how many of each type there were.
"""
import base64
import datetime
import json
import re
import sys

LEVELS = {"SLSA_BUILD_LEVEL_0", "SLSA_BUILD_LEVEL_1", "SLSA_BUILD_LEVEL_2", "SLSA_BUILD_LEVEL_3", "FAILED"}
LENGTHS = {"sha256": 64, "gitCommit": 40, "sha512": 128}


def need(condition, what):
    if not condition:
        raise ValueError(what)


def uri(value, where):
    """RFC 3986: a URI has a scheme; nothing else than its characters."""
    pattern = r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+,;=%\[\]-]+"
    need(isinstance(value, str) and re.fullmatch(pattern, value),
         "%s is no URI: %r" % (where, value))


def timestamp(value, where):
    need(isinstance(value, str) and value.endswith("Z"), "%s is no timestamp in UTC: %r" % (where, value))
    datetime.datetime.strptime(value[:19], "%Y-%m-%dT%H:%M:%S")


def digests(value, where):
    need(isinstance(value, dict) and value, where + " has no digest")
    for name, text in value.items():
        need(name in LENGTHS and re.fullmatch("[0-9a-f]{%d}" % LENGTHS[name], text or ""),
             "%s has a bad digest %r: %r" % (where, name, text))


def descriptor(value, where):
    need(isinstance(value, dict), where + " is no object")
    need(any(value.get(name) for name in ("uri", "digest", "content")), where + " has none of uri, digest, content")
    if "uri" in value:
        uri(value["uri"], where + ".uri")
    if "digest" in value:
        digests(value["digest"], where)
    need(isinstance(value.get("name", ""), str), where + ".name")


def descriptors(value, where):
    need(isinstance(value, list), where + " is no array")
    for at, one in enumerate(value):
        descriptor(one, "%s[%d]" % (where, at))


def provenance(predicate):
    definition = predicate["buildDefinition"]
    uri(definition["buildType"], "buildType")
    need(isinstance(definition["externalParameters"], dict) and definition["externalParameters"], "externalParameters")
    need(isinstance(definition.get("internalParameters", {}), dict), "internalParameters")
    both = set(definition["externalParameters"]) & set(definition.get("internalParameters", {}))
    need(not both, "parameters are both external and internal: %s" % both)
    descriptors(definition.get("resolvedDependencies", []), "resolvedDependencies")
    run = predicate["runDetails"]
    uri(run["builder"]["id"], "builder.id")
    metadata = run.get("metadata", {})
    need(set(metadata) <= {"invocationId", "startedOn", "finishedOn"}, "metadata has %s" % set(metadata))
    for name in ("startedOn", "finishedOn"):
        if name in metadata:
            timestamp(metadata[name], name)
    descriptors(run.get("byproducts", []), "byproducts")


def summary(predicate):
    uri(predicate["verifier"]["id"], "verifier.id")
    timestamp(predicate["timeVerified"], "timeVerified")
    uri(predicate["resourceUri"], "resourceUri")
    descriptor(predicate["policy"], "policy")
    uri(predicate["policy"]["uri"], "policy.uri")
    need(predicate["verificationResult"] in ("PASSED", "FAILED"), "verificationResult")
    levels = predicate["verifiedLevels"]
    need(isinstance(levels, list) and levels, "verifiedLevels is empty")
    need(all(level in LEVELS or not level.startswith("SLSA_") for level in levels), "verifiedLevels %s" % levels)
    tracks = [level.rsplit("_LEVEL_", 1)[0] for level in levels]
    need(len(tracks) == len(set(tracks)), "two levels of one track")
    need((predicate["verificationResult"] == "FAILED") == ("FAILED" in levels), "levels that are not the result's")
    need(re.fullmatch(r"[0-9]+\.[0-9]+", predicate.get("slsaVersion", "1.0")), "slsaVersion")


TYPES = {"https://slsa.dev/provenance/v1": provenance, "https://slsa.dev/verification_summary/v1": summary}


def statement(envelope):
    need(envelope["payloadType"] == "application/vnd.in-toto+json", "payloadType")
    value = json.loads(base64.b64decode(envelope["payload"], validate=True))
    need(value["_type"] == "https://in-toto.io/Statement/v1", "_type")
    need(isinstance(value["subject"], list) and value["subject"], "no subject")
    for at, one in enumerate(value["subject"]):
        digests(one.get("digest"), "subject[%d]" % at)
    uri(value["predicateType"], "predicateType")
    if value["predicateType"] in TYPES:
        TYPES[value["predicateType"]](value["predicate"])
    return value["predicateType"]


def main():
    counts = {}
    for path in sys.argv[1:]:
        with open(path) as file:
            for number, line in enumerate(file, 1):
                try:
                    kind = statement(json.loads(line))
                except (ValueError, KeyError, TypeError) as problem:
                    sys.exit("%s:%d: %r" % (path, number, problem))
                counts[kind] = counts.get(kind, 0) + 1
    for kind in sorted(counts):
        print(counts[kind], kind)


if __name__ == "__main__":
    main()
