// SPDX-License-Identifier: GPL-3.0-or-later
// mutate-ledger SECONDS FILE...: mutates the files for so long. For compilers without libFuzzer: no coverage guides it,
// so it starts from good inputs and stays near them.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);

namespace {

void mutate(std::string& text, std::mt19937_64& random)
{
    auto at = [&](std::size_t size) { return size == 0 ? 0 : static_cast<std::size_t>(random() % size); };
    for (std::size_t left = 1 + at(4); left > 0; --left)
        switch (random() % 6) {
        case 0: // a bit
            if (!text.empty())
                text[at(text.size())] ^= static_cast<char>(1U << at(8));
            break;
        case 1: // a byte that parsers look for
            if (!text.empty())
                text[at(text.size())] = "\n\0 +=/\xff\xe2 0189Ax"[at(16)];
            break;
        case 2: text.erase(at(text.size()), 1 + at(16)); break;
        case 3: text.insert(at(text.size()), std::string(1 + at(8), static_cast<char>(random()))); break;
        case 4: text.resize(at(text.size() + 1)); break;
        default: { // a piece of itself again
            std::size_t from = at(text.size());
            text.insert(at(text.size()), text.substr(from, 1 + at(64)));
        }
        }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3)
        return 2;
    std::vector<std::string> seeds;
    for (int i = 2; i < argc; ++i) {
        std::ifstream file(argv[i], std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    std::mt19937_64 random(20261123);
    auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atol(argv[1]));
    long runs = 0;
    while (std::chrono::steady_clock::now() < end)
        for (const std::string& seed : seeds) {
            std::string text = seed;
            if (runs >= static_cast<long>(seeds.size()))
                mutate(text, random);
            (void)LLVMFuzzerTestOneInput(reinterpret_cast<const unsigned char*>(text.data()), text.size());
            ++runs;
        }
    (void)std::printf("%ld runs\n", runs);
    return runs > 0 ? 0 : 1;
}
