// SPDX-License-Identifier: GPL-3.0-or-later
// A source package that somebody else made.
#include "base/format.hpp"
#include "base/time.hpp"
#include "base/url.hpp"
#include "debrand.hpp"
#include "http/library.hpp"
#include "rpm/library.hpp"
#include "signature.hpp"
#include "sources.hpp"
#include "sys/file.hpp"
#include "upstream.hpp"

namespace albs::fetch {

Result<FetchedSource> fetch_srpm(Session& session, const Request& request)
{
    ALBS_TRY(sys::TemporaryDirectory temporary, scratch(session));
    std::string path = request.text;
    const store::Store& store = session.workspace.store();
    if (request.recorded && store.has(content_of(*request.recorded))) {
        ALBS_TRY(path, store.path(content_of(*request.recorded)));
    } else if (request.recorded && request.form == Form::srpm_file) {
        return fail(Kind::input, "it was a file, and is not in the store",
                    "name the workspace that has it with --workspace, or fetch the file itself");
    } else if (request.form == Form::srpm_url) {
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
    auto read = rpm::library().read_package(path);
    if (!read) {
        if (request.form == Form::srpm_file)
            read.error().hint =
                "a source is a URL, a directory with a spec file, a source package or a module template; "
                "--from FILE reads the sources of a list or of a manifest";
        return tl::unexpected(std::move(read).error());
    }
    const rpm::Package package = *std::move(read);
    const RpmInfo& info = package.info;
    if (info.arch != "src")
        return fail(Kind::input, "it is a binary package, " + info.nevra + ", and no source package");
    ALBS_CHECK(rpm::check_payload(path, info));
    ALBS_TRY(source.signature, judge_package(session, path, info));
    ALBS_TRY(fetched.content, session.workspace.store().add_artifact(path, rpm::source_file_name(package), "srpm"));
    fetched.content.rpm = info;
    source.kind = "srpm";
    source.name = info.name;
    source.id = info.name + "@srpm-" + std::string(fetched.content.sha256.view().substr(0, 12));
    if (request.form == Form::srpm_url)
        source.url = request.shown;
    source.srpm = fetched.content.sha256;
    ALBS_CHECK(refuse_unsigned_upstream(session, source));
    ALBS_CHECK(debrand(session, {request, {}, {}}, fetched));
    ALBS_TRY(std::optional<Seconds> fixed, given_source_date_epoch());
    source.source_date_epoch = fixed.value_or(rpm::changelog_time(package).value_or(package.build_time));
    return fetched;
}

} // namespace albs::fetch
