// SPDX-License-Identifier: GPL-3.0-or-later
// --store: a bucket through which this run and its workers give each other the objects of their stores, where no file
// system is shared. S3 and what speaks like it.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "albs/crypto/request_signature.hpp"
#include "base/result.hpp"
#include "store/workspace.hpp"

namespace albs::build {

class SharedStore {
public:
    /// s3://BUCKET[/PREFIX]; keys, region and endpoint as the environment says (AWS_ACCESS_KEY_ID,
    /// AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL_S3…). Kind::usage for another URL,
    /// Kind::environment without keys. Asks no server.
    static Result<SharedStore> open(const std::string& url);
    SharedStore(SharedStore&&) noexcept;
    SharedStore& operator=(SharedStore&&) noexcept;
    ~SharedStore();

    /// Puts an object of ours there, unless one of that name and size is there. Errors are those of http::Library, or
    /// of the store.
    Status push(const store::Store& store, std::string_view sha256) const;
    /// Takes an object that our store lacks from there. Kind::input if it is not there, Kind::trust if its bytes are
    /// not what its name says.
    Status pull(store::Workspace& workspace, std::string_view sha256) const;

private:
    struct State;
    explicit SharedStore(std::unique_ptr<State> state);
    std::string address(std::string_view sha256) const;
    std::unique_ptr<State> state_;
};

} // namespace albs::build
