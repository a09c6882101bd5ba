// SPDX-License-Identifier: GPL-3.0-or-later
// What single lines of a build's log tell: which program says what in which words. Each function knows one kind of
// failure; none looks at other lines.
#pragma once
#include <string_view>

namespace albs::rpm::log_line {

bool has(std::string_view text, std::string_view part);
bool starts(std::string_view text, std::string_view start);

/// The script of a section is no shell script.
bool is_shell_error(std::string_view line);
/// "file.c:12:3: error: …" and "file.c:12: Error: …": compilers and assemblers; and what linkers say.
bool is_compiler_error(std::string_view line);
/// Something that BuildRequires should have brought, or that a language's own package manager did not find.
bool is_missing_dependency(std::string_view line);
/// A program wanted something of a network.
bool is_network(std::string_view line);
/// Memory that was not there: a program's own error (strerror(ENOMEM) ends its line), or the kernel's signal 9.
bool is_memory(std::string_view line);
/// The same of disks (ENOSPC, EDQUOT, EIO).
bool is_disk(std::string_view line);
/// Build systems that give up: configure, CMake, meson, make without a rule.
bool is_build_system_error(std::string_view line);
bool is_failed_test(std::string_view line);
/// A test that went well, or was skipped: whatever it says, it is no cause.
bool is_passed_test(std::string_view line);
bool is_failed_patch(std::string_view line);
/// rpm's own "error: …", but for the words that end every failure.
bool is_rpm_error(std::string_view line);
/// rpmbuild's and make's closing words, which are never the cause.
bool is_epilogue(std::string_view line);
/// The shell's account of what it runs.
bool is_trace(std::string_view line);

} // namespace albs::rpm::log_line
