// SPDX-License-Identifier: GPL-3.0-or-later
// The tags and other references of a repository.
#include "git/handles.hpp"
#include "git/repository.hpp"

namespace albs::git {
namespace {

using DescribeResult = std::unique_ptr<git_describe_result, Releaser<git_describe_result_free>>;

} // namespace

Result<References> Repository::references() const
{
    git_reference_iterator* raw = nullptr;
    if (git_reference_iterator_new(&raw, handle_.get()) != 0)
        return fail(Kind::input, "the references cannot be read: " + last_problem());
    RefIterator iterator(raw);
    References all;
    const char* name = nullptr;
    while (git_reference_next_name(&name, raw) == 0) {
        git_oid id;
        if (git_reference_name_to_id(&id, handle_.get(), name) == 0)
            all.emplace(name, text_of(id));
    }
    return all;
}

Result<std::vector<std::string>> Repository::tags() const
{
    git_strarray names = {};
    if (git_tag_list(&names, handle_.get()) != 0)
        return fail(Kind::input, "the tags cannot be read: " + last_problem());
    std::vector<std::string> all(names.strings, names.strings + names.count);
    git_strarray_dispose(&names);
    return all;
}

Result<std::string> Repository::nearest_tag(std::string_view id, const std::string& pattern) const
{
    git_oid oid;
    git_object* raw = nullptr;
    if (git_oid_fromstrn(&oid, id.data(), id.size()) != 0 ||
        git_object_lookup(&raw, handle_.get(), &oid, GIT_OBJECT_COMMIT) != 0)
        return fail(Kind::input, "commit '" + std::string(id) + "' cannot be read: " + last_problem());
    Object commit(raw);
    git_describe_options options = GIT_DESCRIBE_OPTIONS_INIT;
    options.describe_strategy = GIT_DESCRIBE_TAGS;
    options.pattern = pattern.c_str();
    git_describe_result* raw_result = nullptr;
    const int code = git_describe_commit(&raw_result, commit.get(), &options);
    const git_error* why = code == 0 ? nullptr : git_error_last();
    if (why != nullptr && why->klass == GIT_ERROR_DESCRIBE)
        return std::string();
    DescribeResult result(raw_result);
    git_describe_format_options format = GIT_DESCRIBE_FORMAT_OPTIONS_INIT;
    format.abbreviated_size = 0;
    git_buf text = {};
    if (code != 0 || git_describe_format(&text, result.get(), &format) != 0)
        return fail(Kind::input, "the tags cannot be read: " + last_problem());
    std::string name(text.ptr, text.size);
    git_buf_dispose(&text);
    return name;
}

} // namespace albs::git
