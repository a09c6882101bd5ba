// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of a debranding on a source tree.
#pragma once
#include <functional>

#include "albs/manifest/source_tree.hpp"
#include "debrand_edit.hpp"
#include "store/store.hpp"

namespace albs::fetch {

class DebrandedTree {
public:
    /// added: the files that add_files may take, by their names. All outlive it.
    DebrandedTree(store::Store& store, const std::string& package, const SourceTree& added)
        : store_(store), package_(package), added_(added)
    {
    }
    /// All but scripts and changelog entries. Kind::input without the place in the configuration.
    Status act(const Action& action);
    using Edit = std::function<Status(Lines&)>;
    Status edit_spec(const Edit& edit);
    Result<std::string> spec_path() const;
    Result<Lines> spec_lines() const;

    SourceTree tree;

private:
    std::vector<std::size_t> matching(const std::string& target) const;
    Result<std::size_t> only(const std::string& target) const;
    Status edit(std::size_t at, const Edit& edit);
    Status replace_in_all(const Action& action);
    Status add_file(const Action& action);
    Status delete_file(const std::string& name);
    Result<bool> delete_from_lists(const std::string& name);

    store::Store& store_;
    const std::string& package_;
    const SourceTree& added_;
};

} // namespace albs::fetch
