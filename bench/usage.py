#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command and says what it took: seconds, those of the processors (of all children too), MB of memory at most.

usage: usage.py OUTPUT COMMAND...

The command's standard output goes to OUTPUT; its status is that of this program.
"""
import resource
import subprocess
import sys
import time

with open(sys.argv[1], "wb") as output:
    started = time.monotonic()
    status = subprocess.run(sys.argv[2:], stdout=output, check=False).returncode
taken = time.monotonic() - started
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{taken:.2f} {used.ru_utime + used.ru_stime:.2f} {used.ru_maxrss // 1024}")
sys.exit(status)
