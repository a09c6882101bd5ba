# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases of faulty.py. In the texts "@" is the name of the package, ROOT its build root; share, bin and the other
shell functions of TOOLS make files there."""
from dataclasses import dataclass, field


@dataclass
class Case:
    name: str
    test: str  # of albs-test, that should find the fault
    bad: dict = field(default_factory=dict)
    good: dict = field(default_factory=dict)
    arch: bool = False  # its packages are made by a compiler


TOOLS = r"""
R=%{buildroot}
put() { mkdir -p "$R$(dirname "$1")"; cat >"$R$1"; }
share() { echo "data of $1" | put "/usr/share/$1/${2:-data}"; }
script() { put "$1"; chmod 0755 "$R$1"; }
compile() { o=$1; shift; mkdir -p "$R$(dirname "$o")"; gcc "$@" -o "$R$o"; }
program() { o=$1; shift; compile "$o" -pie -fPIE -s -Wl,-z,relro,--build-id "$@" main.c; }
library() { o=$1; shift; compile "$o" -shared -fPIC -s -Wl,-z,relro,--build-id "$@" lib.c; }
unit() { put "/usr/lib/systemd/system/$1"; }
echo '#include <stdio.h>
int main(int c, char **v) { return c > 5 && puts(v[0]); }' >main.c
echo '#include <stdio.h>
int entry(int c) { return c > 5 && puts("x"); }' >lib.c
"""


def files(name, test, bad, good, make="share @"):
    """Cases that differ in the file list alone."""
    return Case(name, test, {"make": make, "files": bad}, {"make": make, "files": good})


def made(name, test, listed, bad, good, **more):
    """Cases that differ in what is made."""
    return Case(name, test, {"make": bad, "files": listed}, {"make": good, "files": listed}, **more)


def headed(name, test, bad, good):
    """Cases that differ in their tags."""
    return Case(
        name,
        test,
        {"head": bad, "make": "share @", "files": "/usr/share/@"},
        {"head": good, "make": "share @", "files": "/usr/share/@"},
    )


def scripted(name, test, when, bad, good):
    """Cases that differ in a scriptlet."""
    common = {"make": "share @", "files": "/usr/share/@"}
    return Case(name, test, {**common, "scripts": {when: bad}}, {**common, "scripts": {when: good}})


SHARE = "/usr/share/@"
HEADER = [
    files("world-writable-file", "inspect/modes", "%attr(0666, root, root) " + SHARE + "/data", SHARE),
    files("world-writable-directory", "inspect/modes", "%dir %attr(0777, root, root) " + SHARE,
          "%dir %attr(1777, root, root) " + SHARE + "\n" + SHARE + "/data"),
    files("closed-directory", "inspect/modes", "%dir %attr(0644, root, root) " + SHARE, SHARE),
    files("program-not-executable", "inspect/modes", "%attr(0644, root, root) /usr/bin/@", "/usr/bin/@",
          "echo 'exit 0' | script /usr/bin/@"),
    files("executable-header", "inspect/modes", "%attr(0755, root, root) /usr/include/@.h", "/usr/include/@.h",
          "echo 'int x;' | put /usr/include/@.h"),
    files("executable-unit", "inspect/modes", "%attr(0755, root, root) /usr/lib/systemd/system/@.target",
          "/usr/lib/systemd/system/@.target", "printf '[Unit]\\nDescription=x\\n' | unit @.target"),
    files("unreadable-data", "inspect/modes", "%attr(0600, root, root) " + SHARE + "/data", SHARE),
    files("setuid-program", "inspect/setuid", "%attr(4755, root, root) /usr/bin/@", "/usr/bin/@",
          "echo 'exit 0' | script /usr/bin/@"),
    files("setgid-program", "inspect/setuid", "%attr(2755, root, games) /usr/bin/@", "/usr/bin/@",
          "echo 'exit 0' | script /usr/bin/@"),
    files("capabilities", "inspect/capabilities", "%caps(cap_net_admin=ep) /usr/bin/@", "/usr/bin/@",
          "echo 'exit 0' | script /usr/bin/@"),
    files("program-of-a-user", "inspect/owners", "%attr(0755, daemon, root) /usr/bin/@", "/usr/bin/@",
          "echo 'exit 0' | script /usr/bin/@"),
    files("file-of-the-build", "inspect/owners", "%attr(0644, mockbuild, root) " + SHARE + "/data", SHARE),
    files("number-as-owner", "inspect/owners", "%attr(0644, 1000, root) " + SHARE + "/data", SHARE),
    files("group-that-nobody-makes", "inspect/owners", "%attr(0640, root, nosuchgroup) /etc/@",
          "%attr(0640, root, mail) /etc/@", "echo x | put /etc/@"),
    made("top-directory", "inspect/paths", "/*/@", "echo x | put /data/@", "echo x | put /srv/@"),
    made("directory-of-usr", "inspect/paths", "/usr/*/@", "echo x | put /usr/data/@", "echo x | put /usr/share/@"),
    files("file-in-run", "inspect/paths", "/run/@", "%ghost /run/@", "echo x | put /run/@"),
    made("editor-leaves-a-file", "inspect/paths", SHARE, "share @ data~", "share @"),
    made("patch-leaves-a-file", "inspect/paths", SHARE, "share @ x.c.orig", "share @ x.c"),
    made("name-is-no-utf8", "inspect/paths", SHARE, "share @ $(printf 'caf\\351')", "share @ caf\u00e9"),
    made("file-in-usr-local", "integrity", "/usr/*/@.txt", "echo x | put /usr/local/@.txt", "echo x | put /usr/share/@.txt"),
    made("file-in-home", "integrity", "/*/@.txt", "echo x | put /home/@.txt", "echo x | put /srv/@.txt"),
    made("dangling-link", "inspect/links", SHARE, "share @; ln -s nothing $R/usr/share/@/link",
         "share @; ln -s data $R/usr/share/@/link"),
    made("dangling-link-upwards", "inspect/links", SHARE, "share @; ln -s ../../bin/no-such-program $R/usr/share/@/link",
         "share @; ln -s ../../bin/env $R/usr/share/@/link"),
    made("absolute-link", "inspect/links", SHARE, "share @; ln -s /usr/share/@/data $R/usr/share/@/link",
         "share @; ln -s data $R/usr/share/@/link"),
    made("link-into-the-build", "inspect/links", SHARE, "share @; ln -s /builddir/build/BUILD/x/data $R/usr/share/@/link",
         "share @; ln -s data $R/usr/share/@/link"),
    Case("link-into-a-sibling", "inspect/links",
         {"make": "share @; ln -s ../good-link-into-a-sibling/data $R/usr/share/@/link", "files": SHARE},
         {"make": "share @; ln -s ../good-dangling-link/data $R/usr/share/@/link", "files": SHARE,
          "head": "Requires: good-dangling-link"}),
    made("names-the-build-root", "inspect/build-paths", SHARE, "echo $R/x | put /usr/share/@/data", "share @"),
    made("names-the-build-directory", "inspect/build-paths", SHARE,
         "echo prefix=/builddir/build/BUILD/x | put /usr/share/@/data", "share @"),
]
TAGS = [
    headed("licence-unknown", "inspect/license", "License: Frobnicate 3000 or so", "License: GPLv2+ and BSD"),
    headed("licence-misspelt", "inspect/license", "License: GPL-2.0-or-latr", "License: GPL-2.0-or-later AND MIT"),
    headed("obsoletes-itself", "inspect/dependencies", "Obsoletes: @ <= 3", "Obsoletes: @ < 2"),
    headed("obsoletes-a-sibling", "inspect/dependencies", "Obsoletes: good-dangling-link < 9",
           "Obsoletes: good-dangling-link < 1"),
    headed("obsoletes-without-version", "inspect/dependencies", "Obsoletes: an-older-name",
           "Obsoletes: an-older-name < 2"),
    headed("conflicts-with-itself", "inspect/dependencies", "Conflicts: @ >= 1", "Conflicts: @ < 1"),
    headed("conflicts-with-what-it-requires", "inspect/dependencies",
           "Requires: good-dangling-link\nConflicts: good-dangling-link",
           "Requires: good-dangling-link\nConflicts: good-dangling-link < 1"),
    headed("macro-in-a-requirement", "inspect/dependencies", "Recommends: nothing\nConflicts: other%{nosuchmacro}",
           "Recommends: nothing\nConflicts: other"),
    headed("comparison-in-a-name", "inspect/dependencies", "Conflicts: other=1.0", "Conflicts: other = 1.0"),
    headed("requires-what-nobody-has", "installability", "Requires: nobody-has-this", "Requires: good-dangling-link"),
]
SCRIPTS = [
    made("shell-syntax", "inspect/shell", "/usr/bin/@", r"printf '#!/bin/sh\nif true; then\n' | script /usr/bin/@",
         r"printf '#!/bin/sh\nif true; then :; fi\n' | script /usr/bin/@"),
    made("profile-syntax", "inspect/shell", "/etc/profile.d/@.sh", r"printf 'for i in 1; do\n' | put /etc/profile.d/@.sh",
         r"printf 'for i in 1; do :; done\n' | put /etc/profile.d/@.sh"),
    scripted("scriptlet-syntax", "inspect/shell", "preun", "exit 0\nif true; then", "exit 0"),
    scripted("scriptlet-fails", "install", "post", "exit 3", "exit 0"),
    scripted("scriptlet-leaves-a-file", "remove", "post", "echo x > /usr/share/@-cache", ":"),
    scripted("scriptlet-changes-its-file", "install", "post", "echo x > /usr/share/@/data", ":"),
    scripted("does-not-want-to-go", "remove", "preun", "exit 5", "exit 0"),
    made("python-syntax", "inspect/python", "/usr/lib/python3/dist-packages/@.py", r"printf 'def f(:\n' | put /usr/lib/python3/dist-packages/@.py",
         r"printf 'def f(): pass\n' | put /usr/lib/python3/dist-packages/@.py"),
    made("python-import", "inspect/imports", "/usr/lib/python3/dist-packages/@.py",
         r"printf 'import no_such_module\n' | put /usr/lib/python3/dist-packages/@.py",
         r"printf 'import os.path, json\ntry:\n  import no_such_module\nexcept ImportError: pass\n' | put /usr/lib/python3/dist-packages/@.py"),
    made("perl-syntax", "inspect/perl", "/usr/bin/@", r"printf '#!/usr/bin/perl\nmy $x = (1;\n' | script /usr/bin/@",
         r"printf '#!/usr/bin/perl\nmy $x = (1);\n' | script /usr/bin/@"),
    made("interpreter-with-return", "inspect/interpreters", "/usr/bin/@", r"printf '#!/bin/sh\r\nexit 0\n' | script /usr/bin/@",
         r"printf '#!/bin/sh\nexit 0\n' | script /usr/bin/@"),
    Case("interpreter-missing", "inspect/interpreters",
         {"make": r"printf '#!/usr/bin/nosuch\n' | script /usr/libexec/@", "files": "/usr/libexec/@", "head": "AutoReq: no"},
         {"make": r"printf '#!/bin/sh\n' | script /usr/libexec/@", "files": "/usr/libexec/@", "head": "AutoReq: no"}),
    made("interpreter-by-env", "inspect/interpreters", "/usr/bin/@", r"printf '#!/usr/bin/env python3\n' | script /usr/bin/@",
         r"printf '#!/usr/bin/python3\n' | script /usr/bin/@"),
]


def service(name, bad, good="ExecStart=/bin/sh -c true"):
    return made(name, "inspect/units" if "unit" in name else "", "/usr/lib/systemd/system/@.service",
                f"printf '[Unit]\\nDescription=x\\n[Service]\\n{bad}\\n' | unit @.service",
                f"printf '[Unit]\\nDescription=x\\n[Service]\\n{good}\\n' | unit @.service")


SYSTEM = [
    service("unit-type", "ExecStart=/bin/sh -c true\\nType=nonsense", "ExecStart=/bin/sh -c true\\nType=exec"),
    service("unit-relative-program", "ExecStart=bin/nothing-here --x"),
    service("unit-program-missing", "ExecStart=/usr/sbin/nosuchd"),
    service("unit-line", "ExecStart=/bin/sh -c true\\nRestart always", "ExecStart=/bin/sh -c true\\nRestart=always"),
    service("unit-starts-nothing", "Type=simple"),
    made("unit-timer-without-time", "inspect/units", "/usr/lib/systemd/system/@.timer",
         r"printf '[Unit]\nDescription=x\n[Timer]\nPersistent=true\n' | unit @.timer",
         r"printf '[Unit]\nDescription=x\n[Timer]\nOnCalendar=daily\n' | unit @.timer"),
    made("tmpfiles-type", "inspect/tmpfiles", "/usr/lib/tmpfiles.d/@.conf",
         "echo 'k /run/@ 0755 root root -' | put /usr/lib/tmpfiles.d/@.conf",
         "echo 'd /run/@ 0755 root root -' | put /usr/lib/tmpfiles.d/@.conf"),
    made("tmpfiles-mode", "inspect/tmpfiles", "/usr/lib/tmpfiles.d/@.conf",
         "echo 'd /run/@ 0o755 root root -' | put /usr/lib/tmpfiles.d/@.conf",
         "echo 'd /run/@ 0755 root root -' | put /usr/lib/tmpfiles.d/@.conf"),
    made("sysusers-line", "inspect/sysusers", "/usr/lib/sysusers.d/@.conf",
         "echo 'user tester - \"A tester\"' | put /usr/lib/sysusers.d/@.conf",
         "echo 'u tester - \"A tester\" /srv' | put /usr/lib/sysusers.d/@.conf"),
    made("desktop-without-program", "inspect/desktop", "/usr/share/applications/@.desktop",
         r"printf '[Desktop Entry]\nType=Application\nName=x\n' | put /usr/share/applications/@.desktop",
         r"printf '[Desktop Entry]\nType=Application\nName=x\nExec=sh -c true\n' | put /usr/share/applications/@.desktop"),
    made("desktop-program-missing", "inspect/desktop", "/usr/share/applications/@.desktop",
         r"printf '[Desktop Entry]\nType=Application\nName=x\nExec=nosuch %%f\n' | put /usr/share/applications/@.desktop",
         r"printf '[Desktop Entry]\nType=Application\nName=x\nExec=sh -c true\n' | put /usr/share/applications/@.desktop"),
    made("man-page-of-another-section", "inspect/man", "/usr/share/man/man1/@.*",
         "echo .TH x 8 | put /usr/share/man/man1/@.8", "echo .TH x 1 | put /usr/share/man/man1/@.1"),
    made("man-page-empty", "inspect/man", "/usr/share/man/man1/@.1.gz",
         "gzip -n </dev/null | put /usr/share/man/man1/@.1.gz", "echo .TH x 1 | gzip -n | put /usr/share/man/man1/@.1.gz"),
    made("man-page-damaged", "inspect/man", "/usr/share/man/man1/@.1.gz",
         "echo .TH x 1 | gzip -n | head -c 20 | put /usr/share/man/man1/@.1.gz",
         "echo .TH x 1 | gzip -n | put /usr/share/man/man1/@.1.gz"),
    made("man-page-of-nothing", "inspect/man", "/usr/share/man/man1/@.1",
         "echo .so man1/nosuch.1 | put /usr/share/man/man1/@.1", "echo .TH x 1 | put /usr/share/man/man1/@.1"),
]


def binary(name, test, bad, good, listed="/usr/*/*@*"):
    return made(name, test, listed, bad, good, arch=True)


PROGRAM = "program /usr/bin/@"
BINARIES = [
    binary("run-path-of-the-build", "inspect/run-path", PROGRAM + " -Wl,-rpath,/builddir/build/BUILD/lib",
           PROGRAM + " -Wl,-rpath,/usr/lib64/@"),
    binary("run-path-relative", "inspect/run-path", PROGRAM + " -Wl,-rpath,lib", PROGRAM + " -Wl,-rpath,'$ORIGIN/../lib64/@'"),
    binary("run-path-of-others", "inspect/run-path", PROGRAM + " -Wl,-rpath,/tmp/lib", PROGRAM),
    binary("run-path-useless", "inspect/run-path", PROGRAM + " -Wl,-rpath,/usr/lib64", PROGRAM),
    binary("executable-stack", "inspect/stack", PROGRAM + " -Wl,-z,execstack", PROGRAM),
    binary("no-relro", "inspect/relro", PROGRAM + " -Wl,-z,norelro", PROGRAM),
    binary("no-pie", "inspect/pie", "compile /usr/bin/@ -no-pie -s main.c", PROGRAM),
    binary("text-relocations", "inspect/text-relocations",
           "echo 'asm(\".text; .quad puts\"); int x;' >t.c; compile /usr/lib64/@/t.so -shared -fPIC -s -Wl,-z,notext t.c",
           "echo 'int x;' >t.c; compile /usr/lib64/@/t.so -shared -fPIC -s t.c"),
    binary("elf-for-another-machine", "inspect/architecture",
           PROGRAM + "; printf '\\026' | dd of=$R/usr/bin/@ bs=1 seek=18 conv=notrunc status=none", PROGRAM),
    binary("elf-in-share", "inspect/architecture", "program /usr/share/@/tool", PROGRAM),
    binary("library-without-its-link", "inspect/sonames", "library /usr/lib64/lib@.so.1.2 -Wl,-soname,lib@.so.1",
           "library /usr/lib64/lib@.so.1.2 -Wl,-soname,lib@.so.1; ln -s lib@.so.1.2 $R/usr/lib64/lib@.so.1"),
    Case("library-not-provided", "inspect/sonames",
         {"make": "library /usr/lib64/libbadhidden.so.1 -Wl,-soname,libbadhidden.so.1", "files": "/usr/lib64/*badhidden*"},
         {"make": "library /usr/lib64/libgoodshown.so.1 -Wl,-soname,libgoodshown.so.1", "files": "/usr/lib64/*goodshown*"},
         arch=True),
    binary("library-without-soname", "inspect/sonames", "library /usr/lib64/lib@.so.1",
           "library /usr/lib64/lib@.so.1 -Wl,-soname,lib@.so.1", "/usr/lib64/lib@*"),
    Case("development-link", "inspect/sonames",
         {"make": "library /usr/lib64/lib@.so.1 -Wl,-soname,lib@.so.1; ln -s lib@.so.1 $R/usr/lib64/lib@.so",
          "files": "/usr/lib64/lib@.so.1\n/usr/lib64/lib@.so"},
         {"make": "library /usr/lib64/lib@.so.1 -Wl,-soname,lib@.so.1", "files": "/usr/lib64/lib@.so.1"}, arch=True),
    binary("undefined-symbol", "inspect/symbols",
           "echo 'int nowhere(void); int main(void) { return nowhere(); }' >u.c; "
           "compile /usr/bin/@ -pie -fPIE -s -Wl,-z,relro,--build-id,--unresolved-symbols=ignore-all u.c", PROGRAM),
    binary("undefined-symbol-in-library", "inspect/symbols",
           "echo 'int nowhere(void); int enter(void) { return nowhere(); }' >u.c; "
           "library /usr/lib64/lib@.so.1 -Wl,-soname,lib@.so.1 u.c", "library /usr/lib64/lib@.so.1 -Wl,-soname,lib@.so.1"),
    binary("not-stripped", "inspect/debug-data", "compile /usr/bin/@ -g -pie -fPIE -Wl,-z,relro,--build-id main.c", PROGRAM),
    binary("no-build-id", "inspect/debug-data", PROGRAM + " -Wl,--build-id=none", PROGRAM),
    binary("build-id-link-of-another", "inspect/debug-data",
           PROGRAM + "; mkdir -p $R/usr/lib/.build-id/aa; ln -s ../../../bin/@ $R/usr/lib/.build-id/aa/bbccddeeff@",
           PROGRAM + "; id=$(readelf -n $R/usr/bin/@ | sed -n 's/.*Build ID: //p'); d=$R/usr/lib/.build-id/$(echo $id | cut -c1-2); "
           "mkdir -p $d; ln -s ../../../bin/@ $d/$(echo $id | cut -c3-)",
           "/usr/bin/@\n/usr/lib/.build-id/*"),
    Case("debuginfo-of-another-build", "inspect/debug-data", {"files": "/usr/lib/debug/usr/bin/good-no-relro*", "make":
           "compile /x -g -pie -fPIE -Wl,--build-id main.c; mkdir -p $R/usr/lib/debug/usr/bin; "
           "objcopy --only-keep-debug $R/x $R/usr/lib/debug/usr/bin/good-no-relro-2-1.$(uname -m).debug; rm $R/x"},
         {"files": "/usr/bin/@", "make": PROGRAM}, arch=True),
    binary("debuginfo-empty", "inspect/debug-data",
           "compile /x -pie -fPIE -Wl,--build-id main.c; mkdir -p $R/usr/lib/debug/usr/bin; "
           "objcopy --only-keep-debug $R/x $R/usr/lib/debug/usr/bin/@.debug; rm $R/x",
           "compile /x -g -pie -fPIE -Wl,--build-id main.c; mkdir -p $R/usr/lib/debug/usr/bin; "
           "objcopy --only-keep-debug $R/x $R/usr/lib/debug/usr/bin/@.debug; rm $R/x", "/usr/lib/debug/usr/bin/@.debug"),
    binary("library-not-found", "installability", "echo 'int away(void) { return 1; }' >a.c; gcc -shared -fPIC -o libaway@.so.9 "
           "-Wl,-soname,libaway@.so.9 a.c; program /usr/bin/@ -Wl,--no-as-needed ./libaway@.so.9", PROGRAM),
]
ELF_IN_NOARCH = made("elf-in-noarch", "inspect/architecture", "/usr/share/@",
                     "echo 'int x; int main(void) { return x; }' >n.c; mkdir -p $R/usr/share/@; "
                     "gcc -c -o $R/usr/share/@/tool.o n.c; gcc -pie -s -o $R/usr/share/@/tool n.c; rm $R/usr/share/@/tool.o",
                     "share @")
CASES = HEADER + TAGS + SCRIPTS + SYSTEM + BINARIES + [ELF_IN_NOARCH]
PLAIN = {"make": "share @", "files": SHARE}
CHANGELOGS = [
    (Case("changelog-of-another-version", "inspect/changelog", PLAIN, PLAIN), "7-9", "Mon Oct 02 2023"),
    (Case("changelog-of-another-release", "inspect/changelog", PLAIN, PLAIN), "2-9", "Mon Oct 02 2023"),
    (Case("changelog-of-the-future", "inspect/changelog", PLAIN, PLAIN), "2-1", "Mon Oct 05 2037"),
]
