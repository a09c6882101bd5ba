// SPDX-License-Identifier: GPL-3.0-or-later
// What people read, on stderr: "albs-sign: error: cannot open 'x.rpm': Permission denied", or one JSON object a line.
#pragma once
#include <mutex>
#include <string>
#include <string_view>

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
    /// "WHAT: done of total", rewritten in place; only when stderr is a terminal, not with -q or JSON.
    void progress(std::string_view what, std::int64_t done, std::int64_t total, std::string_view unit = {});
    /// The last line of --log-format=json: {"level":"exit","status":n}.
    void finish(int status);

private:
    void line(std::string_view level, std::string_view text, std::string_view about, std::string_view hint = {},
              std::string_view code = {});
    void clear_progress();
    std::string tool_;
    bool quiet_ = false;
    bool verbose_ = false;
    bool json_ = false;
    bool progress_shown_ = false;
    std::int64_t progress_started_ = 0;
    std::int64_t progress_drawn_ = 0;
    std::string progress_what_;
    std::mutex mutex_;
};

} // namespace albs::cli
