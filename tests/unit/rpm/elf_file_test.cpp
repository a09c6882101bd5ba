// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/elf_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "rpm/library.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"
#include "sys/temporary.hpp"

using namespace albs;

namespace {

std::string compiled(const std::vector<std::string>& options)
{
    Result<sys::TemporaryDirectory> directory = sys::TemporaryDirectory::make("albs-test");
    REQUIRE(directory);
    const std::string source = directory->path() + "/p.c";
    REQUIRE(sys::write_file(source, "#include <stdio.h>\nint out(void) { return puts(\"x\"); }\n"
                                    "int main(void) { return out(); }\n"));
    std::vector<std::string> argv = {"gcc", source, "-o", directory->path() + "/p"};
    argv.insert(argv.end(), options.begin(), options.end());
    auto done = sys::run({.argv = argv});
    REQUIRE(done);
    REQUIRE(done->status == 0);
    Result<std::string> bytes = sys::read_file(directory->path() + "/p");
    REQUIRE(bytes);
    return *bytes;
}

} // namespace

TEST_CASE("an ELF program tells how it is loaded")
{
    const std::string bytes = compiled({"-pie", "-fPIE", "-Wl,-z,relro", "-g", "-Wl,--build-id",
                                        "-Wl,--enable-new-dtags,-rpath,/opt/x:$ORIGIN"});
    std::optional<rpm::ElfFile> elf = rpm::library().read_elf(bytes);
    REQUIRE(elf);
    CHECK(elf->type == rpm::ElfFile::Type::shared);
    CHECK(elf->is_pie);
    CHECK(elf->is_dynamic);
    CHECK(elf->has_relro);
    CHECK_FALSE(elf->has_executable_stack);
    CHECK_FALSE(elf->has_text_relocations);
    CHECK(elf->runpath == "/opt/x:$ORIGIN");
    CHECK_FALSE(elf->rpath);
    CHECK(elf->has_debug_info);
    CHECK(elf->has_symbol_table);
    CHECK(elf->build_id.size() == 40);
    CHECK(elf->interpreter.starts_with("/lib"));
    CHECK(std::find(elf->needed.begin(), elf->needed.end(), "libc.so.6") != elf->needed.end());
    auto puts = std::find_if(elf->undefined.begin(), elf->undefined.end(),
                             [](const rpm::ElfSymbol& symbol) { return symbol.name == "puts"; });
    REQUIRE(puts != elf->undefined.end());
    CHECK(puts->text().starts_with("puts@GLIBC_"));

    // Its beginning alone says what its segments say, and does no harm.
    for (std::size_t size : {std::size_t{4}, std::size_t{63}, std::size_t{1000}, bytes.size() / 2, bytes.size() - 1})
        (void)rpm::library().read_elf(std::string_view(bytes).substr(0, size));
    CHECK_FALSE(rpm::library().read_elf("\177ELF"));
    CHECK_FALSE(rpm::library().read_elf("#!/bin/sh"));
}

TEST_CASE("an ELF program tells what it lacks")
{
    std::optional<rpm::ElfFile> elf = rpm::library().read_elf(
        compiled({"-no-pie", "-fno-pie", "-Wl,-z,norelro", "-Wl,-z,execstack", "-s",
                  "-Wl,--disable-new-dtags,-rpath,/a", "-Wl,--build-id=none"}));
    REQUIRE(elf);
    CHECK(elf->type == rpm::ElfFile::Type::executable);
    CHECK_FALSE(elf->has_relro);
    CHECK(elf->has_executable_stack);
    CHECK(elf->rpath == "/a");
    CHECK_FALSE(elf->has_symbol_table);
    CHECK_FALSE(elf->has_debug_info);
    CHECK(elf->build_id.empty());
}

TEST_CASE("an ELF library tells its name and what it exports")
{
    std::optional<rpm::ElfFile> elf =
        rpm::library().read_elf(compiled({"-shared", "-fPIC", "-Wl,-soname,libp.so.1", "-Dmain=entry"}));
    REQUIRE(elf);
    CHECK(elf->type == rpm::ElfFile::Type::shared);
    CHECK_FALSE(elf->is_pie);
    CHECK(elf->soname == "libp.so.1");
    CHECK(elf->interpreter.empty());
    CHECK(std::binary_search(elf->exported.begin(), elf->exported.end(), "out"));
    CHECK_FALSE(std::binary_search(elf->exported.begin(), elf->exported.end(), "puts"));
}

TEST_CASE("damaged ELF files do no harm")
{
    const std::string good = compiled({"-shared", "-fPIC", "-Dmain=entry", "-g"});
    std::uint32_t state = 1;
    auto next = [&state] { return state = state * 1664525U + 1013904223U; };
    for (int round = 0; round < 300; ++round) {
        std::string bytes = good;
        for (int i = 0; i < 8; ++i)
            bytes[next() % (round % 2 == 0 ? 1024 : bytes.size())] = static_cast<char>(next() >> 16);
        (void)rpm::library().read_elf(bytes);
    }
}
