#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Converts .deb files into RPMs.

usage: convert.py [--jobs N] [--target ARCH] [--memory DIR] [--only SOURCE --dist DIST]... DEBS OUT
DEBS is a directory of .deb files, or a file that lists them; the RPMs are put into OUT. With --only, the packages of
these source packages alone are converted, as an update of release DIST. What DIR remembers is not converted again.
"""
import argparse
import concurrent.futures
import hashlib
import os
import shutil
import subprocess
import sys

import deb as debian
import recipes
import spec

# The files are Debian's and stay as they are: nothing is stripped, compressed, compiled or checked.
MACROS = {
    '__os_install_post': '%{nil}', '__spec_install_pre': '%{nil}', 'debug_package': '%{nil}',
    '__check_files': '%{nil}', '_build_id_links': 'none', '_missing_build_ids_terminate_build': '0',
    '_binary_payload': 'w1.zstdio', '_buildhost': 'localhost', 'use_source_date_epoch_as_buildtime': '1',
    'clamp_mtime_to_source_date_epoch': '0', '_dbpath': '/nonexistent',
    '_build_name_fmt': '%%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm',
    # Debian's perl scripts ask for modules that Debian has elsewhere; its Depends say it better.
    '__requires_exclude': r'^perl|^/bin/dash|^/usr/local/',
}
RPM_VERSION = subprocess.run(['rpmbuild', '--version'], check=True, capture_output=True, text=True).stdout
WORLD = None


def identity(package, target):
    """A digest of all that the RPMs of a package follow from."""
    here = os.path.dirname(os.path.abspath(__file__))
    digest = hashlib.sha256()
    for name in ('convert.py', 'deb.py', 'spec.py', 'recipes.py', 'filesystem.txt'):
        with open(os.path.join(here, name), 'rb') as file:
            digest.update(hashlib.sha256(file.read()).digest())
    for text in (os.path.basename(package.path), target, RPM_VERSION, spec.head(WORLD, package),
                 WORLD.recipes.dump(package.name)):
        digest.update(text.encode() + b'\0')
    return digest.hexdigest()


def copy_all(source, target):
    """Hard links where these can be, for nobody changes a package in place."""
    for name in os.listdir(source):
        try:
            os.link(os.path.join(source, name), os.path.join(target, name))
        except OSError:
            shutil.copy2(os.path.join(source, name), target)


def convert(name, out, target, memory):
    """Converts one package, or remembers it; gives the errors, if there are any."""
    package = WORLD.debs[name]
    remembered = os.path.join(memory, identity(package, target)) if memory else None
    if remembered and os.path.isdir(remembered):
        os.utime(remembered)
        copy_all(remembered, out)
        return None
    work = os.path.join(out, '.work', name)
    os.makedirs(os.path.join(work, 'rpms'), exist_ok=True)
    error = build(package, work, target)
    if not error:
        copy_all(os.path.join(work, 'rpms'), out)
        if remembered:
            os.rename(os.path.join(work, 'rpms'), remembered)
        shutil.rmtree(work)
    return error


def build(package, work, target):
    name = package.name
    root = os.path.join(work, 'root')
    os.makedirs(root)
    entries, commands = debian.unpack(package, root)
    for link, to in WORLD.recipes.links(name).items():
        where = os.path.join(root, link)
        if not os.path.lexists(where):
            os.makedirs(os.path.dirname(where), exist_ok=True)
            os.symlink(to, where)
            entries[link] = added(link)
    for path in [path for path in entries if path in WORLD.recipes.directories]:
        del entries[path]
    with open(os.path.join(work, 'p.spec'), 'w', encoding='utf-8') as file:
        file.write(spec.spec(WORLD, package, entries, commands))
    macros = dict(MACROS, _topdir=work, _rpmdir=os.path.join(work, 'rpms'))
    command = ['rpmbuild', '-bb', '--quiet', '--nodeps', '--noprep', '--target', target, '--buildroot', root]
    for macro, value in macros.items():
        command += ['--define', f'{macro} {value}']
    run = subprocess.run(command + [os.path.join(work, 'p.spec')], capture_output=True, text=True,
                         env=dict(os.environ, SOURCE_DATE_EPOCH='1700000000', LC_ALL='C', HOME=work),
                         stdin=subprocess.DEVNULL, check=False)
    if run.returncode:
        return f'{name}: {run.stdout}{run.stderr}'
    return None


def added(path):
    class Link:
        isdir = staticmethod(lambda: False)
        issym = staticmethod(lambda: True)
        mode, uname, gname = 0o777, 'root', 'root'
    return debian.Entry(path, Link)


def arguments():
    parser = argparse.ArgumentParser(description='Converts .deb files into RPMs.')
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('--target', default=os.uname().machine)
    parser.add_argument('--memory', metavar='DIR')
    parser.add_argument('--only', action='append', default=[], metavar='SOURCE')
    parser.add_argument('--dist', default='.el9')
    parser.add_argument('debs')
    parser.add_argument('out')
    return parser.parse_args()


def deb_files(debs):
    if os.path.isdir(debs):
        return sorted(os.path.join(debs, name) for name in os.listdir(debs) if name.endswith('.deb'))
    with open(debs, encoding='utf-8') as file:
        return [line.strip() for line in file if line.strip()]


def main():
    global WORLD  # inherited by the workers, which fork
    options = arguments()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as threads:
        debs = list(threads.map(debian.Deb, deb_files(options.debs)))
    WORLD = spec.World(debs, recipes.Recipes(), '.el9', options.only, options.dist)
    wanted = [deb for deb in WORLD.debs.values() if not options.only or deb.source in options.only]
    # The largest first, so that no worker is left alone with one at the end.
    wanted.sort(key=lambda deb: -os.path.getsize(deb.path))
    for folder in filter(None, (options.out, options.memory)):
        os.makedirs(folder, exist_ok=True)
    out = os.path.abspath(options.out)
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as workers:
        runs = [workers.submit(convert, deb.name, out, options.target, options.memory) for deb in wanted]
        errors = [run.result() for run in runs if run.result()]
    for error in errors:
        print(error, file=sys.stderr)
    shutil.rmtree(os.path.join(out, '.work'), ignore_errors=True)
    return 1 if errors else 0


if __name__ == '__main__':
    sys.exit(main())
