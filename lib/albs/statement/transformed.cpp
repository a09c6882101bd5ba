// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/transformed.hpp"

#include <string>

namespace albs {
namespace {

void push(Json& list, const std::string& name, const std::string& sha256)
{
    list.push(Json::object({{"name", name}, {"digest", Json::object({{"sha256", sha256}})}}));
}

void add_means(Json& list, const Transformation& one)
{
    if (one.by)
        push(list, "what told " + one.kind + " how", *one.by);
    if (one.buildroot)
        push(list, "buildroot lock of " + one.kind, *one.buildroot);
}

Json parameters_of(const Transformation& one)
{
    Json members = Json::object({{"kind", one.kind}, {"input", one.input}, {"output", one.output}});
    if (one.by)
        members.set("by", *one.by);
    if (one.program)
        members.set("program", *one.program);
    if (one.buildroot)
        members.set("buildroot", *one.buildroot);
    return members;
}

} // namespace

Json transformations_of(const Source* source, const Task& task)
{
    Json list = Json::array();
    if (source != nullptr)
        for (const Transformation& one : source->transformations)
            list.push(parameters_of(one));
    for (const Transformation& one : task.transformations)
        list.push(parameters_of(one));
    return list;
}

void add_transformed(Json& dependencies, const Source* source, const Task& task)
{
    // What the source names is what came out of its own, and what went into the task's.
    if (source != nullptr)
        for (const Transformation& one : source->transformations) {
            push(dependencies, "source tree before " + one.kind, one.input);
            add_means(dependencies, one);
        }
    for (const Transformation& one : task.transformations) {
        push(dependencies, "source tree after " + one.kind, one.output);
        add_means(dependencies, one);
    }
}

} // namespace albs
