// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/step.hpp"

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace albs::sandbox {
namespace {

constexpr int user_of_builds = 1000;

/// The kernel takes a line in one write.
int write_text(const Step& step, int flags)
{
    int file = ::open(step.path.c_str(), O_WRONLY | O_CLOEXEC | flags, step.mode);
    if (file < 0)
        return -1;
    bool is_written =
        ::write(file, step.detail.data(), step.detail.size()) == static_cast<ssize_t>(step.detail.size()) &&
        ((flags & O_CREAT) == 0 || ::fchmod(file, step.mode) == 0);
    int error = errno;
    ::close(file);
    errno = error;
    return is_written ? 0 : -1;
}

/// Of linux/mount.h, which the C library's headers may be older than, or contradict; the same on all architectures.
struct MountAttributes {
    std::uint64_t set = 0;
    std::uint64_t clear = 0;
    std::uint64_t propagation = 0;
    std::uint64_t users = 0;
};
constexpr std::uint64_t read_only = 1;
constexpr std::uint64_t no_suid_no_dev = 2 | 4;
constexpr std::uint64_t mapped_users = 0x100000;
constexpr unsigned clone_tree = 1;
constexpr unsigned recursive = 0x8000;
constexpr unsigned of_descriptor = 4;
constexpr long open_tree_call = 428;
constexpr long move_mount_call = 429;
constexpr long mount_setattr_call = 442;

/// Since Linux 5.12, and not on every file system: what root alone may read, its stand-in inside may read, too.
int lend(const Step& step)
{
    int tree = static_cast<int>(
        ::syscall(open_tree_call, AT_FDCWD, step.detail.c_str(), clone_tree | recursive | O_CLOEXEC));
    MountAttributes attributes{.set = read_only | no_suid_no_dev | mapped_users,
                               .users = static_cast<std::uint64_t>(step.users)};
    bool is_lent =
        tree >= 0 && ::syscall(mount_setattr_call, tree, "", AT_EMPTY_PATH, &attributes, sizeof attributes) == 0 &&
        ::syscall(move_mount_call, tree, "", AT_FDCWD, step.path.c_str(), of_descriptor) == 0;
    if (tree >= 0)
        ::close(tree);
    return is_lent ? 0 : ::mount(step.detail.c_str(), step.path.c_str(), nullptr, MS_BIND | MS_REC, nullptr);
}

int perform(const Step& step)
{
    const char* path = step.path.c_str();
    switch (step.what) {
    case Step::What::private_mounts: return ::mount("none", path, nullptr, MS_REC | MS_PRIVATE, nullptr);
    case Step::What::memory: return ::mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755");
    case Step::What::directory: return ::mkdir(path, step.mode) != 0 ? -1 : ::chmod(path, step.mode);
    case Step::What::file: return write_text(step, O_CREAT | O_TRUNC | O_NOFOLLOW);
    case Step::What::link: return ::symlink(step.detail.c_str(), path);
    case Step::What::bind: return ::mount(step.detail.c_str(), path, nullptr, MS_BIND | MS_REC, nullptr);
    case Step::What::lend: return lend(step);
    case Step::What::overlay: return ::mount("overlay", path, "overlay", MS_NOSUID | MS_NODEV, step.detail.c_str());
    case Step::What::give: return ::lchown(path, user_of_builds, user_of_builds);
    case Step::What::emulators:
        return ::mount("binfmt_misc", path, "binfmt_misc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr);
    case Step::What::write: return write_text(step, 0);
    }
    return -1;
}

} // namespace

StepOutcome perform(const std::vector<Step>& steps)
{
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (perform(steps[i]) != 0)
            return {errno, i};
    return {};
}

std::string name_of(const Step& step)
{
    switch (step.what) {
    case Step::What::private_mounts: return "making mounts private";
    case Step::What::memory: return "mounting memory";
    case Step::What::directory: return "making directories";
    case Step::What::file: return "making files";
    case Step::What::link: return "making links";
    case Step::What::bind:
    case Step::What::lend: return "mounting '" + step.detail + "'";
    case Step::What::overlay: return "mounting an overlay";
    case Step::What::give: return "giving a directory to the user of builds";
    case Step::What::emulators: return "mounting binfmt_misc";
    case Step::What::write: return "writing to '" + step.path + "'";
    }
    return "";
}

} // namespace albs::sandbox
