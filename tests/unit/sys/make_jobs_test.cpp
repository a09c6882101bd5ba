// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/make_jobs.hpp"

#include <doctest/doctest.h>

using namespace albs::sys;

TEST_CASE("MAKEFLAGS names the pipe of make's jobs, or does not")
{
    CHECK_FALSE(read_make_flags("").has_jobserver);
    CHECK_FALSE(read_make_flags("ks").has_jobserver);
    CHECK_FALSE(read_make_flags("-j8").has_jobserver);

    MakeFlags old = read_make_flags("ks -j3 --jobserver-auth=3,4 -- A=--jobserver-auth=7,8");
    CHECK(old.has_jobserver);
    CHECK(old.read == 3);
    CHECK(old.write == 4);
    CHECK(old.jobs == 3);
    CHECK(old.fifo.empty());
    CHECK(read_make_flags(" --jobserver-fds=5,6 -j").read == 5);
    CHECK(read_make_flags(" --jobserver-fds=5,6 -j").jobs == 0);

    MakeFlags named = read_make_flags(" -j12 --jobserver-auth=fifo:/tmp/GMfifo123 --no-print-directory");
    CHECK(named.has_jobserver);
    CHECK(named.fifo == "/tmp/GMfifo123");
    CHECK(named.read == -1);
    CHECK(named.jobs == 12);
}

TEST_CASE("of several the last one counts, and what is no address is one that nobody has")
{
    MakeFlags last = read_make_flags("--jobserver-auth=fifo:/x --jobserver-auth=3,4");
    CHECK(last.fifo.empty());
    CHECK(last.write == 4);
    for (const char* odd : {"--jobserver-auth=", "--jobserver-auth=3", "--jobserver-auth=3,", "--jobserver-auth=x,y",
                            "--jobserver-auth=3,4,5", "--jobserver-auth=99999999999,4"}) {
        CAPTURE(odd);
        CHECK(read_make_flags(odd).has_jobserver);
        CHECK(read_make_flags(odd).read == -1);
    }
    CHECK(read_make_flags("--jobserver-auth=-2,-2").read == -2);
}

TEST_CASE("without make there are jobs enough")
{
    JobSlots slots;
    CHECK_FALSE(slots.is_counted());
    JobSlots::Slot first = slots.take();
    JobSlots::Slot second = slots.take();
}
