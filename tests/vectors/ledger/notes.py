# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes notes.json: verifier keys, signed notes, cosignatures, checkpoints and proofs that are good, and the malformed
ones, on standard output.

The families are those of the public suites (golang.org/x/mod/sumdb/note, transparency-dev/formats) and what the C2SP
specifications (signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof) forbid. Signatures are made here, with the
Ed25519 of RFC 8032 in plain Python, by nothing that albs has.

Every case has a name, a text in base64 (some are not UTF-8), and whether it is good; notes and cosignatures also the
verifier key that they are checked with, cosignatures their time, checkpoints what they say.
"""
import base64
import hashlib
import json

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
DASH = "\u2014 "


def recover_x(y):
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P)
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * pow(2, (P - 1) // 4, P) % P
    return x if x % 2 == 0 else P - x


def extended(x, y):
    return x, y, 1, x * y % P


BASE = extended(recover_x(4 * pow(5, P - 2, P) % P), 4 * pow(5, P - 2, P) % P)


def add(one, two):
    """RFC 8032, section 5.1.4."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def encode(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def number(data):
    return int.from_bytes(hashlib.sha512(data).digest(), "little")


class Key:
    """A key of a note; kind 1 signs as a log does, kind 4 as a witness does."""

    def __init__(self, name, seed, kind=1):
        self.name, self.kind = name, kind
        digest = hashlib.sha512(bytes([seed]) * 32).digest()
        self.secret = int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254
        self.prefix = digest[32:]
        self.public = encode(multiply(self.secret, BASE))

    def typed(self):
        return bytes([self.kind]) + self.public

    def id(self):
        return hashlib.sha256(self.name.encode() + b"\n" + self.typed()).digest()[:4]

    def vkey(self):
        return "%s+%s+%s" % (self.name, self.id().hex(), b64(self.typed()))

    def sign(self, message):
        r = number(self.prefix + message) % ORDER
        point = encode(multiply(r, BASE))
        s = (r + number(point + self.public + message) * self.secret) % ORDER
        return point + s.to_bytes(32, "little")

    def line(self, text):
        return "%s%s %s\n" % (DASH, self.name, b64(self.id() + self.sign(text.encode())))

    def cosigned(self, text, time):
        signature = self.sign(b"cosignature/v1\ntime %d\n" % time + text.encode())
        return "%s%s %s\n" % (DASH, self.name, b64(self.id() + time.to_bytes(8, "big") + signature))


def b64(data):
    return base64.b64encode(data).decode()


def case(name, text, good, **more):
    return dict(name=name, text=b64(text if isinstance(text, bytes) else text.encode()), good=good, **more)


LOG = Key("log.example.org", 1)
OTHER = Key("other.example.org", 2)
WITNESS = Key("witness.example.org", 3, 4)
ROOT = hashlib.sha256(b"root").digest()
SPACES = [0x9, 0xA, 0xB, 0xC, 0xD, 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]


def verifier_keys():
    good = LOG.vkey()
    yield case("as it is", good, True)
    yield case("of a witness", WITNESS.vkey(), True)
    yield case("not only ASCII", Key("Zo\u00eb.example/log", 5).vkey(), True)
    for at in range(len(good)):
        changed = good[:at] + chr(ord(good[at]) + 1) + good[at + 1:]
        yield case("character %d raised" % at, changed, False)
        yield case("without character %d" % at, good[:at] + good[at + 1:], False)
        yield case("up to character %d" % at, good[:at], False)
        if at:
            yield case("from character %d" % at, good[at:], False)
    for name, tail in (("newline", "\n"), ("space", " "), ("equals sign", "="), ("field", "+AAAA")):
        yield case("with another " + name, good + tail, False)
    yield case("id in capitals", good.replace(LOG.id().hex(), LOG.id().hex().upper()), False)
    for name, typed in (("33 bytes", LOG.typed() + b"\0"), ("31 bytes", LOG.typed()[:-1]), ("no bytes", b"\1"), ("nothing", b""),
                        ("type 0", b"\0" + LOG.public), ("type 2", b"\2" + LOG.public), ("type 255", b"\xff" + LOG.public)):
        key_id = hashlib.sha256(LOG.name.encode() + b"\n" + typed).hexdigest()[:8]
        yield case("a key of %s with an id that fits" % name, "%s+%s+%s" % (LOG.name, key_id, b64(typed)), False)
    for point in SPACES:
        yield case("U+%04X in the name" % point, Key("a%cb" % point, 1).vkey(), False)
    yield case("no name", Key("", 1).vkey(), False)
    yield case("a plus sign in the name", Key("a+b", 1).vkey(), False)


def good_notes(text, line):
    yield "one signature", text + "\n" + line
    yield "a stranger's too", text + "\n" + line + OTHER.line(text)
    yield "a stranger's first", text + "\n" + OTHER.line(text) + line
    yield "a stranger's that is false", text + "\n" + OTHER.line("other\n") + line
    yield "a stranger's of few bytes", text + "\n" + DASH + "x AAAAAAA=\n" + line
    yield "twice", text + "\n" + line + line
    yield "a hundred times", text + "\n" + line * 100
    yield "its name, another id", text + "\n" + line + line.replace(" " + b64(LOG.id())[:4], " AAAA")
    yield "its id, another name", text + "\n" + line + line.replace(LOG.name, "alias.example.org")
    for name, inner in (("empty lines in the text", "a\n\nb\n\n\nc\n"), ("a signature line in the text", "a\n\n" + line + "b\n"),
                        ("an only newline", "\n"), ("characters of four bytes", "\U0001f511\n")):
        yield name, inner + "\n" + LOG.line(inner)


def bad_notes(text, line):
    whole = text + "\n" + line
    yield "nothing", ""
    yield "no signatures", text
    yield "no signatures after the empty line", text + "\n"
    yield "only a stranger's", text + "\n" + OTHER.line(text)
    yield "no newline at the end", whole[:-1]
    yield "an empty line at the end", whole + "\n"
    yield "a line that is no signature", whole + "more\n"
    yield "a line that is no signature first", text + "\nmore\n" + line
    yield "no empty line", text + line
    yield "a hundred and one signatures", text + "\n" + line * 101
    yield "a true and a false one", whole + LOG.line("other\n")
    yield "a false and a true one", text + "\n" + LOG.line("other\n") + line
    yield "of another text", "other\n\n" + line
    yield "of the text without its newline", text + "\n" + LOG.line(text[:-1])
    yield "of the text with the empty line", text + "\n" + LOG.line(text + "\n")
    yield "carriage returns", whole.replace("\n", "\r\n")
    for name, dash in (("a hyphen", "- "), ("an en dash", "\u2013 "), ("no dash", ""), ("no space", "\u2014"), ("two spaces", DASH + " ")):
        yield name + " before the name", whole.replace(DASH, dash)
    for point in range(0x20):
        if point != 0xA:
            yield "control character %d in the text" % point, "a%cb\n\n" % point + LOG.line("a%cb\n" % point)
    for point in SPACES:
        if point != 0xA:
            yield "U+%04X in a name" % point, whole + line.replace(LOG.name, "a%cb" % point)
    yield "no name", whole + line.replace(LOG.name + " ", "")
    yield "a plus sign in a name", whole + line.replace(LOG.name, "a+b")
    yield "no signature after the name", whole + DASH + "name\n"
    yield "an empty signature", whole + DASH + "name \n"
    yield "an id and no more", whole + DASH + "name AAAAAA==\n"
    yield "three bytes", whole + DASH + "name AAAA\n"
    yield "no base64", whole + DASH + "name AAAA*AAA\n"
    yield "base64 for URLs", whole + DASH + "name AAAA-___\n"
    yield "base64 without its padding", text + "\n" + line.replace("=\n", "\n")
    yield "a space at the end", whole[:-1] + " \n"


def notes():
    text = "Trees grow.\nNobody cuts them.\n"
    line = LOG.line(text)
    vkey = LOG.vkey()
    for name, note in good_notes(text, line):
        yield case(name, note, True, vkey=vkey)
    for name, note in bad_notes(text, line):
        yield case(name, note, False, vkey=vkey)
    whole = (text + "\n" + line).encode()
    for name, junk in (("a lone byte", b"\xff"), ("an overlong slash", b"\xc0\xaf"), ("half a character", b"\xe2\x80"), ("a surrogate", b"\xed\xa0\x80")):
        yield case("not UTF-8: " + name, junk + whole, False, vkey=vkey)
    signature = line.split(" ")[2].strip()
    loose = signature[:-2] + chr(ord(signature[-2]) + 1) + "=\n"
    yield case("bits after the end of the base64", text + "\n" + line.replace(signature + "\n", loose), False, vkey=vkey)
    blob = base64.b64decode(signature)
    for at in range(4, len(blob), 5):
        changed = blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1:]
        yield case("byte %d of the signature changed" % at, text + "\n" + line.replace(signature, b64(changed)), False, vkey=vkey)
    for size in (5, 67, 69):
        changed = (blob + b"\0")[:size]
        yield case("a signature of %d bytes" % (size - 4), text + "\n" + line.replace(signature, b64(changed)), False, vkey=vkey)
    raised = blob[:36] + (int.from_bytes(blob[36:], "little") + ORDER).to_bytes(32, "little")
    yield case("a signature's other form", text + "\n" + line.replace(signature, b64(raised)), False, vkey=vkey)


def checkpoint_text(origin="log.example.org", size="5", root=None, rest=""):
    return "%s\n%s\n%s\n%s" % (origin, size, b64(ROOT) if root is None else root, rest)


def cosignatures():
    text = checkpoint_text()
    vkey = WITNESS.vkey()
    both = text + "\n" + LOG.line(text)
    early, late = WITNESS.cosigned(text, 1700000000), WITNESS.cosigned(text, 1800000000)
    yield case("one", both + early, True, vkey=vkey, time="1700000000")
    yield case("the latest of two", both + late + early, True, vkey=vkey, time="1800000000")
    yield case("at the beginning of time", both + WITNESS.cosigned(text, 0), True, vkey=vkey, time="0")
    yield case("at its end", both + WITNESS.cosigned(text, 2**63 - 1), True, vkey=vkey, time=str(2**63 - 1))
    yield case("after its end", both + WITNESS.cosigned(text, 2**63), False, vkey=vkey)
    yield case("none", both, False, vkey=vkey)
    yield case("a true and a false one", both + early + WITNESS.cosigned("other\n", 1), False, vkey=vkey)
    yield case("signed as a log does", both + WITNESS.line(text), False, vkey=vkey)
    blob = base64.b64decode(early.split(" ")[2])
    for at in (4, 11, 12, 75):
        changed = blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1:]
        yield case("byte %d changed" % at, both + "%s%s %s\n" % (DASH, WITNESS.name, b64(changed)), False, vkey=vkey)
    yield case("a byte too many", both + "%s%s %s\n" % (DASH, WITNESS.name, b64(blob + b"\0")), False, vkey=vkey)
    yield case("a byte too few", both + "%s%s %s\n" % (DASH, WITNESS.name, b64(blob[:-1])), False, vkey=vkey)


def checkpoints():
    says = {"origin": "log.example.org", "size": "5", "root": ROOT.hex()}
    yield case("as it is", checkpoint_text(), True, **says)
    for name, rest in (("an extension line", "more\n"), ("several", "more\nand more\n")):
        yield case(name, checkpoint_text(rest=rest), True, **says)
    yield case("a URL without its scheme", checkpoint_text("example.org/log/1"), True, **dict(says, origin="example.org/log/1"))
    empty = hashlib.sha256(b"").digest()
    yield case("an empty tree", checkpoint_text(size="0", root=b64(empty)), True, **dict(says, size="0", root=empty.hex()))
    yield case("the largest", checkpoint_text(size=str(2**63 - 1)), True, **dict(says, size=str(2**63 - 1)))
    for size in ("", "05", "00", "-5", "+5", "5 ", " 5", "5.0", "5e0", "0x5", "five", "\u0665", str(2**63), str(2**64), "3" * 40):
        yield case("a size of '%s'" % size, checkpoint_text(size=size), False)
    root = b64(ROOT)
    for name, bad in (("nothing", ""), ("31 bytes", b64(ROOT[:-1])), ("33 bytes", b64(ROOT + b"\0")), ("hex", ROOT.hex()),
                      ("base64 for URLs", base64.urlsafe_b64encode(b"\xff" * 32).decode()), ("base64 without its padding", root[:-1]),
                      ("base64 with a space", root[:8] + " " + root[8:]), ("loose base64", root[:-2] + chr(ord(root[-2]) + 1) + "=")):
        yield case("a root of " + name, checkpoint_text(root=bad), False)
    for name, bad in (("no origin", checkpoint_text("")), ("nothing", ""), ("one line", "log.example.org\n"),
                      ("two lines", "log.example.org\n5\n"), ("no newline at the end", checkpoint_text()[:-1]),
                      ("a size and no entries' root", checkpoint_text(size="0")), ("an empty extension line", checkpoint_text(rest="\n")),
                      ("an extension without its newline", checkpoint_text(rest="more")),
                      ("carriage returns", checkpoint_text().replace("\n", "\r\n"))):
        yield case(name, bad, False)


def proofs():
    text = checkpoint_text()
    note = text + "\n" + LOG.line(text)
    head = "c2sp.org/tlog-proof@v1\n"
    line = b64(ROOT) + "\n"
    yield case("as it is", head + "index 4\n" + line * 3 + "\n" + note, True)
    yield case("no hashes", head + "index 0\n\n" + note, True)
    yield case("sixty-three hashes", head + "index 4\n" + line * 63 + "\n" + note, True)
    yield case("an extra", head + "extra aGk=\nindex 4\n" + line + "\n" + note, True)
    for name, bad in (("nothing", ""), ("no head", "index 4\n\n" + note), ("version 2", head.replace("v1", "v2") + "index 4\n\n" + note),
                      ("sixty-four hashes", head + "index 4\n" + line * 64 + "\n" + note), ("no index", head + line + "\n" + note),
                      ("two indexes", head + "index 4\nindex 4\n\n" + note), ("an index below zero", head + "index -4\n\n" + note),
                      ("an index with a zero before it", head + "index 04\n\n" + note), ("an empty index", head + "index \n\n" + note),
                      ("an index too large", head + "index %d\n\n" % 2**63 + note), ("no checkpoint", head + "index 4\n" + line + "\n"),
                      ("no empty line", head + "index 4\n" + line), ("the extra second", head + "index 4\nextra aGk=\n" + line + "\n" + note),
                      ("two extras", head + "extra aGk=\nextra aGk=\nindex 4\n\n" + note), ("an extra in no base64", head + "extra *\nindex 4\n\n" + note),
                      ("a hash of 31 bytes", head + "index 4\n" + b64(ROOT[:-1]) + "\n\n" + note),
                      ("a hash in hex", head + "index 4\n" + ROOT.hex() + "\n\n" + note),
                      ("a space after a hash", head + "index 4\n" + line[:-1] + " \n\n" + note),
                      ("carriage returns", (head + "index 4\n" + line + "\n").replace("\n", "\r\n") + note)):
        yield case(name, bad, False)


def main():
    made = {"vkeys": verifier_keys(), "notes": notes(), "cosignatures": cosignatures(), "checkpoints": checkpoints(), "proofs": proofs()}
    print("{%s}" % ",\n".join('"%s": [\n%s\n]' % (kind, ",\n".join(json.dumps(one) for one in cases)) for kind, cases in made.items()))


main()
