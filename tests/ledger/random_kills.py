#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills writers of a ledger at random, and sees that nothing is lost, contradicted or hidden.

usage: random_kills.py KILLS SEED FAULT_LIBRARY [KIND=WEIGHT]...

Runs in an empty directory with albs-notarize on PATH. Appends, marks, changes of keys, renewals of proofs and
recoveries from a mirror are killed: at a system call that changes files (FAULT_LIBRARY), or after some time. At times
other appends run beside them, which are not killed. Meanwhile a reader with a memory of its own looks at the log again
and again. What a command has confirmed is
lost          when its proof does not hold, or the log does not have it any more;
contradicted  when anybody gets status 4;
hidden        when a file that was revoked is called anything else.
KIND: append, mark, prove, rotate-key, recover; WEIGHT: how often, to the others. Prints the counts, and exits with 1
unless they are 0.
"""
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import threading

kills_wanted, seed, library = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
weights = {"append": 50, "mark": 20, "prove": 15, "rotate-key": 5, "recover": 10}
weights.update((kind, int(weight)) for kind, weight in (word.split("=") for word in sys.argv[4:]))
chance = random.Random(seed)
LEDGER = "ledger"
lost, contradicted, hidden = [], [], []
recorded = []     # names of files that a command has confirmed
revoked = set()   # of them
maybe = set()     # of them: a mark of it was killed
state_lock = threading.Lock()
done = {}         # operations by name: killed, completed


def run(*arguments, kill=None, memory="writer", **more):
    """The finished process; kill: a number of a call, or seconds, or None."""
    environment = dict(os.environ, ALBS_REMEMBER=memory, ALBS_WORKSPACE="workspace")
    if isinstance(kill, int):
        environment.update(LD_PRELOAD=library, ALBS_FAULT="%d:kill" % kill)
    process = subprocess.Popen(["albs-notarize", "-q", *arguments], env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
    try:
        process.stdout_text, process.stderr_text = process.communicate(timeout=kill if isinstance(kill, float) else 120)
    except subprocess.TimeoutExpired:
        process.kill()
        process.stdout_text, process.stderr_text = process.communicate()
    if process.returncode == 4:
        contradicted.append("%s: %s" % (" ".join(arguments), process.stderr_text))
    return process


def sha256(name):
    with open(name, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def write_keys(path):
    """All keys that the log ever had; a reader who trusts them has no quarrel with a change of keys."""
    with open(LEDGER + "/log.json") as file:
        keys = json.load(file)["vkeys"]
    with open(path + ".tmp", "w") as file:
        file.write("".join(key + "\n" for key in keys))
    os.rename(path + ".tmp", path)


def look(memory, keys, own):
    """One look of a reader: the revoked are revoked, the others are verified."""
    with state_lock:
        sample = own.sample(recorded, min(8, len(recorded)))
        withdrawn = own.sample(sorted(revoked), min(4, len(revoked)))
    if not sample:
        return
    for attempt in range(2):  # the keys may change between the two reads
        write_keys(keys)
        before = len(contradicted)
        seen = run("verify", "--log-key", keys, "--ledger", LEDGER, *set(sample + withdrawn), memory=memory)
        if seen.returncode in (0, 1) or attempt == 1:
            break
        del contradicted[before:]
    lines = seen.stdout_text.splitlines()
    if seen.returncode not in (0, 1):
        lost.append("a reader got status %d: %s" % (seen.returncode, seen.stderr_text))
        return
    hidden.extend(name for name in withdrawn if "revoked " + name not in lines)
    with state_lock:
        may_be_revoked = revoked | maybe
    lost.extend(name for name in sample if "verified " + name not in lines and name not in may_be_revoked)


class Reader(threading.Thread):
    def __init__(self):
        super().__init__()
        self.over = threading.Event()
        self.looks = 0

    def run(self):
        own = random.Random(seed + 1)
        while not self.over.is_set():
            look("reader", "reader.vkey", own)
            self.looks += 1


def append(kill, names):
    process = run("files", "--ledger", LEDGER, "-o", names[0] + ".json", *names, kill=kill)
    if process.returncode == 0:
        with state_lock:
            recorded.extend(names)
    return process


class Companion(threading.Thread):
    """An append at the same time that nobody kills. It waits for the lock, and its statement may come into the log with
    the commit of the one that is killed."""
    def __init__(self):
        super().__init__()
        self.names = new_files(1)

    def run(self):
        process = append(None, self.names)
        if process.returncode != 0:
            lost.append("a companion: status %d: %s" % (process.returncode, process.stderr_text))


def new_files(count):
    names = []
    for _ in range(count):
        names.append("f%d" % new_files.next)
        new_files.next += 1
        with open(names[-1], "w") as file:
            file.write("%d %d" % (seed, new_files.next))
    return names


new_files.next = 0


def mark(kill, name):
    with state_lock:
        maybe.add(name)
    process = run("mark", "--ledger", LEDGER, "--reason", "a test", sha256(name), kill=kill)
    if process.returncode == 0:
        with state_lock:
            revoked.add(name)
    return process


def prove(kill, name):
    write_keys("prove.vkey")
    manifest = name + ".json"
    process = run("prove", "--ledger", LEDGER, "--log-key", "prove.vkey", "-o", manifest, manifest, kill=kill)
    json.load(open(name + ".json"))  # the old one or the new one
    return process


def rotate(kill):
    return run("rotate-key", "--ledger", LEDGER, kill=kill)


def recover(kill):
    """Of a copy of the public files, when no commit is under way."""
    for place in ("mirror", "again"):
        shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(LEDGER, "mirror", ignore=shutil.ignore_patterns(".state", "*.tmp"))
    keys = ["--key", LEDGER + "/.state/log.key", "--statement-key", LEDGER + "/.state/statement.key"]
    process = run("init", "--from", "mirror", "--ledger", "again", *keys, kill=kill)
    if os.path.exists("again"):
        write_keys("again.vkey")
        audit = run("audit", "--log-key", "again.vkey", "again")
        if audit.returncode != 0:
            lost.append("a ledger that was made again: " + audit.stderr_text)
    return process


def settle():
    """A command that is not killed finishes what was interrupted."""
    process = append(None, new_files(1))
    if process.returncode != 0:
        lost.append("a command that was not killed: %d %s" % (process.returncode, process.stderr_text))


def operation():
    kind = chance.choices(list(weights), list(weights.values()))[0]
    if kind in ("mark", "prove"):
        proved = [name for name in recorded if os.path.exists(name + ".json")]
        name = chance.choice(proved if kind == "prove" else recorded)
    if kind == "append":
        names = new_files(chance.choice([1, 1, 1, 3, 40]))
        return kind, lambda kill: append(kill, names)
    if kind == "mark":
        return kind, lambda kill: mark(kill, name)
    if kind == "prove":
        return kind, lambda kill: prove(kill, name)
    if kind == "rotate-key":
        return kind, rotate
    settle()
    return kind, recover


# Calls that change files in one run of each.
calls = {"append": 90, "mark": 90, "prove": 25, "rotate-key": 110, "recover": 75}


def main():
    init = run("init", "--origin", "log.example.org", "--ledger", LEDGER)
    if init.returncode != 0:
        sys.exit(init.stderr_text)
    settle()
    reader = Reader()
    reader.start()
    killed = 0
    try:
        while killed < kills_wanted and not (lost or contradicted or hidden):
            kind, perform = operation()
            kill = chance.randint(1, calls[kind]) if chance.random() < 0.7 else chance.uniform(0.005, 0.3)
            companions = [Companion() for _ in range(chance.choice([0, 0, 1, 3]) if kind != "recover" else 0)]
            for companion in companions:
                companion.start()
            process = perform(kill)
            for companion in companions:
                companion.join()
            was_killed = process.returncode == -9
            killed += was_killed
            counts = done.setdefault(kind, [0, 0])
            counts[not was_killed] += 1
            if process.returncode not in (0, -9):
                lost.append("%s: status %d: %s" % (kind, process.returncode, process.stderr_text))
            # At times at once again, as people do; at times the next operation, whatever it is, recovers.
            if was_killed and chance.random() < 0.5 and perform(None).returncode != 0:
                lost.append("the re-run of %s" % kind)
    finally:
        reader.over.set()
        reader.join()
    settle()
    write_keys("all.vkey")
    audit = run("audit", "--log-key", "all.vkey", LEDGER)
    if audit.returncode != 0:
        lost.append("audit: status %d %s" % (audit.returncode, audit.stderr_text))
    for first in range(0, len(recorded), 500):
        names = recorded[first:first + 500]
        lines = run("verify", "--log-key", "all.vkey", "--ledger", LEDGER, *names).stdout_text.splitlines()
        hidden.extend(name for name in names if name in revoked and "revoked " + name not in lines)
        lost.extend(name for name in names if name not in maybe and "verified " + name not in lines)
    # Offline, by the proofs that the commands gave.
    for name in chance.sample(recorded, min(40, len(recorded))):
        manifest = name + ".json"
        if os.path.exists(manifest) and run("verify", "--log-key", "all.vkey", manifest).returncode not in (0, 1):
            lost.append("the proof of " + name)
    print("kills=%d seed=%d looks=%d entries=%s %s" % (killed, seed, reader.looks, audit.stdout_text.strip(), " ".join(
        "%s:%d/%d" % (kind, *counts) for kind, counts in sorted(done.items()))))
    print("lost=%d contradicted=%d hidden=%d" % (len(lost), len(contradicted), len(hidden)))
    for what in lost + contradicted + hidden:
        print(what)
    sys.exit(1 if lost or contradicted or hidden or killed < kills_wanted or reader.looks == 0 else 0)


main()
