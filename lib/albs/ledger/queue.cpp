// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/queue.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <iterator>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "albs/ledger/state.hpp"
#include "base/digest.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

constexpr std::size_t max_queued_files = 256; // that one commit takes along

std::string queue_directory(const std::string& directory)
{
    return state_path(directory, "queue");
}

} // namespace

bool is_locked(const std::string& directory)
{
    Result<sys::FileLock> lock = sys::FileLock::shared(state_path(directory, "lock"), 0);
    return !lock && lock.error().kind == Kind::temporary;
}

std::string queue_terms(const LogSettings& settings, const std::string& policy)
{
    return sha256(settings.text() + policy).hex();
}

// The bytes are those of a frame, whose checksum says whether all of them are there.
Result<QueuedStatements> QueuedStatements::leave(const std::string& directory, const std::string& terms,
                                                 const std::vector<JournalEntry>& signed_statements)
{
    std::string bytes = write_frame({.first = 0, .entries = signed_statements, .root = {}});
    if (signed_statements.empty() || signed_statements.size() > max_queued_entries || bytes.size() > max_queued_bytes)
        return fail(Kind::usage, "nothing to leave in the queue of a ledger, or too much");
    const std::string queue = queue_directory(directory);
    if (::mkdir(queue.c_str(), 0700) != 0 && errno != EEXIST)
        return sys::system_error("cannot make", queue);
    std::string path = queue + "/" + terms + ".XXXXXX";
    sys::Fd file(::mkostemp(path.data(), O_CLOEXEC));
    if (!file)
        return sys::system_error("cannot make a file in", queue);
    QueuedStatements left(std::move(path), std::move(file));
    // Whoever looks before that takes it for a dead one's, and removes it.
    if (::flock(left.file_.get(), LOCK_EX | LOCK_NB) != 0)
        return sys::system_error("cannot lock", left.path_);
    ALBS_CHECK(sys::write_all(left.file_.get(), bytes, left.path_));
    return left;
}

QueuedStatements::~QueuedStatements()
{
    if (file_)
        (void)::unlink(path_.c_str());
}

std::vector<JournalEntry> statements_in_queue(const std::string& directory, const std::string& terms)
{
    std::vector<JournalEntry> found;
    std::size_t taken = 0;
    for (const std::string& name :
         sys::list_directory(queue_directory(directory)).value_or(std::vector<std::string>())) {
        const std::string path = queue_directory(directory) + "/" + name;
        sys::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
        if (!file)
            continue;
        if (::flock(file.get(), LOCK_SH | LOCK_NB) == 0) {
            (void)::unlink(path.c_str());
            continue;
        }
        if (!name.starts_with(terms + ".") || taken == max_queued_files)
            continue;
        Result<std::string> bytes = sys::read_all(file.get(), path, max_queued_bytes);
        std::string_view rest = bytes ? std::string_view(*bytes) : std::string_view();
        Result<Frame> frame = take_frame(rest);
        if (!frame || frame->entries.size() > max_queued_entries) // it is being written still
            continue;
        ++taken;
        std::move(frame->entries.begin(), frame->entries.end(), std::back_inserter(found));
    }
    return found;
}

} // namespace albs
