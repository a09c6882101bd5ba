# SPDX-License-Identifier: GPL-3.0-or-later
"""valid_cyclonedx.py DOCUMENT...: holds CycloneDX 1.6 JSON to the official schema, and to what a schema cannot say:
references are unique and lead somewhere, digests have the length of their algorithm."""
import json
import pathlib
import sys

import jsonschema

SCHEMAS = pathlib.Path(__file__).parent / "vectors" / "schema"
DIGITS = {"MD5": 32, "SHA-1": 40, "SHA-256": 64, "SHA-384": 96, "SHA-512": 128}


def validator():
    """The official schema in one piece: resolvers of other documents differ between versions of jsonschema."""
    top = json.loads((SCHEMAS / "bom-1.6.SNAPSHOT.schema.json").read_text())
    licenses = json.loads((SCHEMAS / "spdx.SNAPSHOT.schema.json").read_text())
    signatures = json.loads((SCHEMAS / "jsf-0.82.SNAPSHOT.schema.json").read_text())
    del licenses["$schema"], licenses["$id"]
    for name, definition in signatures["definitions"].items():
        top["definitions"].setdefault("jsf-" + name, definition)
    text = json.dumps(top)
    for name in signatures["definitions"]:
        text = text.replace(f"jsf-0.82.SNAPSHOT.schema.json#/definitions/{name}", f"#/definitions/jsf-{name}")
    top = json.loads(text)
    for node in walk(top):
        if node.get("$ref") == "spdx.SNAPSHOT.schema.json":
            del node["$ref"]
            node.update(licenses)
    return jsonschema.Draft7Validator(top, format_checker=jsonschema.FormatChecker())


def walk(value):
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def problems(check, document):
    for error in check.iter_errors(document):
        yield "/".join(map(str, error.absolute_path)) + ": " + error.message[:300]
    refs = [node["bom-ref"] for node in walk(document) if "bom-ref" in node]
    for ref in {ref for ref in refs if refs.count(ref) > 1} if len(refs) < 2000 else set():
        yield "bom-ref twice: " + ref
    known = set(refs)
    if len(known) != len(refs):
        yield "bom-refs are not unique"
    for dependency in document.get("dependencies", []):
        for ref in [dependency["ref"], *dependency.get("dependsOn", [])]:
            if ref not in known:
                yield "dependency on nothing: " + ref
    for composition in document.get("compositions", []):
        for ref in composition.get("assemblies", []) + composition.get("dependencies", []):
            if ref not in known:
                yield "composition of nothing: " + ref
    for node in walk(document):
        if "alg" in node and len(node["content"]) != DIGITS[node["alg"]]:
            yield "digest of another length: " + node["content"]


def main():
    check = validator()
    bad = 0
    for name in sys.argv[1:]:
        for problem in problems(check, json.loads(pathlib.Path(name).read_text())):
            print(f"{name}: {problem}", file=sys.stderr)
            bad += 1
    sys.exit(1 if bad else 0)


main()
