// SPDX-License-Identifier: GPL-3.0-or-later
// albs-sign: signs the packages that the ledger knows, and says so in the manifest.
#include "options.hpp"

int main(int argc, char** argv)
{
    albs::sign::Options options;
    return albs::cli::run(argc, argv, albs::sign::tool(options));
}
