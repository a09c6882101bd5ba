// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/package.hpp"

#include <cstdlib>
#include <mutex>
#include <rpm/header.h>
#include <rpm/rpmcrypto.h>
#include <rpm/rpmds.h>
#include <rpm/rpmlib.h>
#include <rpm/rpmlog.h>
#include <rpm/rpmmacro.h>
#include <rpm/rpmtd.h>
#include <rpm/rpmts.h>
#include <rpm/rpmver.h>

#include "albs/manifest/nevra.hpp"
#include "rpm/handles.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"
#include "sys/module.hpp"
#include "sys/readable.hpp"

namespace albs::rpm {
namespace {

std::string text(Header header, rpmTagVal tag)
{
    const char* value = headerGetString(header, tag);
    return value == nullptr ? "" : value;
}

OptionalString optional_text(Header header, rpmTagVal tag)
{
    const char* value = headerGetString(header, tag);
    return value == nullptr ? OptionalString() : OptionalString(value);
}

std::vector<std::int64_t> numbers(Header header, rpmTagVal tag)
{
    std::vector<std::int64_t> list;
    TagData data;
    if (headerGet(header, tag, data.get(), HEADERGET_EXT) == 1)
        while (rpmtdNext(data.get()) >= 0)
            list.push_back(static_cast<std::int64_t>(rpmtdGetNumber(data.get())));
    return list;
}

template <class T> T at(const std::vector<T>& list, std::size_t i)
{
    return i < list.size() ? list[i] : T();
}

std::vector<Dependency> dependencies(Header header, rpmTagVal names, rpmTagVal flags, rpmTagVal versions)
{
    std::vector<Dependency> list;
    std::vector<std::string> name = texts(header, names);
    std::vector<std::int64_t> flag = numbers(header, flags);
    std::vector<std::string> version = texts(header, versions);
    for (std::size_t i = 0; i < name.size(); ++i)
        list.push_back({name[i], static_cast<std::uint32_t>(at(flag, i)), at(version, i)});
    return list;
}

std::vector<File> files(Header header)
{
    std::vector<File> list;
    std::vector<std::string> path = texts(header, RPMTAG_FILENAMES);
    std::vector<std::string> digest = texts(header, RPMTAG_FILEDIGESTS);
    std::vector<std::int64_t> mode = numbers(header, RPMTAG_FILEMODES);
    std::vector<std::int64_t> size = numbers(header, RPMTAG_LONGFILESIZES);
    std::vector<std::int64_t> flags = numbers(header, RPMTAG_FILEFLAGS);
    std::vector<std::string> user = texts(header, RPMTAG_FILEUSERNAME);
    std::vector<std::string> group = texts(header, RPMTAG_FILEGROUPNAME);
    std::vector<std::string> link = texts(header, RPMTAG_FILELINKTOS);
    for (std::size_t i = 0; i < path.size(); ++i)
        list.push_back({path[i], at(digest, i), static_cast<std::uint32_t>(at(mode, i)) & 0xffffU, at(size, i),
                        static_cast<std::uint32_t>(at(flags, i)), at(user, i), at(group, i), at(link, i)});
    return list;
}

std::vector<Changelog> changelog(Header header)
{
    std::vector<Changelog> list;
    std::vector<std::int64_t> time = numbers(header, RPMTAG_CHANGELOGTIME);
    std::vector<std::string> author = texts(header, RPMTAG_CHANGELOGNAME);
    std::vector<std::string> entry = texts(header, RPMTAG_CHANGELOGTEXT);
    for (std::size_t i = 0; i < time.size(); ++i)
        list.push_back({time[i], at(author, i), at(entry, i)});
    return list;
}

std::string algorithm_name_of(std::int64_t number)
{
    switch (number) {
    case RPM_HASH_SHA256: return "sha256";
    case RPM_HASH_SHA384: return "sha384";
    case RPM_HASH_SHA512: return "sha512";
    case RPM_HASH_SHA1: return "sha1";
    default: return "md5";
    }
}

RpmInfo info_of(Header header)
{
    RpmInfo info;
    info.name = text(header, RPMTAG_NAME);
    std::vector<std::int64_t> epoch = numbers(header, RPMTAG_EPOCH);
    if (!epoch.empty())
        info.epoch = epoch[0];
    info.version = text(header, RPMTAG_VERSION);
    info.release = text(header, RPMTAG_RELEASE);
    info.arch = headerIsSource(header) == 1 ? "src" : text(header, RPMTAG_ARCH);
    info.nevra = nevra_of(info.name, info.epoch, info.version, info.release, info.arch);
    info.sourcerpm = optional_text(header, RPMTAG_SOURCERPM);
    info.header_sha256 = text(header, RPMTAG_SHA256HEADER);
    std::vector<std::string> payload = texts(header, RPMTAG_PAYLOADDIGEST);
    if (!payload.empty())
        info.payload_sha256 = payload[0];
    return info;
}

Package package_of(Header header)
{
    Package package;
    package.info = info_of(header);
    package.summary = text(header, RPMTAG_SUMMARY);
    package.description = text(header, RPMTAG_DESCRIPTION);
    package.license = text(header, RPMTAG_LICENSE);
    package.url = text(header, RPMTAG_URL);
    package.vendor = text(header, RPMTAG_VENDOR);
    package.packager = text(header, RPMTAG_PACKAGER);
    package.group = text(header, RPMTAG_GROUP);
    package.build_host = text(header, RPMTAG_BUILDHOST);
    package.build_time = at(numbers(header, RPMTAG_BUILDTIME), 0);
    package.installed_size = at(numbers(header, RPMTAG_LONGSIZE), 0);
    package.file_digest_algorithm = algorithm_name_of(at(numbers(header, RPMTAG_FILEDIGESTALGO), 0));
    package.payload_format = text(header, RPMTAG_PAYLOADFORMAT);
    package.payload_compressor = text(header, RPMTAG_PAYLOADCOMPRESSOR);
    package.provides = dependencies(header, RPMTAG_PROVIDENAME, RPMTAG_PROVIDEFLAGS, RPMTAG_PROVIDEVERSION);
    package.needs = dependencies(header, RPMTAG_REQUIRENAME, RPMTAG_REQUIREFLAGS, RPMTAG_REQUIREVERSION);
    package.conflicts = dependencies(header, RPMTAG_CONFLICTNAME, RPMTAG_CONFLICTFLAGS, RPMTAG_CONFLICTVERSION);
    package.obsoletes = dependencies(header, RPMTAG_OBSOLETENAME, RPMTAG_OBSOLETEFLAGS, RPMTAG_OBSOLETEVERSION);
    package.files = files(header);
    package.changelog = changelog(header);
    package.sources = texts(header, RPMTAG_SOURCE);
    package.patches = texts(header, RPMTAG_PATCH);
    package.excluded_arches = texts(header, RPMTAG_EXCLUDEARCH);
    package.exclusive_arches = texts(header, RPMTAG_EXCLUSIVEARCH);
    return package;
}

Result<HeaderHandle> read_header(const std::string& path)
{
    ALBS_CHECK(library().initialize());
    ALBS_CHECK(sys::check_regular(path));
    Transaction transaction(rpmtsCreate());
    // Header digest on, everything about the payload and signatures off: rpmReadPackageFile answers OK to a corrupt
    // payload and to an unsigned file whatever the flags, so that is verify's work.
    rpmtsSetVSFlags(transaction.get(),
                    RPMVSF_MASK_NOSIGNATURES | RPMVSF_NOPAYLOAD | RPMVSF_NOMD5 | RPMVSF_NOSHA1HEADER);
    Stream stream(Fopen(path.c_str(), "r.ufdio"));
    if (!stream || Ferror(stream.get()) != 0)
        return fail(Kind::environment, "cannot open '" + path + "': " + Fstrerror(stream.get()));
    Header raw = nullptr;
    rpmRC code = rpmReadPackageFile(transaction.get(), stream.get(), path.c_str(), &raw);
    HeaderHandle header(raw);
    if (!header || (code != RPMRC_OK && code != RPMRC_NOKEY && code != RPMRC_NOTTRUSTED))
        return fail(Kind::input, "'" + path + "' is not an RPM package, or it is damaged");
    return header;
}

int quiet(rpmlogRec, rpmlogCallbackData)
{
    return 0; // said through our errors; rpm's default prints some of it on stdout
}

} // namespace

Status Library::initialize() const
{
    static const bool good = [] {
        (void)rpmlogSetCallback(quiet, nullptr);
        // Only rpm's own configuration; ~/.rpmmacros of whoever runs us has no say.
        bool read = rpmReadConfigFiles(nullptr, nullptr) == 0;
        (void)rpmPushMacro(nullptr, "_dbpath", nullptr, "/nonexistent/albs-rpmdb", RMIL_CMDLINE);
        return read;
    }();
    if (!good)
        return fail(Kind::environment, "rpm's configuration cannot be read", "is rpm installed?");
    return {};
}

Result<Package> Library::read_package(const std::string& path) const
{
    ALBS_TRY(HeaderHandle header, read_header(path));
    return package_of(header.get());
}

Result<RpmInfo> Library::read_info(const std::string& path) const
{
    ALBS_TRY(HeaderHandle header, read_header(path));
    return info_of(header.get());
}

int Library::compare_evr(const RpmInfo& a, const RpmInfo& b) const
{
    std::int64_t first = a.epoch.value_or(0);
    std::int64_t second = b.epoch.value_or(0);
    if (first != second)
        return first < second ? -1 : 1;
    auto compare = [](const std::string& one, const std::string& other) {
        return rpmvercmp(one.c_str(), other.c_str());
    };
    int order = compare(a.version, b.version);
    return order != 0 ? order : compare(a.release, b.release);
}

bool Library::satisfies(const Dependency& provides, const Dependency& needs) const
{
    if (needs.version.empty())
        return provides.name == needs.name;
    auto single = [](rpmTagVal tag, const Dependency& one) {
        return DependencySet(rpmdsSingle(tag, one.name.c_str(), one.version.c_str(), one.flags));
    };
    DependencySet offered = single(RPMTAG_PROVIDENAME, provides);
    DependencySet wanted = single(RPMTAG_REQUIRENAME, needs);
    return rpmdsCompare(offered.get(), wanted.get()) != 0;
}

} // namespace albs::rpm

ALBS_DRIVER(rpm)
