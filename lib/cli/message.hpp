// SPDX-License-Identifier: GPL-3.0-or-later
// What people read, on stderr: "albs-sign: error: cannot open 'x.rpm': Permission denied", or one JSON object a line.
#pragma once
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace albs::cli {

class Messages {
public:
    explicit Messages(std::string tool) : tool_(std::move(tool)) {}
    void configure(bool quiet, bool verbose, bool json);

    void error(const Error& error);
    /// about is the package (NEVRA, source or task id) that the message is about; may be empty.
    void warning(std::string_view text, std::string_view about = {});
    void warning(const Error& error, std::string_view about);      ///< of something that the rest does not suffer from
    void note(std::string_view text, std::string_view about = {}); ///< one line per thing done; not with -q
    void detail(std::string_view text, std::string_view about = {}); ///< only with -v
    /// Whether there is somebody to draw for: stderr is a terminal that can do it, and neither -q nor JSON was given.
    bool draws() const;
    /// Lines below all messages, in place of those that were there; nothing where nothing is drawn (live_lines.hpp).
    void show(std::vector<std::string> lines);
    /// "WHAT: done of total", below those; for work that is counted.
    void progress(std::string_view what, std::int64_t done, std::int64_t total, std::string_view unit = {});
    /// Removes all that is drawn.
    void clear();
    /// The last line of --log-format=json: {"level":"exit","status":n}.
    void finish(int status);

private:
    void line(std::string_view level, std::string_view text, std::string_view about, std::string_view hint = {},
              std::string_view code = {});
    void draw();
    std::string tool_;
    bool quiet_ = false;
    bool verbose_ = false;
    bool json_ = false;
    std::vector<std::string> shown_;
    std::string counted_;
    std::map<std::string, std::int64_t, std::less<>> counts_begun_; ///< by what is counted, in monotonic ms
    std::int64_t count_drawn_ = 0;
    std::mutex mutex_;
};

/// What is left of a count of work that took elapsed_ms so far: "3/17 packages, 12/s, 1 s left". No rate below one a
/// second; no time left where the total is not known.
std::string told_count(std::int64_t done, std::int64_t total, std::string_view unit, std::int64_t elapsed_ms);

} // namespace albs::cli
