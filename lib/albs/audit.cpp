// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/audit.hpp"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "albs/audit_state.hpp"
#include "albs/dsse.hpp"
#include "albs/hex.hpp"
#include "albs/leaf.hpp"
#include "albs/log_directory.hpp"
#include "albs/log_settings.hpp"
#include "albs/merkle.hpp"
#include "albs/statement.hpp"
#include "sys/file.hpp"

namespace albs {
namespace {

class Auditor {
public:
    Auditor(const Fetch& fetch, const Policy& policy, std::string directory)
        : fetch_(fetch), policy_(policy), directory_(std::move(directory))
    {
    }

    Result<Audit> run(const std::function<void(std::uint64_t, std::uint64_t)>& progress)
    {
        ALBS_TRY(std::string note, fetch_("checkpoint"));
        Result<Checkpoint> checkpoint = policy_.open(note);
        if (!checkpoint) {
            complain("checkpoint: " + checkpoint.error().message);
            // Its words may still say how much there is to look at.
            Result<Note> parsed = Note::parse(note);
            checkpoint = parsed ? Checkpoint::parse(parsed->text) : Result<Checkpoint>(tl::unexpected(parsed.error()));
        }
        if (!checkpoint)
            return audit_;
        size_ = checkpoint->size;
        read_settings();
        for (std::uint64_t number = 0; number * tile_width < size_; ++number) {
            check_bundle(number);
            if (progress)
                progress(std::min(size_, (number + 1) * tile_width), size_);
        }
        if (whole_ && range_.root() != checkpoint->root)
            complain("checkpoint: the entries have another root than it signs");
        if (whole_)
            check_tiles();
        if (!directory_.empty())
            check_directory();
        return audit_;
    }

private:
    void complain(std::string what) { audit_.problems.push_back(std::move(what)); }

    void read_settings()
    {
        Result<std::string> text = fetch_("log.json");
        Result<LogSettings> settings = text ? LogSettings::parse(*text) : Result<LogSettings>(tl::unexpected(text.error()));
        if (!settings) {
            // Logs of others have no such file.
            if (text || (!directory_.empty() && sys::exists(directory_ + "/.state/journal")))
                complain("log.json: " + settings.error().message);
            return;
        }
        keys_ = settings->statement_keys;
        bool known = std::any_of(policy_.logs().begin(), policy_.logs().end(), [&](const Policy::Log& log) {
            return log.key.name == settings->origin &&
                   std::find(settings->vkeys.begin(), settings->vkeys.end(), log.key.text()) != settings->vkeys.end();
        });
        if (!known)
            complain("log.json: names another log or another key than the one to trust");
        Result<std::string> vkey = fetch_("log.vkey");
        // Two lines while an old key signs along.
        std::string today = settings->vkeys.front() + "\n";
        bool both = settings->vkeys.size() > 1 && vkey && *vkey == today + settings->vkeys[1] + "\n";
        if (!vkey || (*vkey != today && !both))
            complain("log.vkey: is not the key that log.json names");
    }

    void check_bundle(std::uint64_t number)
    {
        std::uint64_t width = tile_width_at(0, number, size_);
        TilePath path{.entries = true, .number = number, .width = width};
        Result<std::string> bytes = fetch_(path.text());
        if (!bytes && width < tile_width) {
            path.width = tile_width;
            bytes = fetch_(path.text());
        }
        Result<std::vector<std::string>> entries =
            bytes ? read_bundle(*bytes, path.width) : Result<std::vector<std::string>>(tl::unexpected(bytes.error()));
        if (!entries) {
            complain(path.text() + ": " + entries.error().message);
            whole_ = false;
            return;
        }
        entries->resize(width);
        for (const std::string& entry : *entries)
            range_.append(leaf_hash(entry), [&](NodeId id, const Digest& hash) {
                if (id.level % 8 == 0)
                    levels_[id.level / 8].push_back(hash);
            });
        check_statements(number, *entries);
    }

    void check_statements(std::uint64_t number, const std::vector<std::string>& entries)
    {
        Result<std::string> text = fetch_(attestations_path(number));
        std::vector<std::string> lines = attestation_lines(text.value_or(""), entries.size());
        bool cut = text && !text->empty() && !text->ends_with('\n');
        if (cut && static_cast<std::size_t>(std::count(text->begin(), text->end(), '\n')) < entries.size())
            complain(attestations_path(number) + ": ends in the middle of a line");
        for (std::size_t i = 0; i < entries.size(); ++i) {
            std::uint64_t index = number * tile_width + i;
            ++audit_.entries;
            Result<Digest> key = leaf_key(entries[i]);
            if (key) {
                auto [first, added] = seen_.emplace(key->hex(), index);
                if (!added)
                    complain("entry " + std::to_string(index) + ": repeats entry " + std::to_string(first->second));
            }
            if (lines[i].empty())
                continue;
            ++audit_.statements;
            if (Status good = check_statement(entries[i], lines[i]); !good)
                complain("statement " + std::to_string(index) + ": " + good.error().message);
        }
    }

    Status check_statement(const std::string& entry, const std::string& line) const
    {
        ALBS_TRY(Json json, read_json(line));
        // One envelope, one spelling: what was written comes out again.
        if (write_json(json) != line)
            return fail(Kind::trust, "the envelope is not as it was written");
        ALBS_TRY(Envelope envelope, Envelope::from(json));
        if (write_json(envelope.json()) != line)
            return fail(Kind::trust, "the envelope holds more than it should");
        ALBS_TRY(PublicKey key, check_leaf(entry, envelope));
        if (!keys_.empty() && std::find(keys_.begin(), keys_.end(), to_base64(key.spki())) == keys_.end())
            return fail(Kind::trust, "signed by a key that log.json does not name");
        ALBS_TRY(Json statement, read_json(envelope.payload));
        ALBS_CHECK(stated_subject(statement));
        return {};
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
        for (unsigned level = 0; level <= largest_tile_level; ++level)
            for (std::uint64_t number = 0; tile_width_at(level, number, size_) > 0; ++number) {
                std::uint64_t width = tile_width_at(level, number, size_);
                TilePath path{.level = level, .number = number, .width = width};
                Result<std::string> bytes = fetch_(path.text());
                if (!bytes && width < tile_width) {
                    path.width = tile_width;
                    bytes = fetch_(path.text());
                }
                if (!bytes)
                    complain(path.text() + ": " + bytes.error().message);
                else if (bytes->size() != path.width * Digest::size ||
                         bytes->substr(0, width * Digest::size) != tile_bytes(level, number, width))
                    complain(path.text() + ": is not what the entries give");
            }
    }

    // Older partial tiles and bundles are served to who holds an older checkpoint.
    void check_stored(const std::string& name)
    {
        Result<TilePath> path = TilePath::parse(name);
        if (!path || (!path->entries && path->level > largest_tile_level)) {
            complain(name + ": is no resource of a log");
            return;
        }
        std::uint64_t have = tile_width_at(path->level, path->number, size_);
        Result<std::string> bytes = fetch_(name);
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
        NodeSource nodes = [&](NodeId id) -> Result<Digest> { return node(id); };
        for (std::string& problem : audit_state(directory_, policy_, size_, whole_ ? nodes : NodeSource()))
            complain(std::move(problem));
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
    std::uint64_t size_ = 0;
    bool whole_ = true; // no bundle is missing
    CompactRange range_;
    std::array<std::vector<Digest>, largest_tile_level + 1> levels_;
    std::unordered_map<std::string, std::uint64_t> seen_;
    std::vector<std::string> keys_;
};

} // namespace

Result<Audit> audit_log(const Fetch& fetch, const Policy& policy, const std::string& directory,
                        const std::function<void(std::uint64_t, std::uint64_t)>& progress)
{
    return Auditor(fetch, policy, directory).run(progress);
}

} // namespace albs
