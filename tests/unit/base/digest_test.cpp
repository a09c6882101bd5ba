// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/digest.hpp"

#include <doctest/doctest.h>
#include <thread>
#include <vector>

#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/temporary.hpp"

using albs::Algorithm;
using albs::Digest;
using albs::Hasher;

TEST_CASE("digest: the examples of FIPS 180 and RFC 1321")
{
    CHECK(albs::sha256("").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(albs::sha256("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const std::pair<Algorithm, std::string_view> abc[] = {
        {Algorithm::md5, "900150983cd24fb0d6963f7d28e17f72"},
        {Algorithm::sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {Algorithm::sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {Algorithm::sha384,
         "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"},
        {Algorithm::sha512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3"
                            "feebbd454d4423643ce80e2a9ac94fa54ca49f"}};
    for (auto [algorithm, hex] : abc) {
        Hasher hasher(algorithm);
        hasher.update("a");
        hasher.update("");
        hasher.update("bc");
        CHECK(hasher.finish_hex() == hex);
        // After finish() it is as new.
        hasher.update("abc");
        CHECK(hasher.finish_hex() == hex);
        CHECK(*albs::parse_algorithm(albs::algorithm_name(algorithm)) == algorithm);
    }
    CHECK(*albs::parse_algorithm("SHA512") == Algorithm::sha512);
    for (std::string_view bad : {"", "sha", "sha3", "sha256 ", "crc32"})
        CHECK(!albs::parse_algorithm(bad));
}

TEST_CASE("digest: only 64 lower-case digits are a SHA-256")
{
    std::string good(64, 'a');
    CHECK(Digest::parse(good)->hex() == good);
    for (const std::string& bad : {std::string(), std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'A'),
                                   std::string(64, 'g'), std::string(63, 'a') + "\n", " " + std::string(63, 'a')})
        CHECK(!Digest::parse(bad));
    CHECK(!Digest::from_bytes({}));
    CHECK(Digest().hex() == std::string(64, '0'));
    CHECK(*Digest::parse(good) > Digest());
}

TEST_CASE("digest: files of every size around the buffer's, in one pass")
{
    auto directory = *albs::sys::TemporaryDirectory::make("digest");
    std::string path = directory.path() + "/fäil";
    for (std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{262143}, std::size_t{262144},
                             std::size_t{262145}, std::size_t{1000000}}) {
        std::string bytes(size, 'x');
        REQUIRE(albs::sys::write_file(path, bytes));
        auto digest = albs::sys::digest_file(path);
        REQUIRE(digest);
        CHECK(digest->size == static_cast<std::int64_t>(size));
        CHECK(digest->sha256 == albs::sha256(bytes));
        CHECK(*albs::sys::digest_file(path, Algorithm::sha256) == digest->sha256.hex());
    }
    auto missing = albs::sys::digest_file(directory.path() + "/none");
    REQUIRE(!missing);
    CHECK(missing.error().kind == albs::Kind::environment);
    CHECK(missing.error().message.find("/none': No such file or directory") != std::string::npos);
    CHECK(!albs::sys::digest_file(directory.path()));
}

TEST_CASE("digest: threads do not share a hasher")
{
    std::vector<std::thread> threads;
    std::vector<std::string> results(8);
    for (std::size_t i = 0; i < results.size(); ++i)
        threads.emplace_back([&, i] {
            for (int k = 0; k < 500; ++k)
                results[i] = albs::sha256(std::string(i, 'a')).hex();
        });
    for (std::thread& thread : threads)
        thread.join();
    for (std::size_t i = 0; i < results.size(); ++i)
        CHECK(results[i] == albs::sha256(std::string(i, 'a')).hex());
}
