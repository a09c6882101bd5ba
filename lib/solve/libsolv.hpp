// SPDX-License-Identifier: GPL-3.0-or-later
// libsolv's headers, for the files of this folder only.
//
// struct Solvable has a member `requires`, a keyword since C++20; LIBSOLV_SOLVABLE_PREPEND_DEP is libsolv's own way
// out.
#pragma once
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#define LIBSOLV_SOLVABLE_PREPEND_DEP
extern "C" {
#include <solv/chksum.h>
#include <solv/evr.h>
#include <solv/knownid.h>
#include <solv/pool.h>
#include <solv/pool_parserpmrichdep.h>
#include <solv/queue.h>
#include <solv/repo.h>
#include <solv/repo_comps.h>
#include <solv/repo_repomdxml.h>
#include <solv/repo_rpmdb.h>
#include <solv/repo_rpmmd.h>
#include <solv/repo_solv.h>
#include <solv/repo_updateinfoxml.h>
#include <solv/repo_write.h>
#include <solv/selection.h>
#include <solv/solv_xfopen.h>
#include <solv/solver.h>
#include <solv/transaction.h>
}

#include "solve/pool.hpp"

namespace albs::solve {

/// libsolv's growing list of numbers.
class IdQueue {
public:
    IdQueue() { queue_init(&queue_); }
    IdQueue(const IdQueue&) = delete;
    IdQueue& operator=(const IdQueue&) = delete;
    ~IdQueue() { queue_free(&queue_); }
    Queue* get() { return &queue_; }
    const Queue* get() const { return &queue_; }
    int size() const { return queue_.count; }
    Id operator[](int at) const { return queue_.elements[at]; }
    const Id* begin() const { return queue_.elements; }
    const Id* end() const { return queue_.elements + queue_.count; }
    void push(Id number) { queue_push(&queue_, number); }

private:
    Queue queue_{};
};

using FileHandle = std::unique_ptr<std::FILE, decltype(&std::fclose)>;
/// Decompresses by the name's suffix.
Result<FileHandle> open_metadata(const std::string& path);

/// "NAME", "NAME OP VERSION", "(rich)" or a path.
Id parse_dependency(::Pool* pool, const std::string& text);

/// Whether every primary.xml lists this path: /etc, programs and sendmail (createrepo_c's rule).
bool is_primary_path(std::string_view path);
/// A path that no primary.xml lists is in the dependency, also deep in a rich one.
bool names_unlisted_path(const ::Pool* pool, Id dependency);

/// The pairs of a solver's job list for what was asked for; words that nothing matches are problems.
void add_word_jobs(::Pool* pool, const Request& request, IdQueue& jobs, Solution& solution);

struct Pool::State {
    std::unique_ptr<::Pool, decltype(&pool_free)> pool{nullptr, pool_free};
    bool prepared = false;
    bool partial = false;      ///< file lists are missing
    Id unlisted = 0;           ///< stands for all packages with paths that are not known, if there is one
    Id asker = 0;              ///< stands for whoever asks for paths
    std::vector<Id> hidden;    ///< excluded packages
    Map considered{};          ///< all others

    Repo* find(const std::string& repository) const;
    /// The repository of that name, made if need be.
    Repo* repository(const std::string& name);
    /// Indexes what was added; before any question.
    void prepare();
    /// Paths of the dependency will be looked up in the file lists, as if a package required them.
    void mention(Id dependency);
    /// Makes a package that provides every path that some package requires and no primary.xml would list.
    void provide_unlisted_paths();
    /// A package that does not exist, in a repository of its own.
    Id make_stand_in(const char* name);
    ~State();
};

} // namespace albs::solve
