# SPDX-License-Identifier: GPL-3.0-or-later
# A reader who reads while the tree is switched, again and again, sees one tree or the other: metadata whose signature
# holds when read through one open directory, and never a metadata file that is missing.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"

make_signer
signed_package hello 1.0 old.json
expect_from 0 old.json albs-release --to repo --key "$key"
cat >reader.py <<'END'
import hashlib, os, re, sys, time
seen, reads = set(), 0
until = time.time() + 60
while not os.path.exists("stop") and time.time() < until:
    # One open directory: everything below belongs together.
    fd = os.open("repo", os.O_RDONLY | os.O_DIRECTORY)
    read = lambda path: open(os.open(path, os.O_RDONLY, dir_fd=fd), "rb").read()
    base = sys.argv[1] + "/os/"
    repomd = read(base + "repodata/repomd.xml")
    history = read("release.json").decode()
    assert hashlib.sha256(repomd).hexdigest() in history, "repomd.xml of another generation"
    for digest, href in re.findall(r'<checksum type="sha256">(\w+)<.*?<location href="([^"]+)"', repomd.decode(), re.S):
        assert hashlib.sha256(read(base + href)).hexdigest() == digest, href
        # By path, as a slow client: the file that an older repomd.xml names is still there (after a revert it cannot
        # be).
        if not os.path.exists("reverting"):
            try:
                open("repo/" + base + href, "rb").close()
            except FileNotFoundError:
                assert os.path.exists("reverting"), href
    os.close(fd)
    seen.add(repomd)
    reads += 1
print(len(seen), reads)
END
python3 reader.py "$arch" >read 2>read.err &
reader=$!
for version in 1 2 3; do
    cat >advisory.json <<END
{"schema": "albs.advisory/1", "id": "TEST-2026:1", "type": "bugfix", "title": "t", "description": "d $version",
 "issued": "2026-02-0${version}T00:00:00Z", "references": [], "packages": ["hello"]}
END
    expect 0 albs-release errata --to repo --key "$key" advisory.json
done
touch reverting
expect 0 albs-release revert repo
touch stop
wait $reader || fail "the reader saw a mix: $(cat read.err)"
read -r trees reads <read
[ "$trees" -ge 2 ] || fail "the reader saw $trees trees in $reads reads: the test proves nothing"
