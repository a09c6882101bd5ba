// SPDX-License-Identifier: GPL-3.0-or-later
// bench-ledger fill DIR N: a log of N entries. bench-ledger run DIR [N]: what the ledger does in a second.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <vector>

#include "albs/audit.hpp"
#include "albs/hex.hpp"
#include "albs/ledger.hpp"
#include "albs/log_directory.hpp"
#include "albs/merkle.hpp"

using namespace albs;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

template <class T> T must(Result<T> result)
{
    if (!result) {
        (void)std::fprintf(stderr, "bench-ledger: %s\n", result.error().message.c_str());
        std::exit(1);
    }
    return std::move(*result);
}

void must(Status status)
{
    if (!status) {
        (void)std::fprintf(stderr, "bench-ledger: %s\n", status.error().message.c_str());
        std::exit(1);
    }
}

Json statement(long number)
{
    std::string digest = sha256("file " + std::to_string(number)).hex();
    return Json::object(
        {{"_type", "https://in-toto.io/Statement/v1"},
         {"subject", Json::array({Json::object({{"digest", Json::object({{"sha256", digest}})}})})},
         {"predicateType", "https://example.org/bench/v1"},
         {"predicate", Json::object({{"number", static_cast<std::int64_t>(number)}})}});
}

void append(Ledger& ledger, long first, long count)
{
    std::vector<Json> statements;
    for (long i = 0; i < count; ++i)
        statements.push_back(statement(first + i));
    (void)must(ledger.append(statements));
}

void rate(const char* what, double seconds, long count)
{
    (void)std::printf("%-44s %10.0f /s   %9.3f ms each\n", what, static_cast<double>(count) / seconds,
                      seconds * 1000 / static_cast<double>(count));
}

int run(const std::string& directory, long size)
{
    must(Ledger::init(directory, {.origin = "bench.example.org", .created = "2026-01-01T00:00:00Z"}));
    Ledger ledger = must(Ledger::open(directory));
    long at = 0;
    for (auto [batch, rounds] : {std::pair(1L, 100L), std::pair(256L, 8L), std::pair(1000L, 5L)}) {
        auto start = Clock::now();
        for (long i = 0; i < rounds; ++i, at += batch)
            append(ledger, at, batch);
        rate(("entries in commits of " + std::to_string(batch)).c_str(), seconds_since(start), batch * rounds);
        (void)std::printf("%-44s %10.2f ms\n", "  each commit", seconds_since(start) * 1000 / static_cast<double>(rounds));
    }
    auto start = Clock::now();
    for (long first = at; at < size; at += std::min(10000L, size - at))
        append(ledger, at, std::min(10000L, size - at)), (void)first;
    (void)std::printf("%-44s %10.2f s\n", ("grown to " + std::to_string(at) + " entries").c_str(), seconds_since(start));
    start = Clock::now();
    for (long i = 0; i < 1000; ++i)
        (void)must(ledger.recorded(static_cast<std::uint64_t>(i * 7919 % at)));
    rate("proofs of random entries", seconds_since(start), 1000);
    Policy policy = Policy::of(ledger.vkey());
    start = Clock::now();
    Audit audit = must(audit_log(fetch_from_directory(directory), policy, ""));
    rate("entries audited", seconds_since(start), static_cast<long>(audit.entries));
    struct rusage usage{};
    (void)::getrusage(RUSAGE_SELF, &usage);
    (void)std::printf("%-44s %10ld MB\n", "peak memory", usage.ru_maxrss / 1024);
    return audit.problems.empty() ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3)
        return 2;
    std::string directory = std::filesystem::absolute(argv[2]).string();
    (void)::setenv("XDG_STATE_HOME", (directory + ".heads").c_str(), 1);
    if (std::strcmp(argv[1], "fill") == 0 && argc == 4) {
        must(Ledger::init(directory, {.origin = "bench.example.org", .created = "2026-01-01T00:00:00Z"}));
        Ledger ledger = must(Ledger::open(directory));
        append(ledger, 0, std::atol(argv[3]));
        return 0;
    }
    return run(directory, argc > 3 ? std::atol(argv[3]) : 10000);
}
