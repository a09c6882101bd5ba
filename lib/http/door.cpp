// SPDX-License-Identifier: GPL-3.0-or-later
// What the tools link: the module is loaded at the first call (sys/module.hpp says why).
#include "http/table.hpp"
#include "sys/module.hpp"

namespace albs::http {
namespace {

const Table& library()
{
    return sys::module_table<Table>();
}

} // namespace

Result<std::string> get(const std::string& url, const Options& options)
{
    return library().get_(url, options);
}

Result<std::string> post(const std::string& url, const std::string& body, const std::string& content_type,
                         const Options& options)
{
    return library().post_(url, body, content_type, options);
}

Result<Response> exchange(const std::string& url, const std::string& body, const std::string& content_type,
                        const Options& options)
{
    return library().exchange_(url, body, content_type, options);
}

Result<DownloadResult> download(const std::string& url, const std::string& path, const ExpectedContent& expected,
                            const Options& options)
{
    return library().download_(url, path, expected, options);
}

Result<Fresh> get_if_changed(const std::string& url, const Validators& known, const Options& options)
{
    return library().get_if_changed_(url, known, options);
}

} // namespace albs::http
