# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tiles.json: paths of tiles and bundles, and which of them a log of some size has, on standard output.

The families are those of the public suites (golang.org/x/mod/sumdb/tlog, tessera's layout) and of C2SP tlog-tiles. A
path: text, whether it is good, and then kind (a level, or "entries"), number and width. A size: the last tile of each
level and the last bundle, as a log of that many entries has them. A place: the bundle of one entry.
"""
import json


def grouped(number):
    digits = str(number)
    digits = "0" * (-len(digits) % 3) + digits
    groups = [digits[at:at + 3] for at in range(0, len(digits), 3)]
    return "/".join(["x" + group for group in groups[:-1]] + groups[-1:])


def path(kind, number, width=256):
    return "tile/%s/%s" % (kind, grouped(number)) + ("" if width == 256 else ".p/%d" % width)


def good_paths():
    for kind in ("entries", "0", "1", "7", "15", "63"):
        for number in (0, 1, 9, 10, 99, 255, 999, 1000, 1001, 1234067, 999999, 1000000, 123456789, 10**15 + 1):
            for width in (256, 1, 9, 10, 255):
                yield {"text": path(kind, number, width), "good": True, "kind": kind, "number": str(number),
                       "width": width}


def bad_paths():
    texts = ["", "/", "tile", "tile/", "tile/0", "tile/0/", "tile//000", "/tile/0/000", "tile/0/000/", "tile/0//000",
             "Tile/0/000", "tiles/0/000", "checkpoint", "tile/data/000", "tile/8/0/000", "tile/entry/000",
             "tile/entries/", "tile/entries", "tile/64/000", "tile/100/000", "tile/-1/000", "tile/+1/000",
             "tile/00/000", "tile/01/000", "tile/abc/000", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/-01",
             "tile/0/+01", "tile/0/abc", "tile/0/x00", "tile/0/x000", "tile/0/x001", "tile/0/x001/",
             "tile/0/x001/x234", "tile/0/x001/x234/", "tile/0/001/002", "tile/0/x000/001", "tile/0/x001/0002",
             "tile/0/x1/001", "tile/0/x0001/001", "tile/0/X001/001", "tile/0/x001/-02", "tile/0/x000/x001/001",
             "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/00", "tile/0/000.p/01",
             "tile/0/000.p/-1", "tile/0/000.p/256", "tile/0/000.p/257", "tile/0/000.p/1000", "tile/0/000.p/abc",
             "tile/0/000.p/1/", "tile/0/000.p/1.p/1", "tile/0/000.P/1", "tile/0/000.q/1", "tile/0/x001.p/1",
             "tile/0/.p/1", "tile/0/000 ", " tile/0/000", "tile/0/000\n", "tile/0/000\0", "tile/0/../000",
             "tile/./0/000", "tile\\0\\000", "tile/0/0\u0660\u0661", "tile/0/" + "x999/" * 7 + "999",
             "tile/0/" + "x001/" * 40 + "001"]
    for text in texts:
        yield {"text": text, "good": False}


def last(kind, count):
    """The last tile or bundle of so many hashes or entries."""
    return path(kind, count // 256, count % 256) if count % 256 else path(kind, count // 256 - 1)


def sizes():
    for size in (1, 2, 255, 256, 257, 300, 511, 512, 513, 65535, 65536, 65537, 65792, 70000, 2**24 - 1, 2**24,
                 2**24 + 1, 2**32 - 1,
                 2**40 + 256, 2**56 + 5, 2**63 - 1):
        tiles, level = [], 0
        while size >> 8 * level:
            tiles.append(last(level, size >> 8 * level))
            level += 1
        yield {"size": str(size), "tiles": tiles, "bundle": last("entries", size)}


def places():
    for size in (1, 2, 255, 256, 257, 512, 600, 65537, 123456790 * 256, 2**63 - 1):
        for index in sorted({0, 1, 250, 254, 255, 256, 257, 511, 512, 599, size // 2, size - 2, size - 1,
                             123456789 * 256}):
            if 0 <= index < size:
                number = index // 256
                yield {"size": str(size), "index": str(index),
                       "path": path("entries", number, min(size - number * 256, 256))}


def main():
    made = {"paths": [*good_paths(), *bad_paths()], "sizes": sizes(), "places": places()}
    print("{%s}" % ",\n".join('"%s": [\n%s\n]' % (kind, ",\n".join(json.dumps(one) for one in cases)) for kind,
                              cases in made.items()))


main()
