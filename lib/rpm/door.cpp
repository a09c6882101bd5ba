// SPDX-License-Identifier: GPL-3.0-or-later
// What the tools link: the module is loaded at the first call (sys/module.hpp says why).
#include "rpm/table.hpp"
#include "sys/hash_file.hpp"
#include "sys/module.hpp"

namespace albs::rpm {
namespace {

const Table& library()
{
    return sys::module_table<Table>();
}

} // namespace

Status initialize()
{
    return library().initialize_();
}

Result<Package> read_package(const std::string& path)
{
    return library().read_package_(path);
}

Result<RpmInfo> read_info(const std::string& path)
{
    return library().read_info_(path);
}

Result<Layout> read_layout(const std::string& path)
{
    return library().read_layout_(path);
}

Result<std::int64_t> header_length(int fd, std::int64_t offset, const std::string& path)
{
    return library().header_length_(fd, offset, path);
}

int compare_evr(const RpmInfo& a, const RpmInfo& b)
{
    return library().compare_evr_(a, b);
}

bool satisfies(const Dependency& provides, const Dependency& needs)
{
    return library().satisfies_(provides, needs);
}

Result<std::vector<PackageSignature>> read_signatures(const std::string& path)
{
    return library().read_signatures_(path);
}

Result<Signable> hash_for_signing(const std::string& path)
{
    return library().hash_for_signing_(path);
}

Status write_signed(const std::string& from, const std::string& to, const std::vector<PackageSignature>& signatures)
{
    return library().write_signed_(from, to, signatures);
}

Status write_unsigned(const std::string& from, const std::string& to)
{
    return library().write_unsigned_(from, to);
}

Result<sys::FileDigest> digest_unsigned(const std::string& path)
{
    return library().digest_unsigned_(path);
}

Result<Keyring> Keyring::read(const std::string& path)
{
    return library().keyring_read_(path);
}

Result<Keyring> Keyring::parse(std::string_view certificates)
{
    return library().keyring_parse_(certificates);
}

Result<Verdict> verify_signature(const std::string& path, const Keyring& keyring)
{
    return library().verify_signature_(path, keyring);
}

Result<Difference> compare(const std::string& first, const std::string& second)
{
    return library().compare_(first, second);
}

std::string verdict_name(Difference::Verdict verdict)
{
    return library().verdict_name_(verdict);
}

Result<std::vector<std::string>> rpmlib_features()
{
    return library().rpmlib_features_();
}

std::string Dependency::text() const
{
    return (this->*library().dependency_text_)();
}

} // namespace albs::rpm
