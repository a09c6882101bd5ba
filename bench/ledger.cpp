// SPDX-License-Identifier: GPL-3.0-or-later
// bench-ledger fill DIR N: a log of N entries (not 768, at which a list comes). bench-ledger commits DIR BATCH COUNT:
// so many commits and nothing else, for a profiler. bench-ledger run DIR [N]: what the ledger does in a second, in
// lines of NAME and a number. Each statement of a commit is signed with P-256, as it is in earnest.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <vector>

#include "albs/audit/audit.hpp"
#include "albs/ledger/ledger.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"

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
    return Json::object({{"_type", "https://in-toto.io/Statement/v1"},
                         {"subject", Json::array({Json::object({{"digest", Json::object({{"sha256", digest}})}})})},
                         {"predicateType", "https://example.org/bench/v1"},
                         {"predicate", Json::object({{"number", static_cast<std::int64_t>(number)}})}});
}

void append(Ledger& ledger, long first, long count, Publish when = Publish::now)
{
    std::vector<Json> statements;
    for (long i = 0; i < count; ++i)
        statements.push_back(statement(first + i));
    (void)must(ledger.append(statements, when));
}

void tell(const char* name, double value)
{
    (void)std::printf("%s\t%.1f\n", name, value);
}

void rate(const char* name, Clock::time_point start, long count)
{
    tell(name, static_cast<double>(count) / seconds_since(start));
}

// Commits of a batch, each on disk, read back, signed and proven before the next begins. The public files follow every
// 100 ms, as Tessera's do at the soonest, and at the end.
void commits(Ledger& ledger, long& at, const char* name, long batch, long count)
{
    constexpr double interval = 0.1;
    auto start = Clock::now();
    auto published = start;
    for (long i = 0; i < count; ++i, at += batch) {
        append(ledger, at, batch, Publish::later);
        if (i + 1 < count && seconds_since(published) < interval)
            continue;
        must(ledger.publish());
        published = Clock::now();
    }
    rate(name, start, batch * count);
}

void published_commits(Ledger& ledger, long& at, long count)
{
    auto start = Clock::now();
    for (long i = 0; i < count; ++i, ++at)
        append(ledger, at, 1);
    rate("published1", start, count);
}

void read_proofs(const std::string& directory, Ledger& ledger)
{
    Checkpoint checkpoint = must(open_checkpoint(ledger.checkpoint(), ledger.vkey()));
    Fetch fetch = fetch_from_directory(directory);
    TileReader reader = must(TileReader::open(fetch, checkpoint.size, checkpoint.root));
    constexpr std::uint64_t count = 2000;
    std::vector<std::vector<Digest>> proofs;
    auto place = [&](std::uint64_t i) { return i * 7919 % checkpoint.size; };
    auto start = Clock::now();
    for (std::uint64_t i = 0; i < count; ++i)
        proofs.push_back(must(make_inclusion_proof(place(i), checkpoint.size, reader.nodes())));
    rate("prove", start, count);
    std::vector<std::string> entries;
    start = Clock::now();
    for (std::uint64_t i = 0; i < count / 10; ++i)
        entries.push_back(must(ledger.recorded(place(i))).entry);
    rate("record", start, count / 10);
    start = Clock::now();
    for (std::uint64_t i = 0; i < count; ++i)
        (void)verify_inclusion(place(i), checkpoint.size, leaf_hash(entries[i % entries.size()]), proofs[i],
                               checkpoint.root);
    rate("verify", start, count);
}

int audits(const std::string& directory, const Vkey& key)
{
    Policy policy = Policy::of(key);
    Fetch all = fetch_from_directory(directory);
    Fetch tree = [&](const std::string& path) -> Result<std::string> {
        if (path.starts_with("attestations/"))
            return fail(Kind::input, "left out");
        return all(path);
    };
    auto start = Clock::now();
    Audit audit = must(audit_log(tree, policy, ""));
    rate("audit", start, static_cast<long>(audit.entries));
    if (!audit.problems.empty())
        return 1;
    start = Clock::now();
    audit = must(audit_log(all, policy, ""));
    rate("signatures", start, static_cast<long>(audit.entries));
    tell("entries", static_cast<double>(audit.entries));
    return audit.problems.empty() ? 0 : 1;
}

Ledger new_ledger(const std::string& directory)
{
    must(Ledger::init(directory, {.origin = "bench.example.org", .created = "2026-01-01T00:00:00Z"}));
    return must(Ledger::open(directory));
}

int run(const std::string& directory, long size)
{
    Ledger ledger = new_ledger(directory);
    long at = 0;
    published_commits(ledger, at, 100);
    commits(ledger, at, "single", 1, 200);
    commits(ledger, at, "batch256", 256, 16);
    commits(ledger, at, "batch1000", 1000, 10);
    commits(ledger, at, "append", 10000, (size - at) / 10000 + 1);
    read_proofs(directory, ledger);
    int bad = audits(directory, ledger.vkey());
    struct rusage usage = {};
    (void)::getrusage(RUSAGE_SELF, &usage);
    tell("memory", static_cast<double>(usage.ru_maxrss) / 1024);
    return bad;
}

// The commit of a long log adds a list of its statuses, which is an entry, too (albs-ledger(5)).
int fill(const std::string& directory, long size)
{
    constexpr long listed = 768;
    Ledger ledger = new_ledger(directory);
    append(ledger, 0, size > listed ? size - 1 : size);
    Checkpoint checkpoint = must(open_checkpoint(ledger.checkpoint(), ledger.vkey()));
    if (checkpoint.size == static_cast<std::uint64_t>(size))
        return 0;
    (void)std::fprintf(stderr, "bench-ledger: the log has %ld entries\n", static_cast<long>(checkpoint.size));
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3)
        return 2;
    std::string directory = std::filesystem::absolute(argv[2]).string();
    (void)::setenv("XDG_STATE_HOME", (directory + ".heads").c_str(), 1);
    if (std::strcmp(argv[1], "fill") == 0 && argc == 4) {
        return fill(directory, std::atol(argv[3]));
    }
    if (std::strcmp(argv[1], "commits") == 0 && argc == 5) {
        Ledger ledger = new_ledger(directory);
        long at = 0;
        commits(ledger, at, "records", std::atol(argv[3]), std::atol(argv[4]));
        return 0;
    }
    return run(directory, argc > 3 ? std::atol(argv[3]) : 10000);
}
