// SPDX-License-Identifier: GPL-3.0-or-later
// The tests inspect/shell, inspect/python, inspect/perl and inspect/imports: the interpreters of the root read the
// scripts of an installed package. They run none of it but what perl runs to read a program (BEGIN, use).
#pragma once
#include "root.hpp"
#include "skip_rules.hpp"
#include "tested_package.hpp"

namespace albs::test {

Status check_scripts(Root& root, TestedPackage& subject, const SkipRules& rules);
/// The same tests as skipped, where there is something that they would look at and they were not done.
void skip_scripts(TestedPackage& subject, const SkipRules& rules, const std::string& reason);

} // namespace albs::test
