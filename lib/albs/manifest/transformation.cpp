// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/transformation.hpp"

#include "albs/manifest/transformation_list.hpp"

namespace albs {

template struct RecordType<Transformation>;

} // namespace albs
