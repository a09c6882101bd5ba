# SPDX-License-Identifier: GPL-3.0-or-later
# Reads .deb files: their control fields, their relations, and their files, laid out with a merged /usr.
# The archive's own list says who owns a file and what its mode is, so no root is needed to get these right.
import os
import posixpath
import re
import subprocess
import tarfile

MERGED = re.compile(r'^(bin|sbin|lib|lib32|lib64|libx32)(/|$)')
# What no build root needs; licences stay out too, these packages are never given to anybody.
DROPPED = re.compile(r'^usr/(share/(doc|man|locale|info|lintian|bug|doc-base|gcc|menu|bash-completion|zsh)(/|$)|bin/.*lto-dump)')
RELATION = re.compile(r'^([a-z0-9][a-z0-9+.-]*)(?::\w+)?(?:\s*\((<<|<=|=|>=|>>)\s*([^)\s]+)\))?$')


class Entry:
    """A file of a package: where it goes, and what the archive says of it."""

    def __init__(self, path, member):
        self.path = path
        self.is_directory = member.isdir()
        self.is_link = member.issym()
        self.mode = member.mode & 0o7777
        self.user = member.uname or 'root'
        self.group = member.gname or 'root'


class Deb:
    def __init__(self, path):
        self.path = path
        text = subprocess.run(['dpkg-deb', '-f', path], check=True, capture_output=True, text=True).stdout
        self.fields = {}
        for line in text.splitlines():
            if line[:1] not in (' ', '\t') and ':' in line:
                name, value = line.split(':', 1)
                self.fields[name] = value.strip()
        self.name = self.fields['Package']
        self.version = self.fields['Version']
        self.source = self.fields.get('Source', self.name).split()[0]
        self.summary = self.fields.get('Description', self.name)

    def relations(self, field):
        """A list of alternatives, each a list of (name, operator, version): 'a (>= 1) | b, c' has two."""
        every = []
        for alternatives in self.fields.get(field, '').split(','):
            parsed = [RELATION.match(one.strip()) for one in alternatives.split('|')]
            parsed = [match.groups() for match in parsed if match]
            if parsed:
                every.append(parsed)
        return every


def merged(path):
    return 'usr/' + path if MERGED.match(path) else path


def link_target(path, target):
    """A relative link whose place moves below /usr still points to the same file."""
    moved = merged(path)
    if target.startswith('/') or moved == path:
        return target
    absolute = posixpath.normpath(posixpath.join('/', posixpath.dirname(path), target)).lstrip('/')
    return posixpath.relpath('/' + merged(absolute), '/' + posixpath.dirname(moved))


def unpack(deb, root):
    """Unpacks deb's files below root; gives their entries and the commands that stood in /bin and /sbin."""
    entries, commands = {}, []
    archive = subprocess.Popen(['dpkg-deb', '--fsys-tarfile', deb.path], stdout=subprocess.PIPE)
    with tarfile.open(fileobj=archive.stdout, mode='r|') as tar:
        for member in tar:
            name = posixpath.normpath(member.name).lstrip('/')
            path = merged(name)
            if path == '.' or DROPPED.match(path) or (member.isdir() and MERGED.fullmatch(name)):
                continue
            if path != name and re.match(r's?bin/', name):
                commands.append('/' + name)
            place_member(tar, member, path, root, name)
            entries[path] = Entry(path, member)
    if archive.wait():
        raise RuntimeError(f'{deb.path}: dpkg-deb gave status {archive.returncode}')
    return entries, commands


def place_member(tar, member, path, root, name):
    where = os.path.join(root, path)
    os.makedirs(os.path.dirname(where), exist_ok=True)
    if member.isdir():
        os.makedirs(where, exist_ok=True)
    elif member.issym():
        os.symlink(link_target(name, member.linkname), where)
    elif member.islnk():
        os.link(os.path.join(root, merged(posixpath.normpath(member.linkname).lstrip('/'))), where)
    elif member.isfile():
        with tar.extractfile(member) as source, open(where, 'wb') as out:
            while block := source.read(1 << 20):
                out.write(block)
        # What cannot be read cannot be packed; the mode in the package is the archive's.
        os.chmod(where, (member.mode & 0o777) | 0o400)
        os.utime(where, (member.mtime, member.mtime))
    else:
        raise RuntimeError(f'{path}: neither file nor link nor directory')
