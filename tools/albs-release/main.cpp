// SPDX-License-Identifier: GPL-3.0-or-later
// albs-release: signed, tested, notarized packages become a repository tree that is switched in one step. See
// albs-release(1).
#include "options.hpp"

int main(int argc, char** argv)
{
    albs::release::Options options;
    return albs::cli::run(argc, argv, albs::release::tool(options));
}
