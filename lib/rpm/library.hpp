// SPDX-License-Identifier: GPL-3.0-or-later
// What librpm does for us, as sys/module.hpp explains.
#pragma once
#include "rpm/compare.hpp"
#include "rpm/decompress.hpp"
#include "rpm/elf_file.hpp"
#include "rpm/file_reader.hpp"
#include "rpm/package.hpp"
#include "rpm/privileges.hpp"
#include "rpm/signature.hpp"
#include "rpm/verify.hpp"

namespace albs::rpm {

class Library {
public:
    /// librpm with our settings: no rpmdb of the machine, no configuration of the user, no output on stdout. Safe to
    /// call from everywhere; done once.
    virtual Status initialize() const;
    /// Reads and decodes a package's header; the header's own digest is checked, the payload and signatures are not
    /// (see verify_signature). Kind::input for a file that is no RPM or is damaged.
    virtual Result<Package> read_package(const std::string& path) const;
    /// The identity part only.
    virtual Result<RpmInfo> read_info(const std::string& path) const;
    /// rpm's order of versions (rpmvercmp over epoch, version, release): below, equal to or above zero.
    virtual int compare_evr(const RpmInfo& a, const RpmInfo& b) const;
    /// Whether what a package provides satisfies a need of the same name: the ranges of versions overlap.
    virtual bool satisfies(const Dependency& provides, const Dependency& needs) const;
    /// What this machine's librpm can do, as packages ask for it: "rpmlib(PayloadIsZstd) = 5.4.18-1" and the like.
    virtual Result<std::vector<std::string>> rpmlib_features() const;

    /// Compares two package files. Kind::input for a file that is no RPM.
    virtual Result<Difference> compare(const std::string& first, const std::string& second) const;

    /// What a build can see of a package that is in its root, in sorted lines: name, version and architecture, what it
    /// provides, requires, conflicts with and obsoletes, its scripts, each file with its digest, and each shared
    /// library with its soname and the digest of the symbols that it exports, instead of its contents. Its release, its
    /// documentation and what is for debuggers are not part of it. Kind::input for a damaged file.
    virtual Result<std::vector<std::string>> read_interface(const std::string& path) const;

    /// Every OpenPGP signature in the file, those of rpm 6 too; none is proved. One that cannot be read there has no
    /// issuer. Kind::input for what is no package, or no signature where rpm 4 has it.
    virtual Result<std::vector<PackageSignature>> read_signatures(const std::string& path) const;
    /// Checks the digests of header and payload on the way: Kind::input when the file is damaged.
    /// header_alone: the payload is not read where the header has its digest, so that nothing is said of it.
    virtual Result<Signable> hash_for_signing(const std::string& path, bool header_alone = false) const;
    /// Writes from, with exactly these signatures, to a new file to (whoever keeps it syncs it). At most one of each:
    /// v3 or v4, RSA or not, else Kind::usage.
    virtual Result<sys::FileDigest> write_signed(const std::string& from, const std::string& to,
                                                 const std::vector<PackageSignature>& signatures) const;
    /// What stands before the payload of the signed file is, without signatures, that of the other file. With a payload
    /// that both headers name by its digest, the one is then made from the other.
    virtual Result<bool> is_head_of(const std::string& built, const std::string& signed_file) const;
    /// The file without signatures, and with the room for them as rpmbuild had reserved it: the built file, if that is
    /// proven. It is where wanted is its SHA-256 (lower-case hex); where that is empty, if the file itself leaves no
    /// doubt about the room.
    virtual Result<Unsigned> digest_unsigned(const std::string& path, std::string_view wanted = {}) const;
    /// The same, and writes it to a new file to, only if it is proven.
    virtual Result<Unsigned> write_unsigned(const std::string& from, const std::string& to,
                                            std::string_view wanted = {}) const;

    /// Where a package has bytes that are not zero in what is free: the lead behind the name, the room that is reserved
    /// for signatures, the padding of the signature header. No digest and no signature covers these. In words.
    virtual Result<std::vector<std::string>> used_free_bytes(const std::string& path) const;

    /// Writes what a compressed file holds (by the ending of its name: packings) to a new file. Kind::input if
    /// it is damaged, or holds more than limit (bytes).
    virtual Status decompress(const std::string& from, const std::string& to, std::int64_t limit) const;

    /// A file of one or more certificates, armoured or binary. Kind::environment if it cannot be read, Kind::input if
    /// it holds no key that librpm can use.
    virtual Result<Keyring> read_keyring(const std::string& path) const;
    virtual Result<Keyring> parse_keyring(std::string_view certificates) const;
    /// Good: header and payload are what their digests say, header and payload are covered by a signature, and every
    /// signature in the file was made by a key of the keyring. A damaged file, or one that is no package, is a verdict
    /// too; Kind::environment only if it cannot be read.
    virtual Result<Verdict> verify_signature(const std::string& path, const Keyring& keyring) const;

    /// The files of a package in the order of its payload, which is read once. Kind::input for a damaged file.
    virtual Status read_files(const std::string& path, const TakeFile& take) const;
    /// The scripts and triggers of a package, and the capabilities of its files. Kind::input as in read_package().
    virtual Result<Privileges> read_privileges(const std::string& path) const;
    /// The first bytes of a file, or all of it, as an ELF file; nothing for what is none. What lies behind them is
    /// missing in it.
    virtual std::optional<ElfFile> read_elf(std::string_view file) const;
    /// What compressed bytes hold, by the ending of the name of their file. Kind::input as in decompress().
    virtual Result<std::string> decompress_bytes(std::string_view bytes, std::string_view ending,
                                                 std::size_t limit) const;
};
const Library& library();

} // namespace albs::rpm
