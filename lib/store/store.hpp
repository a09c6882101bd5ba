// SPDX-License-Identifier: GPL-3.0-or-later
// The content-addressed store: bytes are named by their SHA-256, written durably, verified on every read.
#pragma once
#include <string>
#include <string_view>

#include "albs/manifest/records.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"
#include "sys/hash_file.hpp"

namespace albs::store {

class Store {
public:
    /// root is made if need be.
    static Result<Store> open(const std::string& root);

    /// Copies (or hard-links, when the file is ours to keep) a file in. An object that is there already is verified and
    /// not written again. Objects are read-only (0444).
    Result<sys::FileDigest> put_file(const std::string& path);
    /// Moves in a file whose digest was taken while it was written, so that nothing is read again; a file of another
    /// file system is copied. The file is gone afterwards.
    Status adopt_file(const std::string& path, const sys::FileDigest& digest);
    Result<sys::FileDigest> put_bytes(std::string_view bytes);

    /// The path of an object whose bytes were just verified; do not write there. Kind::input when there is no such
    /// object, Kind::trust when its bytes are not what its name says.
    Result<std::string> path(std::string_view sha256) const;
    Result<std::string> read(std::string_view sha256) const;
    /// path(), and another digest of the same bytes (lower-case hex) from the same pass.
    struct Object {
        std::string path;
        std::string digest;
    };
    Result<Object> path(std::string_view sha256, Algorithm also) const;
    bool has(std::string_view sha256) const;

    /// put_file as an artifact record; rpm is left empty.
    Result<Artifact> add_artifact(const std::string& path, const std::string& name, const std::string& kind);
    /// Hard-links or copies the object to directory/name.
    Status lay_out(std::string_view sha256, const std::string& directory, const std::string& name) const;

private:
    explicit Store(std::string root) : root_(std::move(root)) {}
    Result<std::string> object_path(std::string_view sha256) const;
    std::string root_;
};

} // namespace albs::store
