// SPDX-License-Identifier: GPL-3.0-or-later
// memory FILE: the memory of a manifest that was read, and the most that reading it took, by the size of its text.
// memory FILE tree: the same of its JSON alone, whose text is kept beside it.
#include <cstdio>
#include <malloc.h>
#include <sys/resource.h>

#include "albs/manifest/manifest.hpp"
#include "sys/file.hpp"

namespace {

double allocated()
{
    struct mallinfo2 info = ::mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd);
}

// Bytes.
double peak()
{
    rusage usage{};
    (void)::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024;
}

int report(double before, double peak_before, double size)
{
    std::printf("%.2f %.2f\n", (allocated() - before) / size, (peak() - peak_before) / size);
    return 0;
}

int complain(const albs::Error& error)
{
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2)
        return 2;
    double before = allocated();
    double peak_before = peak();
    albs::Result<std::string> text = albs::sys::read_file(argv[1]);
    if (!text)
        return complain(text.error());
    auto size = static_cast<double>(text->size());
    if (argc > 2) {
        albs::Result<albs::Json> tree = albs::read_json(*text);
        return tree ? report(before, peak_before, size) : complain(tree.error());
    }
    albs::Result<std::vector<albs::Manifest>> manifests = albs::Manifest::parse_all(std::move(*text));
    return manifests ? report(before, peak_before, size) : complain(manifests.error());
}
