// SPDX-License-Identifier: GPL-3.0-or-later
// Work that waits for other work, over all cores.
#pragma once
#include <cstddef>
#include <functional>
#include <vector>

#include "base/result.hpp"

namespace albs::build {

struct Piece {
    std::vector<std::size_t> waits_for; ///< numbers of others; without circles
    bool is_late = false;               ///< it also waits until nothing else can be done
    bool is_done = false;               ///< nothing is to be done
};

/// What a piece of work came to.
struct Progress {
    bool is_done = true;
    /// If not: it is to be begun again when these are done; none: when nothing else can be done.
    std::vector<std::size_t> waits_for = {};
};

/// Calls work(i, last) for each piece that is not done, on at most jobs threads, when what it waits for is done; among
/// those that can be begun, first the one that the longest chain of others waits for. A piece may be begun several
/// times; last: nothing else can be done that it could wait for, so it has to come to an end. Nothing new is begun
/// after an error; the first one (by number) is returned.
Status run_in_order(std::vector<Piece> pieces, std::size_t jobs,
                    const std::function<Result<Progress>(std::size_t piece, bool last)>& work);

} // namespace albs::build
