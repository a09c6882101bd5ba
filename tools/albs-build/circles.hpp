// SPDX-License-Identifier: GPL-3.0-or-later
// Circles of tasks that wait for each other, and how they are opened.
#pragma once
#include "order.hpp"

namespace albs::build {

/// Takes waits out of the order until there is no circle, as order_of() says.
void open_circles(const OrderQuestion& question, Order& order);

} // namespace albs::build
