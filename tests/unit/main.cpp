// SPDX-License-Identifier: GPL-3.0-or-later
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "unit/source_file.hpp"

std::string albs::source_file(const std::string& path)
{
    return ALBS_SOURCE_DIR "/" + path;
}
