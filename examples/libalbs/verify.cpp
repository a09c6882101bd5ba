// SPDX-License-Identifier: GPL-3.0-or-later
// verify LOG.vkey <MANIFEST: lists the artifacts of a manifest and verifies the proof of each of its notarizations.
// Status 0 when all hold, 1 when one does not, 2 when the key or the manifest cannot be read.
#include <fstream>
#include <iostream>
#include <iterator>

#include <albs/evidence/verify.hpp>
#include <albs/manifest/manifest.hpp>

int main(int argc, char* argv[])
{
    std::ifstream key_file(argc > 1 ? argv[1] : "");
    std::string line;
    std::getline(key_file, line);
    albs::Result<albs::Vkey> key = albs::Vkey::parse(line);
    std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    albs::Result<albs::Manifest> manifest = albs::Manifest::parse(text);
    if (!key || !manifest) {
        std::cerr << "verify: " << (key ? manifest.error().message : key.error().message) << '\n';
        return 2;
    }
    for (const albs::Artifact& artifact : manifest->artifacts())
        std::cout << artifact.sha256 << "  " << artifact.name << '\n';
    albs::CheckpointCache checkpoints;
    const albs::LoggedEntries entries(*manifest);
    int failed = 0;
    for (const albs::Notarization& notarization : manifest->notarizations())
        if (auto proof = albs::verify_notarization(*manifest, entries, notarization, {*key}, checkpoints);
            !proof || !*proof) {
            std::cerr << "verify: " << notarization.about << ": "
                      << (proof ? "it cannot be proved with this key" : proof.error().message) << '\n';
            ++failed;
        }
    std::cout << manifest->notarizations().size() - failed << " proofs hold\n";
    return failed == 0 ? 0 : 1;
}
