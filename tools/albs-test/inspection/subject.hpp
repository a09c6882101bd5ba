// SPDX-License-Identifier: GPL-3.0-or-later
// One package as it is inspected, and what it is judged against.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contents.hpp"
#include "faults.hpp"
#include "neighbours.hpp"
#include "rpm/privileges.hpp"
#include "scripts.hpp"

namespace albs::test {

/// Who has a file.
enum class Holder { nobody, package, required, system, sibling };

struct Subject {
    const Neighbour* own = nullptr;
    const rpm::Package& package() const { return own->package(); }
    rpm::Privileges privileges;
    Contents contents;
    const Neighbour* previous = nullptr; ///< null: not known
    rpm::Privileges previous_privileges;
    std::vector<const Neighbour*> siblings; ///< of the same build, itself not among them
    std::vector<const Neighbour*> required; ///< with all that these require
    /// required is complete. If not, what is missing may be there all the same.
    bool knows_required = false;
    bool is_on_machine = false; ///< what this machine has in /usr is there; if not, what base_has() tells
    std::function<bool(const std::string& path)> base_has;
    Neighbours* neighbours = nullptr;

    /// Links in the path are followed, of files of the package and of what it requires.
    Holder holder_of(std::string_view path) const;
    /// Whether a program is there, by its path or, without a slash, in the directories for programs.
    bool has_program(std::string_view program) const;
    /// The library by that soname which the loader would take, or null.
    const Library* library(const std::string& soname, int bits) const;
};

/// "/usr/bin/x/../y" as "/usr/bin/y"; a relative path is taken from the directory.
std::string plain_path(std::string_view path, std::string_view directory = "/");

constexpr std::uint32_t ghost_flag = 1U << 6;   ///< RPMFILE_GHOST
constexpr std::uint32_t document_flag = 1U << 1; ///< RPMFILE_DOC

/// Of debuginfo and debugsource packages.
bool is_debug_path(std::string_view path);
bool is_debug_package(const rpm::Package& package);

/// Files and scriptlets that an interpreter can read, tests and examples aside.
std::vector<PackagedScript> scripts_of(const Subject& subject);

// Each looks for the faults of some tests of the table.
void inspect_modes(const Subject& subject, Faults& faults);
void inspect_privileges(const Subject& subject, Faults& faults);
void inspect_owners(const Subject& subject, Faults& faults);
void inspect_paths(const Subject& subject, Faults& faults);
void inspect_links(const Subject& subject, Faults& faults);
void inspect_build_paths(const Subject& subject, Faults& faults);
void inspect_hardening(const Subject& subject, Faults& faults);
void inspect_architecture(const Subject& subject, Faults& faults);
void inspect_sonames(const Subject& subject, Faults& faults);
void inspect_symbols(const Subject& subject, Faults& faults);
void inspect_debug_data(const Subject& subject, Faults& faults);
void inspect_interpreters(const Subject& subject, Faults& faults);
void inspect_units(const Subject& subject, Faults& faults);
void inspect_tmpfiles(const Subject& subject, Faults& faults);
void inspect_sysusers(const Subject& subject, Faults& faults);
void inspect_desktop_files(const Subject& subject, Faults& faults);
void inspect_man_pages(const Subject& subject, Faults& faults);
void inspect_license(const Subject& subject, Faults& faults);
void inspect_changelog(const Subject& subject, Faults& faults);
void inspect_dependencies(const Subject& subject, Faults& faults);

} // namespace albs::test
