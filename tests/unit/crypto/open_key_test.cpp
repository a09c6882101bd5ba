// SPDX-License-Identifier: GPL-3.0-or-later
// Keys in files of their owner, and what is asked for them. Of: open_key, token
#include <doctest/doctest.h>

#include <vector>

#include "albs/crypto/open_key.hpp"
#include "albs/crypto/token.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;

namespace {

struct KeyFile {
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("key-test");
    std::string path = directory.path() + "/key";
    PrivateKey key = *PrivateKey::generate(KeyType::p256);

    void write(const std::string& text, unsigned mode = 0600) const { REQUIRE(sys::write_file(path, text, mode)); }
};

// Gives these in turn, and counts.
struct Answers {
    std::vector<std::string> given;
    std::vector<PassphraseRequest> requests = {};

    AskPassphrase ask()
    {
        return [this](const PassphraseRequest& request) -> Result<std::optional<std::string>> {
            requests.push_back(request);
            if (requests.size() > given.size())
                return std::optional<std::string>();
            return std::optional(given[requests.size() - 1]);
        };
    }
};

} // namespace

TEST_CASE("open_key: what only the owner can read is opened, and signs as the key that was written")
{
    KeyFile file;
    file.write(file.key.pem());
    auto opened = open_key(file.path, KeyType::p256, {});
    REQUIRE(opened);
    CHECK(file.key.public_key().verify("text", *opened->sign("text")));
    CHECK(open_key(file.path, KeyType::ed25519, {}).error().kind == Kind::input);
    for (unsigned mode : {0640U, 0604U, 0620U, 0602U, 0644U, 0601U}) {
        file.write(file.key.pem(), mode);
        auto refused = open_key(file.path, KeyType::p256, {});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == Kind::environment);
        CHECK(refused.error().message.find("are too open") != std::string::npos);
    }
    auto of_directory = open_key(file.directory.path(), KeyType::p256, {});
    REQUIRE_FALSE(of_directory);
    CHECK(of_directory.error().kind == Kind::input);
    CHECK(of_directory.error().message == "'" + file.directory.path() + "' is a directory, and no regular file");
    CHECK(open_key(file.path + ".missing", KeyType::p256, {}).error().kind == Kind::environment);
    for (const char* text : {"", "text", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"}) {
        file.write(text);
        CHECK(open_key(file.path, KeyType::p256, {}).error().kind == Kind::input);
    }
}

TEST_CASE("open_key: a passphrase is asked for until it fits, or there is no other")
{
    KeyFile file;
    std::string pem = file.key.pem("secret");
    CHECK(pem.find("BEGIN ENCRYPTED PRIVATE KEY") != std::string::npos);
    CHECK_FALSE(is_plain_key(pem));
    CHECK(is_plain_key(file.key.pem()));
    file.write(pem);
    Answers second{.given = {"wrong", "secret"}};
    auto opened = open_key(file.path, KeyType::p256, second.ask());
    REQUIRE(opened);
    CHECK(opened->public_key().spki() == file.key.public_key().spki());
    REQUIRE(second.requests.size() == 2);
    CHECK(second.requests[1].attempt == 1);
    CHECK(second.requests[1].subject == file.path);
    CHECK_FALSE(second.requests[1].is_pin);
    Answers none{.given = {"wrong", "", std::string(5000, 'x')}};
    auto refused = open_key(file.path, KeyType::p256, none.ask());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == Kind::environment);
    CHECK(refused.error().message == "wrong passphrase for '" + file.path + "'");
    CHECK(open_key(file.path, KeyType::p256, {}).error().message.find("nobody to ask") != std::string::npos);
    auto broken =
        open_key(file.path, KeyType::p256, [](const PassphraseRequest&) -> Result<std::optional<std::string>> {
            return fail(Kind::temporary, "later");
        });
    CHECK(broken.error().message == "later");
}

TEST_CASE("open_key: a file of the ledger may name another place, once")
{
    KeyFile file;
    file.write(file.key.pem());
    std::string place = file.path + ".place";
    REQUIRE(sys::write_file(place, file.path + "\n", 0600));
    CHECK(open_key_file(place, KeyType::p256, {}));
    CHECK(open_key_file(file.path, KeyType::p256, {}));
    CHECK_FALSE(open_key(place, KeyType::p256, {}));
    std::string again = place + ".again";
    REQUIRE(sys::write_file(again, place + "\n", 0600));
    CHECK(open_key_file(again, KeyType::p256, {}).error().kind == Kind::input);
    CHECK_FALSE(is_plain_key(place + "\n"));
    CHECK_FALSE(is_plain_key("pkcs11:object=x\n"));
    CHECK(*key_reference("pkcs11:object=x") == "pkcs11:object=x");
    CHECK(key_reference("pkcs11:object=x?pin-value=1").error().kind == Kind::usage);
    CHECK(key_reference("a\nb").error().kind == Kind::usage);
    CHECK(key_reference("key")->starts_with('/'));
}

TEST_CASE("open_key: a token that is not there is an error, and nothing is asked for it")
{
    Answers answers{.given = {"1234"}};
    auto missing = open_token_key("pkcs11:token=no-such-token;object=none", answers.ask());
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == Kind::environment);
    CHECK(answers.requests.empty());
}
