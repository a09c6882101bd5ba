// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/namespaces.hpp"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "sys/file.hpp"

namespace albs::sandbox {
namespace {

bool is_root()
{
    return ::geteuid() == 0;
}

/// Other users come through all directories on the way to it.
bool is_open_to_others(const std::string& directory)
{
    namespace fs = std::filesystem;
    std::error_code error;
    for (fs::path each = fs::canonical(directory, error); !error; each = each.parent_path()) {
        if ((fs::status(each, error).permissions() & fs::perms::others_exec) == fs::perms::none)
            return false;
        if (!each.has_relative_path())
            return !error;
    }
    return false;
}

/// users: of whom a mount that is not written to is to be.
std::vector<Step> mounting(const std::string& path, const std::string& place, int users = -1)
{
    Step::What what = sys::is_directory(path) ? Step::What::directory : Step::What::file;
    Step::What how = users < 0 ? Step::What::bind : Step::What::lend;
    return {{what, place}, {how, place, path, 0, users}};
}

void add(std::vector<Step>& list, const std::vector<Step>& more)
{
    list.insert(list.end(), more.begin(), more.end());
}

/// Nobody in the namespace can make one below it, where he would be root.
Step no_more_users()
{
    return {Step::What::write, "/proc/sys/user/max_user_namespaces", "0"};
}

/// The first, with what is of this machine and reached by its names.
std::vector<Step> steps_outside(const std::string& place, const std::vector<std::string>& sources)
{
    std::vector<Step> steps = {{Step::What::private_mounts, "/"}, {Step::What::memory, place}};
    for (std::size_t i = 0; i < sources.size(); ++i)
        add(steps, mounting(sources[i], place + "/" + std::to_string(i)));
    steps.push_back({Step::What::directory, place + "/memory"});
    return steps;
}

std::vector<Step> steps_inside(const std::string& memory, const std::vector<Step>& further)
{
    std::vector<Step> steps = {{Step::What::memory, memory}};
    for (const char* name : {"/tmp", "/var-tmp", "/shm", "/own"})
        steps.push_back({Step::What::directory, memory + name, {}, 01777});
    add(steps, further);
    return steps;
}

/// Who is root above is the user of builds, and nobody else is there.
std::vector<Step> steps_of_builds()
{
    return {{Step::What::write, "/proc/self/setgroups", "deny"},
            {Step::What::write, "/proc/self/uid_map", "1000 0 1\n"},
            {Step::What::write, "/proc/self/gid_map", "1000 0 1\n"},
            no_more_users()};
}

Result<sys::Fd> open_namespace(int process, const char* name)
{
    std::string path = "/proc/" + std::to_string(process) + "/ns/" + name;
    sys::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return sys::system_error("cannot open", path);
    return file;
}

std::string path_of(const sys::Fd& file)
{
    return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(file.get());
}

} // namespace

struct Namespaces::Loans {
    std::mutex mutex;
    std::map<std::pair<std::string, bool>, std::string> places; ///< by path, and whether it is written to
    std::size_t next = 0;
};

Namespaces::Namespaces(sys::TemporaryDirectory place, Holder holder)
    : place_(std::move(place)), holder_(std::move(holder)), loans_(std::make_unique<Loans>())
{
}

Namespaces::Namespaces(Namespaces&&) noexcept = default;
Namespaces::~Namespaces() = default;

Result<sys::TemporaryDirectory> Namespaces::make_place()
{
    // Root inside is not root outside, to whom the directory for temporary files may be closed.
    bool is_closed = is_root() && !is_open_to_others(sys::temporary_directory());
    return sys::TemporaryDirectory::make("view", is_closed ? "/tmp" : "");
}

Result<Namespaces> Namespaces::make(sys::TemporaryDirectory place, Users users,
                                    const std::vector<std::string>& sources, const std::vector<Step>& steps)
{
    ALBS_TRY(IdMap ids, IdMap::of_caller(users == Users::many));
    std::vector<Step> host_steps = steps_outside(place.path(), sources);
    HolderPlan plan{is_root(), is_root() ? std::vector<Step>() : host_steps, {}};
    for (const Step& step : steps_inside(memory_of(place), steps)) {
        Owner owner = ids.outside(1000);
        if (!is_root() || step.what != Step::What::give)
            plan.steps.push_back(step);
        else if (::lchown(step.path.c_str(), owner.user, owner.group) != 0) // root inside could not
            return sys::system_error("cannot give away", step.path);
    }
    if (users == Users::build)
        plan.steps_below = steps_of_builds();
    else
        plan.steps.push_back(no_more_users());
    ALBS_TRY(Holder holder, Holder::start(std::move(plan)));
    Namespaces made(std::move(place), std::move(holder));
    ALBS_TRY(made.many_ids_, ids.apply(made.process()));
    made.root_ = ids.outside();
    made.loans_->next = sources.size();
    ALBS_TRY(made.user_, open_namespace(made.process(), "user"));
    ALBS_TRY(made.mounts_, open_namespace(made.process(), "mnt"));
    if (is_root())
        ALBS_CHECK(perform_in(made.mounts_, host_steps));
    ALBS_CHECK(made.holder_.go_on());
    if (users == Users::build) {
        ALBS_TRY(made.of_builds_, open_namespace(made.process(), "user"));
    }
    return made;
}

std::vector<std::string> Namespaces::enter() const
{
    std::vector<std::string> words = {"nsenter", "--user=" + path_of(user_), "--mount=" + path_of(mounts_)};
    // A plain user is root there already, and other groups cannot be dropped where only one id is mapped.
    if (is_root())
        words.insert(words.end(), {"--setuid", "0", "--setgid", "0", "--"});
    else
        words.insert(words.end(), {"--preserve-credentials", "--"});
    return words;
}

Result<std::string> Namespaces::lend(const std::string& path, bool writable) const
{
    struct stat status{};
    if (::lstat(path.c_str(), &status) != 0)
        return sys::system_error("cannot mount", path);
    if (!is_root())
        return path;
    if (writable && status.st_uid == ::geteuid() && ::lchown(path.c_str(), root_.user, root_.group) != 0)
        return sys::system_error("cannot give away", path);
    std::lock_guard guard(loans_->mutex);
    std::string& known = loans_->places[{path, writable}];
    if (known.empty()) {
        std::string lent = place() + "/" + std::to_string(loans_->next++);
        ALBS_CHECK(perform_in(mounts_, mounting(path, lent, writable ? -1 : user_.get())));
        known = lent;
    }
    return known;
}

Result<UserNamespace> Namespaces::users() const
{
    std::string path = path_of(of_builds_ ? of_builds_ : user_);
    char link[128];
    ssize_t length = ::readlink(path.c_str(), link, sizeof link);
    if (length <= 0)
        return sys::system_error("cannot read", path);
    ALBS_TRY(bool has_root, has_our_root(process()));
    return UserNamespace{std::string(link, static_cast<std::size_t>(length)), has_root};
}

} // namespace albs::sandbox
