# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes merkle.json: proofs in Merkle trees (RFC 6962) that hold, and every way to spoil one, on standard output.

The families are those of the public suites (transparency-dev/merkle): a leaf at each kind of place of trees of several
sizes, each proof whole, then with another index, size, leaf or root, cut, lengthened at either end, with a bit changed
in each hash, and in the forms that only a loose reader takes. Trees and proofs are made here from the definition in the
RFC, without code of albs.

A case: kind, name, numbers (decimal strings: index and size; old and new size), hashes (leaf and root; old and new
root), proof, and whether it holds. Hashes are numbers of the list of hashes, in hex; some are deliberately not 32 bytes
long.
"""
import hashlib
import json


def sha(data):
    return hashlib.sha256(data).digest()


# Leaves of several lengths, as the Certificate Transparency project has always used them: bytes that count up.
LEAVES = [bytes((first + at) % 256 for at in range(length)) for first, length in
          ((0, 0), (0, 1), (16, 1), (32, 2), (48, 2), (64, 4), (80, 8), (96, 16), (112, 0), (7, 31), (8, 32), (9, 33),
           (1, 64))]
EMPTY = sha(b"")
OTHER = sha(b"another hash")


def leaf(at):
    return sha(b"\0" + LEAVES[at])


def split(count):
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def root(low, high):
    if low == high:
        return EMPTY
    if high - low == 1:
        return leaf(low)
    middle = low + split(high - low)
    return sha(b"\1" + root(low, middle) + root(middle, high))


def path(index, low, high):
    if high - low == 1:
        return []
    middle = low + split(high - low)
    if index < middle:
        return path(index, low, middle) + [root(middle, high)]
    return path(index, middle, high) + [root(low, middle)]


def subproof(start, end, low, high, known):
    """From leaves [start, end) to the tree [low, high); known: the verifier has the hash that it leads to."""
    if (start, end) == (low, high):
        return [] if known else [root(low, high)]
    middle = low + split(high - low)
    if end <= middle:
        return subproof(start, end, low, middle, known) + [root(middle, high)]
    if middle <= start:
        return subproof(start, end, middle, high, known) + [root(low, middle)]
    return subproof(middle, end, middle, high, False) + [root(low, middle)]


class Cases:
    def __init__(self):
        self.hashes = {}
        self.cases = []

    def number(self, value):
        return self.hashes.setdefault(value.hex(), len(self.hashes))

    def add(self, kind, name, numbers, hashes, proof, holds=False):
        self.cases.append({"kind": kind, "name": name, "numbers": [str(one) for one in numbers],
                           "hashes": [self.number(one) for one in hashes],
                           "proof": [self.number(one) for one in proof], "holds": holds})

    def text(self):
        lines = ",\n".join(json.dumps(case) for case in self.cases)
        return '{"hashes": %s,\n"cases": [\n%s\n]}\n' % (json.dumps(list(self.hashes)), lines)


def flip(value, bit):
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def spoiled_proofs(proof, first, second):
    """Name and proof; first and second are the hashes that the verifier has."""
    yield "trailing garbage", proof + [b""]
    yield "trailing zeros", proof + [bytes(32)]
    yield "trailing first hash", proof + [first]
    yield "trailing second hash", proof + [second]
    yield "preceding garbage", [b""] + proof
    yield "preceding zeros", [bytes(32)] + proof
    yield "preceding first hash", [first] + proof
    yield "preceding second hash", [second] + proof
    if proof:
        yield "no proof", []
        yield "without its last hash", proof[:-1]
        yield "without its first hash", proof[1:]
        yield "first hash twice", proof[:1] + proof
        yield "last hash twice", proof + proof[-1:]
        yield "a short hash", proof[:-1] + [proof[-1][:31]]
        yield "a long hash", proof[:-1] + [proof[-1] + b"\0"]
    if len(set(proof)) > 1:
        yield "backwards", proof[::-1]
        yield "a hash inserted", proof[:1] + [OTHER] + proof[1:]
    for at, value in enumerate(proof):
        for bit in (3, 4, 255):
            yield "hash %d with bit %d changed" % (at, bit), proof[:at] + [flip(value, bit)] + proof[at + 1:]


def spoiled_hashes(first, second):
    yield "another first hash", [OTHER, second]
    yield "another second hash", [first, OTHER]
    yield "no first hash", [b"", second]
    yield "no second hash", [first, b""]
    yield "no hashes", [b"", b""]
    yield "first hash of nothing", [EMPTY, second]
    yield "second hash of nothing", [first, EMPTY]
    if first != second:
        yield "hashes swapped", [second, first]
        yield "first hash for both", [first, first]
        yield "second hash for both", [second, second]


def spoiled_numbers(numbers):
    for at, value in enumerate(numbers):
        for name, other in (("plus one", value + 1), ("minus one", value - 1), ("with bit 1 changed", value ^ 2),
                            ("doubled", value * 2), ("halved", value // 2), ("zero", 0),
                            ("as large as can be", 2**63 - 1), ("larger than can be", 2**64 - 1)):
            changed = numbers[:at] + [other] + numbers[at + 1:]
            if changed != numbers:
                yield "number %d %s" % (at, name), changed


def sides(index, low, high):
    """On which side of the path each hash of an inclusion proof stands."""
    if high - low == 1:
        return []
    middle = low + split(high - low)
    if index < middle:
        return sides(index, low, middle) + ["right"]
    return sides(index, middle, high) + ["left"]


def moves(start, end, low, high, known):
    """The same of a consistency proof, with what is inside the old tree."""
    if (start, end) == (low, high):
        return [] if known else ["start"]
    middle = low + split(high - low)
    if end <= middle:
        return moves(start, end, low, middle, known) + ["right"]
    if middle <= start:
        return moves(start, end, middle, high, known) + ["left"]
    return moves(middle, end, middle, high, False) + ["left, inside"]


def shape(kind, numbers):
    """What a verifier is to do with the hashes of a proof; None: there can be no proof. A proof does not fix the size
    of its tree (the signature does), so one that asks for the same steps in a tree of another size holds there too."""
    if max(numbers) >= 2**63:
        return None
    if kind == "inclusion":
        index, size = numbers
        return sides(index, 0, size) if 0 <= index < size else None
    old, new = numbers
    return moves(0, old, 0, new, True) if 0 < old <= new else None


def family(cases, kind, numbers, hashes, proof):
    """The case that holds, and its spoiled ones."""
    where = "%s: " % (numbers,)
    cases.add(kind, where + "as it is", numbers, hashes, proof, True)
    for name, changed in spoiled_numbers(numbers):
        cases.add(kind, where + name, changed, hashes, proof, shape(kind, changed) == shape(kind, numbers))
    for name, changed in spoiled_hashes(*hashes):
        cases.add(kind, where + name, numbers, changed, proof)
    for name, changed in spoiled_proofs(proof, *hashes):
        cases.add(kind, where + name, numbers, hashes, changed)


def edge_cases(cases):
    add = cases.add
    add("inclusion", "no leaf in an empty tree", [0, 0], [EMPTY, EMPTY], [])
    add("inclusion", "an only leaf is its root", [0, 1], [OTHER, OTHER], [], True)
    for old, new in ((0, 0), (0, 1), (0, 8)):
        add("consistency", "no proof starts at nothing: %d" % new, [old, new], [EMPTY, root(0, new)], [])
        add("consistency", "nor with a hash: %d" % new, [old, new], [EMPTY, root(0, new)], [EMPTY])
    add("consistency", "nothing, with two roots", [0, 0], [EMPTY, OTHER], [])
    add("consistency", "one root for any size", [1, 1], [OTHER, OTHER], [], True)
    add("consistency", "two roots for one size", [8, 8], [root(0, 8), OTHER], [])
    add("consistency", "two sizes, one root, no proof", [1, 2], [OTHER, OTHER], [])
    add("consistency", "a log that shrank", [2, 1], [root(0, 2), root(0, 1)], [])
    add("consistency", "a log that shrank to nothing", [1, 0], [root(0, 1), EMPTY], [])


def main():
    cases = Cases()
    for index, size in ((0, 1), (0, 2), (1, 2), (0, 8), (5, 8), (7, 8), (2, 3), (1, 5), (4, 5), (6, 7), (12, 13)):
        family(cases, "inclusion", [index, size], [leaf(index), root(0, size)], path(index, 0, size))
    for old, new in ((1, 1), (1, 8), (2, 3), (6, 8), (2, 5), (6, 7), (4, 8), (7, 13), (8, 13)):
        family(cases, "consistency", [old, new], [root(0, old), root(0, new)], subproof(0, old, 0, new, True))
    edge_cases(cases)
    print(cases.text(), end="")


main()
