// SPDX-License-Identifier: GPL-3.0-or-later
// albs-build(1): sources in, built packages out.
#include "options.hpp"

int main(int argc, char** argv)
{
    albs::build::Options options;
    return albs::cli::run(argc, argv, albs::build::tool(options));
}
