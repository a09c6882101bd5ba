// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/first_process.hpp"

#include <chrono>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>

#include "albs/json/value.hpp"
#include "sys/file.hpp"
#include "sys/pipe.hpp"

namespace albs::sandbox {
namespace {

constexpr int info_descriptor = 8;
constexpr std::size_t max_info = 65536;
constexpr int max_tries = 5000;

/// Of {"child-pid": N}, as this program sees it.
pid_t id_in(const std::string& text)
{
    auto info = read_json(text);
    const Json* id = info ? info->find("child-pid") : nullptr;
    return id != nullptr && id->integer() ? static_cast<pid_t>(*id->integer()) : -1;
}

} // namespace

Result<FirstProcess> FirstProcess::expect()
{
    [[maybe_unused]] static const int adopts = ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    ALBS_TRY(sys::Pipe pipe, sys::make_pipe());
    return FirstProcess(std::move(pipe.read), std::move(pipe.write));
}

std::vector<std::string> FirstProcess::arguments()
{
    return {"--info-fd", std::to_string(info_descriptor)};
}

std::pair<int, int> FirstProcess::descriptor() const
{
    return {write_.get(), info_descriptor};
}

std::optional<ProcessUse> FirstProcess::wait()
{
    write_ = sys::Fd();
    auto text = sys::read_all(read_.get(), "bubblewrap", max_info);
    const pid_t process = text ? id_in(*text) : -1;
    if (process <= 0)
        return std::nullopt;
    struct rusage used {};
    int status = 0;
    pid_t taken = 0;
    // The kernel kills it, and all below it, when bubblewrap ends.
    for (int tries = 0; taken == 0 && tries < max_tries; ++tries) {
        taken = ::wait4(process, &status, WNOHANG, &used);
        if (taken == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (taken != process) // where another program adopts orphans, it is that one's
        return std::nullopt;
    return ProcessUse{(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
                          (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000,
                      std::int64_t{used.ru_maxrss} * 1024};
}

} // namespace albs::sandbox
