// SPDX-License-Identifier: GPL-3.0-or-later
// A user namespace with as many ids as this user may lend, and a mount namespace in it, held by a process of their own.
// Programs enter them. Nothing is mounted where others see it, and all is gone with the process, even if its maker was
// killed.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sandbox/holder.hpp"
#include "sandbox/id_map.hpp"
#include "sandbox/step.hpp"
#include "sys/fd.hpp"
#include "sys/temporary.hpp"

namespace albs::sandbox {

/// Who there is in namespaces.
enum class Users {
    many,  ///< root and all others, as far as this user may lend ids
    build, ///< root alone, and below it a namespace with the user of builds (1000) alone
};

struct UserNamespace {
    std::string name;          ///< "user:[4026532281]"
    bool has_our_root = false; ///< under whatever name; see has_our_root()
};

class Namespaces {
public:
    /// The directory where namespaces mount things: empty for everybody else.
    static Result<sys::TemporaryDirectory> make_place();
    static std::string memory_of(const sys::TemporaryDirectory& place) { return place.path() + "/memory"; }
    /// sources: directories and files of this machine, which are at PLACE/0, PLACE/1 and so on. steps: what is done
    /// before anybody enters. There is memory at PLACE/memory, which belongs to root inside, and in it the directories
    /// tmp, var-tmp and shm for everybody. No namespaces can be made in these, so nobody there becomes root of his own.
    /// Kind::environment if the kernel refuses namespaces, or a step, to this user.
    static Result<Namespaces> make(sys::TemporaryDirectory place, Users users,
                                   const std::vector<std::string>& sources = {}, const std::vector<Step>& steps = {});
    Namespaces(Namespaces&&) noexcept;
    Namespaces& operator=(Namespaces&&) = delete;
    ~Namespaces();

    /// Words to put before a command so that it runs as root inside the namespaces, outside of the sandbox: for
    /// programs of ours, never for what comes from packages.
    std::vector<std::string> enter() const;
    /// A path of this machine by a name that root inside can reach. Where root outside is another, the way there may
    /// be closed to it, so that the path is mounted at a place of its own; and what is to be written to is given to it
    /// if it was root's. For a plain user, who is root inside, these are one.
    Result<std::string> lend(const std::string& path, bool writable) const;
    const std::string& place() const { return place_.path(); }
    std::string memory() const { return memory_of(place_); }
    int process() const { return holder_.process(); }
    /// More than one user id exists inside, so that files can be given to other users than root.
    bool has_many_ids() const { return many_ids_; }
    /// With Users::build: the lower namespace. Else -1.
    int of_builds() const { return of_builds_.get(); }
    /// The one that commands of a job run in, as the kernel tells it.
    Result<UserNamespace> users() const;

private:
    struct Loans;
    Namespaces(sys::TemporaryDirectory place, Holder holder);
    sys::TemporaryDirectory place_; ///< a mount point, removed after the end of the holder
    Holder holder_;
    sys::Fd user_;
    sys::Fd mounts_;
    sys::Fd of_builds_;
    bool many_ids_ = false;
    Owner root_;
    std::unique_ptr<Loans> loans_;
};

} // namespace albs::sandbox
