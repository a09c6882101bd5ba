// SPDX-License-Identifier: GPL-3.0-or-later
// libsolv's headers, for the files of this folder only.
//
// struct Solvable has a member `requires`, a keyword since C++20; LIBSOLV_SOLVABLE_PREPEND_DEP is libsolv's own way out.
#pragma once
#include <memory>
#include <string>

#define LIBSOLV_SOLVABLE_PREPEND_DEP
extern "C" {
#include <solv/chksum.h>
#include <solv/evr.h>
#include <solv/knownid.h>
#include <solv/pool.h>
#include <solv/pool_parserpmrichdep.h>
#include <solv/queue.h>
#include <solv/repo.h>
#include <solv/repo_repomdxml.h>
#include <solv/repo_rpmdb.h>
#include <solv/repo_rpmmd.h>
#include <solv/solv_xfopen.h>
#include <solv/solver.h>
#include <solv/transaction.h>
}

#include "solve/pool.hpp"

namespace albs::solve {

/// libsolv's growing list of numbers.
class Numbers {
public:
    Numbers() { queue_init(&queue_); }
    Numbers(const Numbers&) = delete;
    Numbers& operator=(const Numbers&) = delete;
    ~Numbers() { queue_free(&queue_); }
    Queue* get() { return &queue_; }
    int size() const { return queue_.count; }
    Id operator[](int at) const { return queue_.elements[at]; }

private:
    Queue queue_{};
};

struct Pool::State {
    std::unique_ptr<::Pool, decltype(&pool_free)> pool{nullptr, pool_free};
    bool prepared = false;

    Repo* find(const std::string& repository) const;
    /// The repository of that name, made if need be.
    Repo* repository(const std::string& name);
    /// Indexes what was added; before any question.
    void prepare();
};

} // namespace albs::solve
