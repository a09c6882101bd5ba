// SPDX-License-Identifier: GPL-3.0-or-later
// Part of every executable of a build with sanitizers, and of no other: what is loaded stays loaded. OpenSSL unloads
// its engines before the report of leaks. libp11 never frees the tables of methods that its static variables refer to:
// once it is unloaded nothing refers to them, and their stacks have no name to suppress. Loaded, they are still in use.
extern "C" __attribute__((visibility("default"))) int dlclose(void*)
{
    return 0;
}
