// SPDX-License-Identifier: GPL-3.0-or-later
// ledger-append LEDGER <STATEMENTS: signs and appends whatever statements it is given, one JSON document a line, as a
// log with a wrong or malicious writer would. The tests of verifiers need logs that albs-notarize refuses to write.
#include <iostream>

#include "albs/ledger.hpp"

int main(int argc, char** argv)
{
    if (argc != 2)
        return 2;
    std::vector<albs::Json> statements;
    for (std::string line; std::getline(std::cin, line);) {
        auto statement = albs::read_json(line);
        if (!statement) {
            std::cerr << "ledger-append: " << statement.error().message << "\n";
            return 3;
        }
        statements.push_back(*statement);
    }
    auto ledger = albs::Ledger::open(argv[1]);
    auto appended = ledger ? ledger->append(statements) : tl::unexpected(ledger.error());
    if (!appended)
        std::cerr << "ledger-append: " << appended.error().message << "\n";
    return appended ? 0 : 5;
}
