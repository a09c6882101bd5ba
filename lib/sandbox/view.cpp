// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/view.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sched.h>
#include <unistd.h>

#include "sandbox/id_map.hpp"
#include "sandbox/view_files.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"

namespace albs::sandbox {
namespace {

namespace fs = std::filesystem;

/// One overlay; the texts are made before the process is, which may call nothing but the kernel.
struct Layer {
    std::string upper;
    std::string work;
    std::string root;
    std::string options;
};

struct Plan {
    std::string place;
    std::vector<std::string> directories;
    std::vector<Layer> layers;
    int hold = -1;   ///< read end: a byte says that ids are mapped, the end says that it is over
    int report = -1; ///< one Outcome is written here
};

struct Outcome {
    int step = 0; ///< 0: fine
    int error = 0;
};
constexpr const char* steps[] = {"", "closing descriptors", "waiting for ids", "making mounts private",
                                 "mounting memory", "making directories", "mounting an overlay over /usr"};

/// Every directory of /usr (and of /bin and the like) that a package is likely to put files in; read once.
const std::set<std::string>& likely_directories(const std::string& top)
{
    static std::mutex mutex;
    static std::map<std::string, std::set<std::string>> known;
    std::lock_guard guard(mutex);
    auto [entry, is_new] = known.try_emplace(top);
    std::error_code error;
    if (is_new)
        for (fs::recursive_directory_iterator each(top, fs::directory_options::skip_permission_denied, error), end;
             !error && each != end; each.increment(error)) {
            if (!each->is_directory(error) || each->is_symlink(error))
                continue;
            entry->second.insert(each->path().string());
            if (each.depth() >= 3)
                each.disable_recursion_pending();
        }
    return entry->second;
}

/// Parents before children.
std::set<std::string> own_directories(const std::string& top, const std::vector<std::string>& wanted)
{
    std::set<std::string> all = likely_directories(top);
    std::error_code error;
    for (const std::string& path : wanted)
        for (fs::path each = path; each.string().starts_with(top + "/"); each = each.parent_path())
            if (fs::is_directory(fs::symlink_status(each, error)))
                all.insert(each.string());
    return all;
}

Plan plan_of(const std::string& place, const std::vector<std::string>& directories)
{
    Plan plan;
    plan.place = place;
    plan.directories = {place + "/upper", place + "/work", place + "/root"};
    // Links (merged /usr) need no layer: they are made as links.
    for (const char* name : {"usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32"}) {
        struct stat status{};
        std::string path = std::string("/") + name;
        if (::lstat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
            continue;
        Layer layer{place + "/upper/" + name, place + "/work/" + name, place + "/root/" + name, ""};
        layer.options = "lowerdir=" + path + ",upperdir=" + layer.upper + ",workdir=" + layer.work + ",userxattr";
        plan.directories.insert(plan.directories.end(), {layer.upper, layer.work, layer.root});
        if (::geteuid() != 0)
            for (const std::string& directory : own_directories(path, directories))
                plan.directories.push_back(place + "/upper" + directory);
        plan.layers.push_back(std::move(layer));
    }
    return plan;
}

int set_up(const Plan& plan)
{
    char go = 0;
    int low = std::min(plan.hold, plan.report);
    int high = std::max(plan.hold, plan.report);
    // Other threads' pipes are open here too: held any longer, their readers would never see the end.
    auto close_from_to = [](int first, int last) {
        return first > last || ::syscall(SYS_close_range, first, last, 0) == 0;
    };
    if (!close_from_to(0, low - 1) || !close_from_to(low + 1, high - 1) || !close_from_to(high + 1, ~0U >> 1))
        return 1;
    if (::read(plan.hold, &go, 1) != 1)
        return 2;
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return 3;
    if (::mount("tmpfs", plan.place.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") != 0)
        return 4;
    ::umask(0022);
    for (const std::string& directory : plan.directories)
        if (::mkdir(directory.c_str(), 0755) != 0)
            return 5;
    for (const Layer& layer : plan.layers)
        if (::mount("overlay", layer.root.c_str(), "overlay", MS_NOSUID | MS_NODEV, layer.options.c_str()) != 0)
            return 6;
    return 0;
}

[[noreturn]] void hold_namespaces(const Plan& plan)
{
    Outcome outcome;
    outcome.step = set_up(plan);
    outcome.error = errno;
    char end = 0;
    if (::write(plan.report, &outcome, sizeof outcome) == sizeof outcome && outcome.step == 0)
        while (::read(plan.hold, &end, 1) > 0 || errno == EINTR)
            errno = 0;
    ::_exit(0);
}

struct Ends {
    sys::Fd read;
    sys::Fd write;
};

Result<Ends> make_pipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return sys::system_error("cannot make", "pipe");
    return Ends{sys::Fd(ends[0]), sys::Fd(ends[1])};
}

tl::unexpected<Error> refused(const std::string& step, int number)
{
    auto error = sys::system_error("cannot make a view of the machine: " + step, "namespaces", number);
    error.value().hint = "run 'unshare --user --mount true' to see whether user namespaces are allowed here";
    return error;
}

} // namespace

View::View(sys::TemporaryDirectory place, int process, sys::Fd hold, bool many_ids)
    : place_(std::make_unique<sys::TemporaryDirectory>(std::move(place))), process_(process), hold_(std::move(hold)),
      many_ids_(many_ids)
{
}

View::View(View&& other) noexcept
    : place_(std::move(other.place_)), process_(std::exchange(other.process_, -1)), hold_(std::move(other.hold_)),
      many_ids_(other.many_ids_)
{
}

View::~View()
{
    hold_ = sys::Fd();
    if (process_ > 0)
        while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
        }
}

Result<View> View::make(const std::vector<std::string>& directories)
{
    ALBS_TRY(sys::TemporaryDirectory place, sys::TemporaryDirectory::make("albs-view"));
    Plan plan = plan_of(place.path(), directories);
    ALBS_TRY(Ends hold, make_pipe());
    ALBS_TRY(Ends report, make_pipe());
    plan.hold = hold.read.get();
    plan.report = report.write.get();
    // As fork, into new namespaces. glibc has no call for that; nothing but system calls is made in the new process.
    long process = ::syscall(SYS_clone, CLONE_NEWUSER | CLONE_NEWNS | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (process == 0)
        hold_namespaces(plan);
    if (process < 0)
        return refused("making user and mount namespaces", errno);
    report.write = sys::Fd();
    View view(std::move(place), static_cast<int>(process), std::move(hold.write), false);
    ALBS_TRY(view.many_ids_, map_ids(view.process_));
    ALBS_CHECK(sys::write_all(view.hold_.get(), "g", "pipe"));
    Outcome outcome;
    if (::read(report.read.get(), &outcome, sizeof outcome) != sizeof outcome)
        return refused("the process that holds it ended", ECHILD);
    if (outcome.step != 0)
        return refused(steps[outcome.step], outcome.error);
    ALBS_CHECK(make_view_files(view.root_from_here()));
    return view;
}

std::vector<std::string> View::enter() const
{
    std::string namespaces = "/proc/" + std::to_string(process_) + "/ns/";
    // Already root there, by the map; other groups cannot be dropped where only one id is mapped.
    return {"nsenter", "--preserve-credentials", "--user=" + namespaces + "user", "--mount=" + namespaces + "mnt", "--"};
}

std::string View::root_from_here() const
{
    return "/proc/" + std::to_string(process_) + "/root" + root();
}

} // namespace albs::sandbox
