// SPDX-License-Identifier: GPL-3.0-or-later
// librpm's objects, released when they go. Only for the files of this folder.
#pragma once
#include <memory>
#include <rpm/header.h>
#include <rpm/rpmds.h>
#include <rpm/rpmio.h>
#include <rpm/rpmtd.h>
#include <rpm/rpmts.h>
#include <string>
#include <vector>

#include "sys/fd.hpp"

namespace albs::rpm {

template <auto release> struct Releaser {
    template <class T> void operator()(T* object) const { (void)release(object); }
};

using Stream = std::unique_ptr<std::remove_pointer_t<FD_t>, Releaser<Fclose>>;
using HeaderHandle = std::unique_ptr<std::remove_pointer_t<Header>, Releaser<headerFree>>;
using DependencySet = std::unique_ptr<std::remove_pointer_t<rpmds>, Releaser<rpmdsFree>>;
using Transaction = std::unique_ptr<std::remove_pointer_t<rpmts>, Releaser<rpmtsFree>>;

class TagData {
public:
    TagData() : data_(rpmtdNew()) {}
    TagData(const TagData&) = delete;
    TagData& operator=(const TagData&) = delete;
    ~TagData()
    {
        rpmtdFreeData(data_);
        rpmtdFree(data_);
    }
    rpmtd get() { return data_; }

private:
    rpmtd data_;
};

/// All strings of a tag; empty if the header has none.
inline std::vector<std::string> texts(Header header, rpmTagVal tag)
{
    std::vector<std::string> list;
    TagData data;
    if (headerGet(header, tag, data.get(), HEADERGET_EXT) == 1)
        while (const char* value = rpmtdNextString(data.get()))
            list.emplace_back(value);
    return list;
}

} // namespace albs::rpm
