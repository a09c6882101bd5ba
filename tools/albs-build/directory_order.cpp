// SPDX-License-Identifier: GPL-3.0-or-later
#include "directory_order.hpp"

#include "sandbox/sandbox.hpp"
#include "store/lay_out_tree.hpp"
#include "sys/temporary.hpp"

namespace albs::build {
namespace {

// Sixteen names, each order of which is one of many.
constexpr const char* compare =
    "for place in disk memory; do mkdir $place/names || exit 2; "
    "for name in a b c d e f g h i j k l m n o p; do : >$place/names/$name || exit 2; done; "
    "done; test \"$(ls -U disk/names)\" != \"$(ls -U memory/names)\"";

} // namespace

Status leave_out_order(Variation& varied, const BuildContext& context, std::string_view task)
{
    if (!varied.contains("order"))
        return {};
    ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("order", context.scratch));
    const std::string place = directory.path() + "/builddir";
    ALBS_CHECK(store::make_directory(place + "/disk"));
    ALBS_CHECK(store::make_directory(place + "/memory"));
    sandbox::Job job;
    job.argv = {"sh", "-c", compare};
    job.mounts = {{place + "/disk", "/builddir/disk", true}, {"", "/builddir/memory", true}};
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    if (ended.finished.status == 0)
        return {};
    if (ended.finished.status != 1)
        return fail(Kind::environment, "cannot see the order of names in directories: " + ended.finished.err);
    varied.erase("order");
    context.messages.warning(
        "the order of names in directories is not varied: where the workspace is, it is the same as "
        "in memory",
        task);
    return {};
}

} // namespace albs::build
