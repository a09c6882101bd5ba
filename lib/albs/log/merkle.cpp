// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/merkle.hpp"

#include "base/format.hpp"

#include <algorithm>
#include <bit>

namespace albs {
namespace {

// x >> 64 is undefined in C++, and the closed forms below need it for trees past 2^63.
std::uint64_t shift_right(std::uint64_t value, unsigned count)
{
    return count >= 64 ? 0 : value >> count;
}

// Hash of leaves [low, high), where low is a multiple of the largest power of two below high - low.
Result<Digest> range_hash(std::uint64_t low, std::uint64_t high, const NodeSource& nodes)
{
    std::uint64_t count = high - low;
    if (std::has_single_bit(count)) {
        auto level = static_cast<unsigned>(std::countr_zero(count));
        return nodes(NodeId{level, low >> level});
    }
    std::uint64_t left = std::bit_floor(count);
    ALBS_TRY(Digest first, range_hash(low, low + left, nodes));
    ALBS_TRY(Digest second, range_hash(low + left, high, nodes));
    return node_hash(first, second);
}

// The largest power of two below count (which is at least 2).
std::uint64_t split(std::uint64_t count)
{
    return std::bit_floor(count - 1);
}

tl::unexpected<Error> wrong_length(std::size_t is, std::size_t should)
{
    return fail(Kind::trust,
                "the proof has " + std::to_string(is) + " hashes and must have " + std::to_string(should));
}

// RFC 6962 §2.1.1 PATH(index, D[low:high]), with index counted from leaf 0.
Status path(std::uint64_t index, std::uint64_t low, std::uint64_t high, const NodeSource& nodes,
            std::vector<Digest>& proof)
{
    if (high - low == 1)
        return {};
    std::uint64_t middle = low + split(high - low);
    bool in_left = index < middle;
    ALBS_CHECK(in_left ? path(index, low, middle, nodes, proof) : path(index, middle, high, nodes, proof));
    ALBS_TRY(Digest sibling, in_left ? range_hash(middle, high, nodes) : range_hash(low, middle, nodes));
    proof.push_back(sibling);
    return {};
}

// RFC 6962 §2.1.2 SUBPROOF(old_size - low, D[low:high], known). known: the verifier has the hash of these leaves.
Status subproof(std::uint64_t old_size, std::uint64_t low, std::uint64_t high, bool known, const NodeSource& nodes,
                std::vector<Digest>& proof)
{
    if (old_size == high) {
        if (known)
            return {};
        ALBS_TRY(Digest hash, range_hash(low, high, nodes));
        proof.push_back(hash);
        return {};
    }
    std::uint64_t middle = low + split(high - low);
    bool in_left = old_size <= middle;
    ALBS_CHECK(in_left ? subproof(old_size, low, middle, known, nodes, proof)
                       : subproof(old_size, middle, high, false, nodes, proof));
    ALBS_TRY(Digest other, in_left ? range_hash(middle, high, nodes) : range_hash(low, middle, nodes));
    proof.push_back(other);
    return {};
}

} // namespace

Digest leaf_hash(std::string_view data)
{
    thread_local Hasher hasher;
    hasher.update(std::string_view("\0", 1));
    hasher.update(data);
    return hasher.finish();
}

Digest node_hash(const Digest& left, const Digest& right)
{
    thread_local Hasher hasher;
    std::array<std::uint8_t, 1 + 2 * Digest::size> input{};
    input[0] = 1;
    std::copy(left.bytes().begin(), left.bytes().end(), input.begin() + 1);
    std::copy(right.bytes().begin(), right.bytes().end(), input.begin() + 1 + Digest::size);
    hasher.update(std::span<const std::uint8_t>(input));
    return hasher.finish();
}

Digest empty_root()
{
    return sha256(std::string_view());
}

Result<std::vector<Digest>> make_inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeSource& nodes)
{
    if (index >= size || size > max_tree)
        return fail(Kind::input, "no leaf " + std::to_string(index) + " in a tree of " + std::to_string(size));
    std::vector<Digest> proof;
    ALBS_CHECK(path(index, 0, size, nodes, proof));
    return proof;
}

Result<std::vector<Digest>> make_consistency_proof(std::uint64_t old_size, std::uint64_t new_size,
                                                   const NodeSource& nodes)
{
    if (old_size > new_size || new_size > max_tree)
        return fail(Kind::input, "a tree of " + std::to_string(old_size) + " leaves is not the beginning of one of " +
                                     std::to_string(new_size));
    std::vector<Digest> proof;
    if (old_size == 0 || old_size == new_size)
        return proof;
    ALBS_CHECK(subproof(old_size, 0, new_size, true, nodes, proof));
    return proof;
}

Result<Digest> tree_root(std::uint64_t size, const NodeSource& nodes)
{
    if (size == 0)
        return empty_root();
    return range_hash(0, size, nodes);
}

Result<Digest> root_from_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf,
                                   std::span<const Digest> proof)
{
    if (index >= size || size > max_tree)
        return fail(Kind::trust, "no leaf " + std::to_string(index) + " in a tree of " + std::to_string(size));
    auto inner = static_cast<unsigned>(std::bit_width(index ^ (size - 1)));
    auto border = static_cast<unsigned>(std::popcount(shift_right(index, inner)));
    if (proof.size() != inner + border)
        return wrong_length(proof.size(), inner + border);
    Digest hash = leaf;
    for (unsigned k = 0; k < proof.size(); ++k) {
        bool on_right = k >= inner || (index >> k & 1) != 0;
        hash = on_right ? node_hash(proof[k], hash) : node_hash(hash, proof[k]);
    }
    return hash;
}

Status verify_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf, std::span<const Digest> proof,
                        const Digest& root)
{
    ALBS_TRY(Digest found, root_from_inclusion(index, size, leaf, proof));
    if (found != root)
        return fail(Kind::trust, "the inclusion proof of leaf " + std::to_string(index) + " does not lead to the root");
    return {};
}

Status verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Digest& old_root,
                          const Digest& new_root, std::span<const Digest> proof)
{
    if (old_size > new_size || new_size > max_tree)
        return fail(Kind::trust, format_text("the log shrank from {} to {} entries", old_size, new_size));
    if (old_size == 0)
        return fail(Kind::trust, "no proof starts at the empty tree");
    if (old_size == new_size) {
        if (!proof.empty())
            return wrong_length(proof.size(), 0);
        if (old_root != new_root)
            return fail(Kind::trust, "two trees of " + std::to_string(new_size) + " entries have different roots");
        return {};
    }
    auto inner = static_cast<unsigned>(std::bit_width((old_size - 1) ^ (new_size - 1)));
    auto border = static_cast<unsigned>(std::popcount(shift_right(old_size - 1, inner)));
    auto shift = static_cast<unsigned>(std::countr_zero(old_size));
    inner -= shift;
    bool seeded = !std::has_single_bit(old_size);
    if (proof.size() != (seeded ? 1U : 0U) + inner + border)
        return wrong_length(proof.size(), (seeded ? 1U : 0U) + inner + border);
    Digest first = seeded ? proof[0] : old_root;
    Digest second = first;
    std::span<const Digest> rest = proof.subspan(seeded ? 1 : 0);
    std::uint64_t mask = (old_size - 1) >> shift;
    for (unsigned k = 0; k < rest.size(); ++k) {
        bool left = k >= inner || (shift_right(mask, k) & 1) != 0;
        if (left)
            first = node_hash(rest[k], first);
        second = left ? node_hash(rest[k], second) : node_hash(second, rest[k]);
    }
    if (first != old_root)
        return fail(Kind::trust, "the consistency proof does not lead to the old root");
    if (second != new_root)
        return fail(Kind::trust, "the consistency proof does not lead to the new root");
    return {};
}

Result<CompactRange> CompactRange::from(std::uint64_t size, std::vector<Digest> hashes)
{
    if (size > max_tree || hashes.size() != static_cast<std::size_t>(std::popcount(size)))
        return fail(Kind::internal, "a right edge that does not fit a tree of " + std::to_string(size));
    CompactRange range;
    range.size_ = size;
    range.hashes_ = std::move(hashes);
    return range;
}

void CompactRange::append(const Digest& leaf, const std::function<void(NodeId, const Digest&)>& sink)
{
    Digest hash = leaf;
    unsigned level = 0;
    if (sink)
        sink(NodeId{0, size_}, hash);
    for (std::uint64_t bits = size_; (bits & 1) != 0; bits >>= 1) {
        hash = node_hash(hashes_.back(), hash);
        hashes_.pop_back();
        ++level;
        if (sink)
            sink(NodeId{level, size_ >> level}, hash);
    }
    hashes_.push_back(hash);
    ++size_;
}

Digest CompactRange::root() const
{
    if (hashes_.empty())
        return empty_root();
    Digest hash = hashes_.back();
    for (std::size_t i = hashes_.size() - 1; i-- > 0;)
        hash = node_hash(hashes_[i], hash);
    return hash;
}

} // namespace albs
