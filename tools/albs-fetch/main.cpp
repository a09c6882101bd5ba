// SPDX-License-Identifier: GPL-3.0-or-later
// albs-fetch: from a source as people name it to a pinned commit and its files, checked and stored.
#include "options.hpp"
#include "stage.hpp"

int main(int argc, char** argv)
{
    albs::fetch::Options options;
    return albs::cli::run(argc, argv, albs::fetch::tool(options, albs::fetch::run));
}
