# SPDX-License-Identifier: GPL-3.0-or-later
"""valid_spdx.py DOCUMENT...: holds SPDX 2.3 JSON to the rules of the specification, clause by clause."""
import json
import pathlib
import re
import sys

DIGITS = {"MD5": 32, "SHA1": 40, "SHA256": 64, "SHA384": 96, "SHA512": 128}
RELATIONSHIPS = {"DESCRIBES", "CONTAINS", "GENERATED_FROM", "DEPENDS_ON", "PATCH_FOR", "BUILD_DEPENDENCY_OF", "OTHER"}
PURPOSES = {"SOURCE", "FILE", "LIBRARY", "INSTALL"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ID = re.compile(r"SPDXRef-[A-Za-z0-9.-]+")
DOCUMENT = {"spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo", "packages",
            "relationships",
            "annotations", "hasExtractedLicensingInfos"}
PACKAGE = {"SPDXID", "name", "versionInfo", "packageFileName", "supplier", "downloadLocation", "filesAnalyzed",
           "checksums",
           "homepage", "licenseConcluded", "licenseDeclared", "licenseComments", "copyrightText", "summary",
           "description",
           "externalRefs", "primaryPackagePurpose", "builtDate", "annotations"}


def document_problems(document):
    yield from (f"7: unknown member {name}" for name in set(document) - DOCUMENT)
    if document.get("spdxVersion") != "SPDX-2.3":
        yield "6.1: version"
    if document.get("dataLicense") != "CC0-1.0":
        yield "6.2: data licence"
    if document.get("SPDXID") != "SPDXRef-DOCUMENT":
        yield "6.3: id"
    if not document.get("name"):
        yield "6.4: name"
    if not re.fullmatch(r"https://[!-~]+",
                        document.get("documentNamespace", "")) or "#" in document["documentNamespace"]:
        yield "6.5: namespace " + document.get("documentNamespace", "")
    info = document.get("creationInfo", {})
    if not info.get("creators") or not all(re.match(r"(Tool|Person|Organization): .+", one)
                                           for one in info["creators"]):
        yield "6.8: creators"
    if not TIME.fullmatch(info.get("created", "")):
        yield "6.9: created"


def package_problems(package, licenses):
    where = package.get("SPDXID", "?")
    yield from (f"{where}: 7: unknown member {name}" for name in set(package) - PACKAGE)
    if not package.get("name"):
        yield where + ": 7.1: name"
    if not ID.fullmatch(where):
        yield where + ": 7.2: id"
    if "supplier" in package and not re.match(r"NOASSERTION$|(Person|Organization): .+", package["supplier"]):
        yield where + ": 7.5: supplier"
    if not re.match(r"NOASSERTION$|NONE$|[a-z+]+://", package.get("downloadLocation", "")):
        yield where + ": 7.7: download location"
    if package.get("filesAnalyzed") is not False:
        yield where + ": 7.8: files analysed"
    for checksum in package.get("checksums", []):
        if not re.fullmatch("[0-9a-f]{%d}" % DIGITS[checksum["algorithm"]], checksum["checksumValue"]):
            yield where + ": 7.10: checksum"
    for name in re.findall(r"LicenseRef-[A-Za-z0-9.-]+", package.get("licenseDeclared", "")):
        if name not in licenses:
            yield where + ": 10.1: not defined: " + name
    for reference in package.get("externalRefs", []):
        if set(reference) != {"referenceCategory", "referenceType", "referenceLocator"}:
            yield where + ": 7.21: external reference"
    if package.get("primaryPackagePurpose") not in PURPOSES:
        yield where + ": 7.24: purpose"
    if "builtDate" in package and not TIME.fullmatch(package["builtDate"]):
        yield where + ": 7.26: built"


def problems(document):
    yield from document_problems(document)
    licenses = {one["licenseId"] for one in document.get("hasExtractedLicensingInfos", [])}
    ids = [package["SPDXID"] for package in document.get("packages", [])]
    if len(set(ids)) != len(ids):
        yield "7.2: ids are not unique"
    for package in document.get("packages", []):
        yield from package_problems(package, licenses)
    known = {"SPDXRef-DOCUMENT", *ids}
    for relation in document.get("relationships", []):
        if relation["relationshipType"] not in RELATIONSHIPS:
            yield "11.1: type " + relation["relationshipType"]
        if relation["spdxElementId"] not in known:
            yield "11.1: from nothing: " + relation["spdxElementId"]
        if relation["relatedSpdxElement"] not in known | {"NONE", "NOASSERTION"}:
            yield "11.1: to nothing: " + relation["relatedSpdxElement"]
    for holder in [document, *document.get("packages", [])]:
        for annotation in holder.get("annotations", []):
            if set(annotation) != {"annotationDate", "annotationType", "annotator", "comment"}:
                yield "12: annotation"


def main():
    bad = 0
    for name in sys.argv[1:]:
        for problem in problems(json.loads(pathlib.Path(name).read_text())):
            print(f"{name}: {problem}", file=sys.stderr)
            bad += 1
    sys.exit(1 if bad else 0)


main()
