// SPDX-License-Identifier: GPL-3.0-or-later
// bench-order SOURCES: the order of so many sources, as albs-build finds it once their specs are read: who provides
// what, asked of libsolv, then waits, circles and waves. Each source makes a program and a -devel package, needs five
// -devel packages of sources before it, one of them by a Provides; its -devel package requires another. Some need each
// other. Prints milliseconds, waves and the largest resident size in MB.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "tools/albs-build/order.hpp"

using namespace albs;
using namespace albs::build;

namespace {

std::string name_of(std::size_t source)
{
    return "source" + std::to_string(source);
}

OrderQuestion question_of(std::size_t count)
{
    std::mt19937_64 chance(count);
    OrderQuestion question;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name = name_of(i);
        OrderedTask task{name + "/bench/x86_64", name, {"gcc", "make"}, {2 * i, 2 * i + 1}};
        solve::VirtualPackage devel{
            .name = name + "-devel", .version = "1-1", .provides = {"pkgconfig(" + name + ") = 1"}};
        for (int n = 0; i > 0 && n < 5; ++n) {
            // Most sources need few that are needed by many, as in a distribution.
            const std::size_t other = std::min(chance() % i, chance() % i);
            task.needs.push_back(n == 0 ? "pkgconfig(" + name_of(other) + ") >= 1" : name_of(other) + "-devel");
            if (n == 1)
                devel.needs = {name_of(other) + "-devel"};
        }
        if (i % 500 == 499 && i + 1 < count)
            task.needs.push_back(name_of(i + 1) + "-devel"); // which has no older one
        question.tasks.push_back(std::move(task));
        question.packages.push_back({{.name = name, .version = "1-1"}, ""});
        question.packages.push_back({std::move(devel), ""});
    }
    return question;
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000;
    OrderQuestion question = question_of(count);
    const auto started = std::chrono::steady_clock::now();
    question.needs = needs_of(question);
    auto providers = repositories::find_providers({}, {.arch = "x86_64"}, question.packages, question.needs, {});
    if (!providers) {
        std::fprintf(stderr, "%s\n", providers.error().message.c_str());
        return 1;
    }
    question.providers = *std::move(providers);
    const Order order = order_of(question);
    std::size_t last = 0;
    for (std::size_t wave : waves_of(order))
        last = std::max(last, wave);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - started;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%zu %.1f %zu %.1f\n", count, took.count(), last + 1, static_cast<double>(usage.ru_maxrss) / 1024);
    return 0;
}
