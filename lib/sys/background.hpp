// SPDX-License-Identifier: GPL-3.0-or-later
// A program that runs beside this one and ends with it at the latest.
#pragma once
#include <memory>

#include "base/result.hpp"
#include "sys/process.hpp"

namespace albs::sys {

/// Runs as long as the object: TERM at its end, KILL for what does not heed it. Whatever else ends this program, KILL
/// too, is followed by its KILL.
class Background {
public:
    /// Of command, argv, environment and pass_fds count; the standard streams are /dev/null.
    static Result<Background> start(const Command& command);
    Background(Background&&) noexcept;
    Background& operator=(Background&&) noexcept;
    ~Background();

private:
    struct State;
    explicit Background(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace albs::sys
