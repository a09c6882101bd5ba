#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fuzz.sh BUILD [SECONDS]: the fuzz targets with libFuzzer, each for a minute, two at a time; BUILD has the tools that
# make the seeds. An input that breaks one stays in build/fuzz/crashes, and the status is 1.
set -eu
cd "$(dirname "$0")/.."
if ! command -v clang++-14 >/dev/null ||
    [ -z "$(find /usr/lib/llvm-14/lib/clang -name 'libclang_rt.fuzzer-*' 2>/dev/null)" ]; then
    command -v apt-get >/dev/null || { echo 'SKIPPED: no clang++-14 with libFuzzer, and no apt-get'; exit 0; }
    root=
    [ "$(id -u)" = 0 ] || root=sudo
    $root apt-get -qq update
    # g++'s standard library is the one that the packaged libraries were built with.
    $root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y \
        clang-14 libclang-rt-14-dev libstdc++-12-dev >/dev/null
fi
cmake --preset fuzz --log-level=WARNING -Wno-dev
cmake --build --preset fuzz -j "$(nproc)"
timeout 1800 sh tests/fuzz/run.sh "$1" build/fuzz "${2:-60}"
