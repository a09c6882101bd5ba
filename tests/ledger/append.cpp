// SPDX-License-Identifier: GPL-3.0-or-later
// ledger-append LEDGER [each] <STATEMENTS: signs and appends whatever statements it is given, one JSON document a line,
// as a log with a wrong or malicious writer would. The tests of verifiers need logs that albs-notarize refuses to
// write. each: a commit for each, and the public files once at the end.
#include <iostream>

#include "albs/ledger/ledger.hpp"

namespace {

albs::Status append(const std::string& directory, const std::vector<albs::Json>& statements, bool each)
{
    ALBS_TRY(albs::Ledger ledger, albs::Ledger::open(directory));
    if (!each) {
        ALBS_CHECK(ledger.append(statements));
        return {};
    }
    for (const albs::Json& statement : statements)
        ALBS_CHECK(ledger.append({statement}, albs::Publish::later));
    return ledger.publish();
}

} // namespace

int main(int argc, char** argv)
{
    bool each = argc == 3 && std::string_view(argv[2]) == "each";
    if (argc != 2 && !each)
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
    albs::Status appended = append(argv[1], statements, each);
    if (!appended)
        std::cerr << "ledger-append: " << appended.error().message << "\n";
    return appended ? 0 : 5;
}
