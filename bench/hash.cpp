// SPDX-License-Identifier: GPL-3.0-or-later
// Prints the SHA-256 of files as the store computes it; bench/hash.sh runs it beside sha256sum.
#include <cstdio>

#include "base/digest.hpp"
#include "sys/hash_file.hpp"

int main(int argc, char** argv)
{
    for (int i = 1; i < argc; ++i) {
        auto digest = albs::sys::digest_file(argv[i]);
        if (!digest)
            return 1;
        std::fprintf(stderr, "%s  %s\n", digest->sha256.hex().c_str(), argv[i]);
    }
    return 0;
}
