// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize: records what is new in a manifest in a transparency log, and checks such records.
#include "options.hpp"

int main(int argc, char** argv)
{
    albs::notarize::Options options;
    return albs::cli::run(argc, argv, albs::notarize::tool(options));
}
