// SPDX-License-Identifier: GPL-3.0-or-later
// albs-sbom: what is in a build, from the evidence, as CycloneDX, SPDX or in-toto; verify and compare such documents.
#include "options.hpp"

int main(int argc, char** argv)
{
    albs::sbom::ToolOptions options;
    return albs::cli::run(argc, argv, albs::sbom::make_tool(options));
}
