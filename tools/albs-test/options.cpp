// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

#include "stage.hpp"

namespace albs::test {

cli::Tool tool(Options& options)
{
    cli::Command test;
    test.summary = "try out every package that was built";
    test.operands = "[MANIFEST]...";
    const std::vector<cli::Option> own = {
        {"--repo", "URL", "repository (http, https, file or a directory) that packages may take requirements from",
         &options.repositories},
        {"--tests", "URL#REF:DIR",
         "test programs (bats, pytest, shell, TAP) in a git repository; {name} in DIR is the source package",
         &options.suites},
        {"--skip", "FILE", "tests not to do: lines of PACKAGE TEST REASON, with * and ? in both names",
         &options.skip_files},
        {"--with-rpmlint", "", "also run rpmlint, the test inspect/rpmlint", &options.with_rpmlint},
        {"--rpmlintrc", "FILE", "what rpmlint is not to tell", &options.rpmlintrc},
        {"--with-rpminspect", "", "also run rpminspect, the test inspect/rpminspect", &options.with_rpminspect},
        {"--rpminspect-config", "FILE", "configuration of rpminspect, with what it is not to tell",
         &options.rpminspect_config},
        {"--timeout", "SECONDS", "longest time for one step of a test (600)", &options.timeout},
        {"--releases", "N", "how many older releases of each source to upgrade from, the newest first (1)",
         &options.releases},
        {"--offline", "", "ask the platform's repositories for nothing, take what an earlier run fetched",
         &options.offline},
        {.names = "--keep",
         .value = "",
         .help = "keep the files of each root as they were before the package was removed, and say where",
         .target = &options.keep,
         .local = true},
        {.names = "--report",
         .value = "FORMAT",
         .help = "also write the results to test-report.xml or test-report.tap in the directory of --output",
         .target = &options.report,
         .choices = {"junit", "tap"},
         .local = true},
    };
    test.options = cli::joined({own, cli::trust_options(options.trust, "default: the workspace's")});
    test.examples = {"albs-test --repo file:///srv/repo/x86_64/os built.json > tested.json",
                     "albs-test --report junit --output results built.json"};
    test.run = [&options](cli::Context& context, Manifest& manifest) { return run_tests(context, manifest, options); };
    return {"albs-test", "try out every package that was built", {test}};
}

} // namespace albs::test
