// SPDX-License-Identifier: GPL-3.0-or-later
// albs-test: tries out every package that was built, and binds what came of it to the package's digest.
#include "cli/tool.hpp"
#include "options.hpp"

int main(int argc, char** argv)
{
    albs::test::Options options;
    return albs::cli::run(argc, argv, albs::test::tool(options));
}
