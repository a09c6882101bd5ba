// SPDX-License-Identifier: GPL-3.0-or-later
// A source package that somebody else made.
#include "base/format.hpp"
#include "base/url.hpp"
#include "http/library.hpp"
#include "rpm/library.hpp"
#include "signature.hpp"
#include "source_package.hpp"
#include "sources.hpp"
#include "sys/file.hpp"

namespace albs::fetch {

Result<FetchedSource> fetch_srpm(Session& session, const Request& request)
{
    ALBS_TRY(sys::TemporaryDirectory temporary, scratch(session));
    std::string path = request.text;
    if (request.form == Form::srpm_url) {
        path = temporary.path() + "/source.src.rpm";
        http::Options options;
        options.user_agent = "albs-fetch/" ALBS_VERSION;
        options.progress = [&](std::int64_t done, std::int64_t total) {
            session.context.messages.progress(sys::base_name(request.shown), done, total, "bytes");
        };
        ALBS_CHECK(http::library().download(request.text, path, {}, options));
    }
    FetchedSource fetched;
    Source& source = fetched.source;
    ALBS_TRY(rpm::Package package, rpm::library().read_package(path));
    const RpmInfo& info = package.info;
    if (info.arch != "src")
        return fail(Kind::input, "it is a binary package, " + info.nevra + ", and no source package");
    ALBS_CHECK(check_payload(path, info));
    ALBS_TRY(source.signature, judge_package(session, path, info));
    std::string name = format_text("{}-{}-{}.src.rpm", info.name, info.version, info.release);
    ALBS_TRY(fetched.srpm, session.workspace.store().add_artifact(path, name, "srpm"));
    fetched.srpm.rpm = info;
    source.kind = "srpm";
    source.name = info.name;
    source.id = info.name + "@srpm-" + std::string(fetched.srpm.sha256.view().substr(0, 12));
    if (request.form == Form::srpm_url)
        source.url = request.shown;
    source.srpm = fetched.srpm.sha256;
    source.source_date_epoch = source_date_epoch(package, package.build_time);
    return fetched;
}

} // namespace albs::fetch
