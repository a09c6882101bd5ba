// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/audit/audit.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "albs/audit/bundle.hpp"
#include "albs/audit/private_state.hpp"
#include "albs/audit/status_lists.hpp"
#include "albs/ledger/settings.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"
#include "sys/file.hpp"
#include "sys/parallel.hpp"

namespace albs {
namespace {

constexpr std::uint64_t at_once = 16; // bundles

struct FirstBytes {
    std::size_t operator()(const Digest& digest) const
    {
        std::size_t value = 0;
        std::memcpy(&value, digest.bytes().data(), sizeof value);
        return value;
    }
};

class Auditor {
public:
    Auditor(const Fetch& fetch, const Policy& policy, std::string directory)
        : fetch_(fetch), policy_(policy), directory_(std::move(directory))
    {
    }

    Result<Audit> run(const std::function<void(std::uint64_t, std::uint64_t)>& progress)
    {
        ALBS_TRY(std::string note, fetch("checkpoint"));
        Result<Checkpoint> checkpoint = policy_.open(note);
        if (!checkpoint) {
            // Its words may still say how much there is to look at.
            Result<Checkpoint> claimed = Note::parse(note).and_then(
                [](const auto& value) -> tl::expected<Checkpoint, Error> { return Checkpoint::parse(value.text); });
            // Another key, or witnesses that did not cosign yet: nobody has falsified anything.
            if (claimed && checkpoint.error().kind == Kind::input)
                return tl::unexpected<Error>(std::move(checkpoint).error());
            complain("checkpoint: " + checkpoint.error().message);
            checkpoint = std::move(claimed);
        }
        if (!checkpoint)
            return audit_;
        size_ = checkpoint->size;
        read_settings();
        std::uint64_t bundles = size_ / tile_width + (size_ % tile_width == 0 ? 0 : 1);
        for (std::uint64_t first = 0; first < bundles; first += at_once) {
            check_bundles(first, std::min(at_once, bundles - first));
            if (progress)
                progress(std::min(size_, (first + at_once) * tile_width), size_);
        }
        if (whole_ && range_.root() != checkpoint->root)
            complain("checkpoint: the entries have another root than it signs");
        if (whole_)
            check_tiles();
        if (!directory_.empty())
            check_directory();
        if (unanswered_)
            return tl::unexpected<Error>(*unanswered_);
        audit_.withheld = has_statements_ && whole_ ? audit_.entries - audit_.statements : 0;
        return audit_;
    }

private:
    void complain(std::string what) { audit_.problems.push_back(std::move(what)); }
    // Not there is less than wrong.
    void complain_of(const std::string& path, const Error& error)
    {
        (error.kind == Kind::input ? audit_.missing : audit_.problems).push_back(path + ": " + error.message);
    }

    // What a server cannot give now is neither withheld nor inconsistent: nothing can be said of the log then, and
    // nothing more is asked for.
    Result<std::string> fetch(const std::string& path)
    {
        if (unanswered_)
            return tl::unexpected<Error>(*unanswered_);
        Result<std::string> bytes = fetch_(path);
        if (!bytes && bytes.error().kind == Kind::temporary)
            unanswered_ = bytes.error();
        return bytes;
    }

    void read_settings()
    {
        Result<std::string> text = fetch("log.json");
        Result<LogSettings> settings = text.and_then(
            [](const auto& value) -> tl::expected<LogSettings, Error> { return LogSettings::parse(value); });
        if (!settings) {
            // Logs of others have no such file.
            if (text || (!directory_.empty() && sys::exists(directory_ + "/.state/journal")))
                text ? complain("log.json: " + settings.error().message) : complain_of("log.json", text.error());
            return;
        }
        has_statements_ = true;
        keys_ = settings->statement_keys;
        bool known = std::any_of(policy_.logs().begin(), policy_.logs().end(), [&](const Policy::Log& log) {
            return log.key.name == settings->origin &&
                   std::find(settings->vkeys.begin(), settings->vkeys.end(), log.key.text()) != settings->vkeys.end();
        });
        if (!known)
            complain("log.json: names another log or another key than the one to trust");
        check_vkey(*settings);
    }

    void check_vkey(const LogSettings& settings)
    {
        Result<std::string> vkey = fetch("log.vkey");
        if (!vkey)
            return complain_of("log.vkey", vkey.error());
        // A change of keys replaces log.json first; if it is interrupted there, the next command of the writer goes on.
        if (is_vkey_file(*vkey, settings, 0) || is_vkey_file(*vkey, settings, 1))
            return;
        // The keys may have changed between the two files.
        Result<std::string> text = fetch("log.json");
        Result<LogSettings> by_now = text.and_then(
            [](const auto& value) -> tl::expected<LogSettings, Error> { return LogSettings::parse(value); });
        if (by_now && by_now->vkeys.front() != settings.vkeys.front())
            return check_vkey(*by_now);
        complain("log.vkey: is not the key that log.json names");
    }

    // Fetching is the caller's business and done one by one; hashes and signatures take all cores.
    void check_bundles(std::uint64_t first, std::uint64_t count)
    {
        std::vector<AuditedBundle> bundles(count);
        for (std::uint64_t i = 0; i < count; ++i)
            fetch_bundle(first + i, bundles[i]);
        sys::in_parallel(count, 1, sys::cores(), [&](std::size_t i) { check_bundle(bundles[i], keys_); });
        for (AuditedBundle& bundle : bundles)
            take_over(bundle);
    }

    void fetch_bundle(std::uint64_t number, AuditedBundle& bundle)
    {
        bundle.number = number;
        bundle.width = tile_width_at(0, number, size_);
        bundle.path = {.entries = true, .number = number, .width = bundle.width};
        bundle.bytes = fetch(bundle.path.text());
        if (!bundle.bytes && bundle.bytes.error().kind == Kind::input && bundle.width < tile_width) {
            bundle.path.width = tile_width;
            bundle.bytes = fetch(bundle.path.text());
        }
        if (!bundle.bytes)
            complain_of(TilePath{.entries = true, .number = number, .width = bundle.width}.text(),
                        bundle.bytes.error());
        Result<std::string> statements = fetch(attestations_path(number));
        if (!statements && statements.error().kind != Kind::input)
            complain(attestations_path(number) + ": " + statements.error().message);
        bundle.statements = statements ? std::move(*statements) : std::string();
    }

    void take_over(AuditedBundle& bundle)
    {
        whole_ = whole_ && bundle.whole;
        audit_.entries += bundle.leaves.size();
        audit_.statements += bundle.stated;
        for (std::string& problem : bundle.problems)
            complain(std::move(problem));
        for (const Digest& leaf : bundle.leaves)
            range_.append(leaf, [&](NodeId id, const Digest& hash) {
                if (id.level % 8 == 0)
                    levels_[id.level / 8].push_back(hash);
            });
        lists_.take(bundle, nodes(), audit_.problems);
        for (std::size_t i = 0; i < bundle.keys.size(); ++i)
            if (bundle.keys[i]) {
                std::uint64_t index = bundle.number * tile_width + i;
                auto [first, added] = seen_.emplace(*bundle.keys[i], index);
                if (!added)
                    complain("entry " + std::to_string(index) + ": repeats entry " + std::to_string(first->second));
            }
    }

    std::string tile_bytes(unsigned level, std::uint64_t number, std::uint64_t width) const
    {
        std::string bytes;
        for (std::uint64_t i = 0; i < width; ++i)
            bytes += as_text(levels_[level][number * tile_width + i].bytes());
        return bytes;
    }

    void check_tiles()
    {
        for (unsigned level = 0; level <= max_tile_level; ++level)
            for (std::uint64_t number = 0; tile_width_at(level, number, size_) > 0; ++number) {
                std::uint64_t width = tile_width_at(level, number, size_);
                TilePath path{.level = level, .number = number, .width = width};
                Result<std::string> bytes = fetch(path.text());
                if (!bytes && bytes.error().kind == Kind::input && width < tile_width) {
                    path.width = tile_width;
                    bytes = fetch(path.text());
                }
                if (!bytes)
                    complain_of(TilePath{.level = level, .number = number, .width = width}.text(), bytes.error());
                else if (bytes->size() != path.width * Digest::size ||
                         bytes->substr(0, width * Digest::size) != tile_bytes(level, number, width))
                    complain(path.text() + ": is not what the entries give");
            }
    }

    // Older partial tiles and bundles are served to who holds an older checkpoint.
    void check_stored(const std::string& name)
    {
        Result<TilePath> path = TilePath::parse(name);
        if (!path || (!path->entries && path->level > max_tile_level)) {
            complain(name + ": is no resource of a log");
            return;
        }
        std::uint64_t have = tile_width_at(path->level, path->number, size_);
        Result<std::string> bytes = fetch(name);
        if (!bytes || path->width > have)
            return; // ahead of the checkpoint: a commit that was interrupted, and will be finished
        if (path->entries) {
            Result<std::vector<std::string>> entries = read_bundle(*bytes, path->width);
            bool good = entries.has_value();
            for (std::uint64_t i = 0; good && i < path->width; ++i)
                good = leaf_hash((*entries)[i]) == levels_[0][path->number * tile_width + i];
            if (!good)
                complain(name + ": is not what the tree holds");
        } else if (*bytes != tile_bytes(path->level, path->number, path->width)) {
            complain(name + ": is not what the entries give");
        }
    }

    void check_directory()
    {
        Result<std::vector<std::string>> names = sys::list_tree(directory_ + "/tile");
        if (whole_ && names)
            for (const std::string& name : *names)
                if (!name.ends_with(".tmp"))
                    check_stored("tile/" + name);
        StateAudit state = audit_state(directory_, policy_, size_, nodes());
        for (std::string& problem : state.problems)
            complain(std::move(problem));
        for (std::string& name : state.missing)
            audit_.missing.push_back(std::move(name));
    }

    NodeSource nodes() const
    {
        return whole_ ? [this](NodeId id) { return node(id); } : NodeSource();
    }
    Result<Digest> node(NodeId id) const
    {
        unsigned tile_level = id.level / 8;
        std::vector<Digest> hashes;
        std::uint64_t count = std::uint64_t{1} << id.level % 8;
        for (std::uint64_t i = 0; i < count; ++i)
            hashes.push_back(levels_[tile_level].at(id.index * count + i));
        while (hashes.size() > 1) {
            for (std::size_t i = 0; i < hashes.size() / 2; ++i)
                hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
            hashes.resize(hashes.size() / 2);
        }
        return hashes.front();
    }

    const Fetch& fetch_;
    const Policy& policy_;
    std::string directory_;
    Audit audit_;
    std::optional<Error> unanswered_;
    std::uint64_t size_ = 0;
    bool whole_ = true; // no bundle is missing
    bool has_statements_ = false;
    CompactRange range_;
    std::array<std::vector<Digest>, max_tile_level + 1> levels_;
    std::unordered_map<Digest, std::uint64_t, FirstBytes> seen_;
    std::vector<std::string> keys_;
    StatusListAuditor lists_;
};

} // namespace

Result<Audit> audit_log(const Fetch& fetch, const Policy& policy, const std::string& directory,
                        const std::function<void(std::uint64_t, std::uint64_t)>& progress)
{
    return Auditor(fetch, policy, directory).run(progress);
}

} // namespace albs
