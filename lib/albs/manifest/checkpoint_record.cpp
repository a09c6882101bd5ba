// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/checkpoint_record.hpp"

#include "albs/log/checkpoint.hpp"
#include "albs/manifest/members.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

constexpr std::uint64_t max_size = (std::uint64_t{1} << 53) - 1; // the largest number of a manifest

} // namespace

template <>
constexpr auto list_of<CheckpointRecord> = MemberList{
    "checkpoint",
    member("id", &CheckpointRecord::id),
    member("log", &CheckpointRecord::log),
    member("size", &CheckpointRecord::size, form::size),
    member("note", &CheckpointRecord::note),
};

// The other members repeat what the note says, so that the table can be read without one who reads notes.
template <> Status check_whole(const CheckpointRecord& record)
{
    Result<CheckpointRecord> named = checkpoint_record(record.note);
    if (!named)
        return fail(Kind::trust, format_text("the note of checkpoint '{}': {}", record.id, named.error().message));
    if (named->id == record.id && named->log == record.log && named->size == record.size)
        return {};
    return fail(Kind::trust, format_text("the note of checkpoint '{}' is that of '{}'", record.id, named->id),
                "stop: somebody changed the manifest");
}

template struct RecordType<CheckpointRecord>;

Result<CheckpointRecord> checkpoint_record(const std::string& note)
{
    ALBS_TRY(Note parsed, Note::parse(note));
    ALBS_TRY(Checkpoint checkpoint, Checkpoint::parse(parsed.text));
    if (checkpoint.size > max_size)
        return fail(Kind::input,
                    format_text("a checkpoint of {} entries, which no manifest can name", checkpoint.size));
    return CheckpointRecord{
        .id = format_text("{}@{}@{}", checkpoint.origin, checkpoint.size, sha256(note).hex().substr(0, 12)),
        .log = checkpoint.origin,
        .size = static_cast<std::int64_t>(checkpoint.size),
        .note = note};
}

} // namespace albs
