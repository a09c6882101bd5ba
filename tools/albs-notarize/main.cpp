// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize: records what is new in a manifest in a transparency log, and checks such records.
#include "albs/ledger/ledger.hpp"
#include "options.hpp"

int main(int argc, char** argv)
{
    albs::notarize::Options options;
    int status = albs::cli::run(argc, argv, albs::notarize::tool(options));
    const albs::notarize::KeyChangeMade& change = options.key_change;
    if (status == 0 && !change.ledger.empty())
        albs::Ledger::key_change_is_known(change.ledger, change.vkey);
    return status;
}
