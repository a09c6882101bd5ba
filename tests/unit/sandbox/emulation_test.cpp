// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/emulation.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include "sys/file.hpp"
#include "sys/temporary.hpp"

using albs::sandbox::emulation_of;
using albs::sandbox::handler_in;

namespace {

constexpr const char* line = R"(:qemu-aarch64:M::\x7f\x45\x4c\x46:\xff\xff:/usr/libexec/aarch64:OP)";

/// A machine's file system with one file.
struct Machine {
    albs::sys::TemporaryDirectory directory = *albs::sys::TemporaryDirectory::make("albs-unit");
    void has(const std::string& folder, const std::string& name, const std::string& text)
    {
        REQUIRE(albs::sys::make_directories(directory.path() + folder));
        REQUIRE(albs::sys::write_file(directory.path() + folder + "/" + name, text));
    }
};

} // namespace

TEST_CASE("programs that the processor runs itself need a name at most")
{
    for (const char* arch : {"x86_64", "x86_64_v2", "noarch", ""}) {
        auto emulation = emulation_of(arch, "x86_64", "/nonexistent");
        REQUIRE(emulation);
        CHECK(emulation->personality == "");
        CHECK(emulation->emulator == "");
        CHECK(emulation->steps().empty());
    }
    CHECK(emulation_of("i686", "x86_64", "/nonexistent")->personality == "i686");
    CHECK(emulation_of("i686", "i686", "/nonexistent")->personality == "");
    CHECK(emulation_of("aarch64", "aarch64", "/nonexistent")->personality == "");
}

TEST_CASE("an emulator is one that the kernel has opened, or one that binfmt.d knows")
{
    Machine machine;
    const std::string& root = machine.directory.path();
    auto none = emulation_of("aarch64", "x86_64", root);
    REQUIRE(!none);
    CHECK(none.error().kind == albs::Kind::environment);
    CHECK(none.error().message == "nothing on this machine (x86_64) runs programs of architecture 'aarch64'");
    CHECK(none.error().hint.find("qemu-user-static") != std::string::npos);

    machine.has("/usr/lib/binfmt.d", "qemu-aarch64.conf", std::string("# of a package\n") + line + "\n");
    auto configured = emulation_of("aarch64", "x86_64", root);
    REQUIRE(configured);
    CHECK(configured->emulator == "qemu-aarch64");
    CHECK(configured->handler == std::string(line) + "F");
    CHECK(configured->steps().size() == 2);
    CHECK(!emulation_of("s390x", "x86_64", root));

    // In a root of another architecture the path of an emulator that was not opened leads nowhere.
    machine.has("/proc/sys/fs/binfmt_misc", "qemu-aarch64", "enabled\ninterpreter /x\nflags: OC\noffset 0\nmagic 7f\n");
    CHECK(!emulation_of("aarch64", "x86_64", root)->handler.empty());
    machine.has("/proc/sys/fs/binfmt_misc", "qemu-aarch64", "disabled\ninterpreter /x\nflags: OCF\n");
    CHECK(!emulation_of("aarch64", "x86_64", root)->handler.empty());
    machine.has("/proc/sys/fs/binfmt_misc", "qemu-aarch64",
                "enabled\ninterpreter /x\nflags: OCF\noffset 0\nmagic 7f\n");
    CHECK(emulation_of("aarch64", "x86_64", root)->handler.empty());
}

TEST_CASE("a line of binfmt.d has a name, and the emulator is opened when it is registered")
{
    CHECK(handler_in(line, "qemu-aarch64") == std::string(line) + "F");
    CHECK(handler_in(",qemu-arm-static,M,,\\x7f,\\xff,/q,OCF", "qemu-arm") == ",qemu-arm-static,M,,\\x7f,\\xff,/q,OCF");
    CHECK(handler_in(":qemu-arm:M::\\x7f:\\xff:/q", "qemu-arm") == ":qemu-arm:M::\\x7f:\\xff:/q:F");
    for (const char* other : {"", "#", ":", "::::::::", ":qemu-armeb:M::a:b:/q:", ":qemu-arm:M:", "; comment"})
        CHECK(!handler_in(other, "qemu-arm"));
}
