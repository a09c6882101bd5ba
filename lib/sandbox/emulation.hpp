// SPDX-License-Identifier: GPL-3.0-or-later
// How programs of another architecture than this machine's run here: by the processor itself, which then only has to be
// called by another name (i686 on x86_64), or by an emulator that the kernel calls for them (binfmt_misc). Since Linux
// 6.7 a user namespace has emulators of its own, so that no root has to set them up and nobody else sees them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sandbox/step.hpp"

namespace albs::sandbox {

struct Emulation {
    std::string personality = {}; ///< for setarch(8), so that uname(2) names the architecture; empty: as it is
    std::string emulator = {};    ///< "qemu-aarch64"; empty: the processor runs the programs
    std::string handler = {};     ///< the line that tells the kernel; empty: it knows already
    /// Steps before anybody enters namespaces that such programs are to run in.
    std::vector<Step> steps() const;
};

/// For an architecture in rpm's words. Kind::environment, with what to install, where nothing runs its programs.
Result<Emulation> emulation_of(const std::string& arch);

/// The same, of a machine (a word of uname(2)) with that in its file system root: /proc/sys/fs/binfmt_misc and
/// binfmt.d(5).
Result<Emulation> emulation_of(const std::string& arch, const std::string& machine, const std::string& root);

/// A line of binfmt.d(5) as a namespace wants it: with the flag F, by which the emulator is opened now and not looked
/// for in the root of who uses it. Empty where it is no such line of that name.
std::optional<std::string> handler_in(std::string_view line, std::string_view name);

} // namespace albs::sandbox
