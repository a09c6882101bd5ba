# SPDX-License-Identifier: GPL-3.0-or-later
# The spec file of a converted package. Dependencies on libraries, pkg-config and Python modules come from rpm's own
# generators; here are the ones that Debian states, in rpm's words.
import fnmatch
import re

OPERATORS = {'<<': '<', '<=': '<=', '=': '=', '>=': '>=', '>>': '>'}


def evr(version, dist=''):
    """Debian's version as (epoch, version, release) that rpm takes."""
    epoch, _, rest = version.rpartition(':')
    upstream, dash, revision = rest.rpartition('-')
    if not dash:
        upstream, revision = rest, '0'
    clean = [re.sub(r'[^A-Za-z0-9._+~^]', '.', part) for part in (upstream, revision)]
    return epoch, clean[0], clean[1] + dist


class World:
    """The packages of one run: what each Debian name becomes, and with what version."""

    def __init__(self, debs, recipes, dist, updated=(), update_dist=''):
        self.debs = {deb.name: deb for deb in debs if deb.name not in recipes.left_out}
        self.recipes, self.dist = recipes, dist
        self.updated, self.update_dist = set(updated), update_dist
        self.virtual = {}
        for deb in self.debs.values():
            for alternatives in deb.relations('Provides'):
                self.virtual.setdefault(alternatives[0][0], deb.name)

    def dist_of(self, deb):
        return self.update_dist if deb.source in self.updated else self.dist

    def evr(self, deb):
        return evr(deb.version, self.dist_of(deb))

    def dependency(self, relation):
        """rpm's words for one alternative, or nothing if no package here can satisfy it."""
        name, operator, version = relation
        if name in self.debs:
            deb = self.debs[name]
            # 'less than 2.0-.' is Debian's word for any revision of 2.0; rpm has none for it.
            if not operator or version.endswith('-.'):
                return self.recipes.name(name)
            epoch, upstream, release = evr(version, self.dist_of(deb) if operator == '=' else '')
            text = (epoch + ':' if epoch else '') + upstream
            if '-' in version:
                text += '-' + release
            elif operator == '>>':
                operator = '>='  # rpm leaves releases out when one side has none; for Debian 2-1 is more than 2
            return f'{self.recipes.name(name)} {OPERATORS[operator]} {text}'
        if name in self.virtual:
            return name
        return None

    def relations(self, deb, *fields):
        """What these fields ask for, as far as there is anything here that can satisfy it."""
        own = self.recipes.name(deb.name)
        found = set()
        for field in fields:
            for alternatives in deb.relations(field):
                words = [self.dependency(one) for one in alternatives]
                words = list(dict.fromkeys(word for word in words if word))
                if not words or any(word.split()[0] == own for word in words):
                    continue
                found.add(words[0] if len(words) == 1 else '(' + ' or '.join(words) + ')')
        return sorted(found)


def file_line(entry):
    # What rpm would take for a pattern, a macro or the end of the name becomes a pattern of one character.
    path = '/' + re.sub(r'[][{}*?%\\ "]', '?', entry.path)
    kind = ''
    if entry.is_directory:
        kind = '%dir '
    elif entry.path.startswith('etc/') and not entry.is_link:
        kind = '%config(noreplace) '
    mode = '-' if entry.is_link else f'{entry.mode:04o}'
    return f'{kind}%attr({mode}, {entry.user}, {entry.group}) "{path}"\n'


def parted(entries, patterns):
    """Takes the entries that match any of the patterns out of the dictionary."""
    paths = [path for path in entries if any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)]
    return [entries.pop(path) for path in paths]


def relations(word, values):
    return ''.join(f'{word}: {value}\n' for value in values)


def full_version(world, deb):
    epoch, version, release = world.evr(deb)
    return (epoch + ':' if epoch else '') + version + '-' + release


def head(world, deb):
    """The spec file up to the description: all that is known without looking into the package."""
    recipes = world.recipes
    name, (epoch, version, release) = recipes.name(deb.name), world.evr(deb)
    provides = recipes.words(deb.name, 'provides')
    if name != deb.name and deb.name not in recipes.words('left out', 'old names'):
        provides.append(f'{deb.name} = {full_version(world, deb)}')
    for alternatives in deb.relations('Provides'):
        if alternatives[0][0] not in world.debs:
            provides.append(alternatives[0][0])
    text = [f'Name: {name}\nVersion: {version}\nRelease: {release}\n']
    text.append(f'Epoch: {epoch}\n' if epoch else '')
    text.append(f'Summary: {deb.summary[:70].replace("%", "%%")}\nLicense: see Debian\n')
    text.append(f'URL: https://tracker.debian.org/pkg/{deb.source}\n')
    text.append('BuildArch: noarch\n' if deb.fields['Architecture'] == 'all' else '')
    text.append(relations('Provides', dict.fromkeys(provides)))
    if not recipes.text(deb.name, 'depends of'):
        text.append(relations('Requires', world.relations(deb, 'Pre-Depends', 'Depends')))
    text.append(relations('Requires', recipes.words(deb.name, 'requires')))
    text.append(relations('Recommends', world.relations(deb, 'Recommends')))
    return ''.join(text) + 'Requires: filesystem\n'


def spec(world, deb, entries, commands):
    """The text of the spec file. Entries that go to parts are taken out of 'entries'."""
    recipes, name = world.recipes, world.recipes.name(deb.name)
    text = [head(world, deb), relations('Provides', commands)]
    text.append(f'%description\nDebian\'s {deb.name} {deb.version}, converted for tests.\n')
    for part, patterns in recipes.parts(deb.name).items():
        text.append(f'%package -n {part}\nSummary: a part of {name}\nRequires: {name} = {full_version(world, deb)}\n')
        if recipes.text(deb.name, 'depends of') == part:
            text.append(relations('Requires', world.relations(deb, 'Pre-Depends', 'Depends')))
        text.append(relations('Requires', recipes.words(part, 'requires')))
        text.append(relations('Provides', recipes.words(part, 'provides')))
        text.append(f'%description -n {part}\nA part of {name}.\n%files -n {part}\n')
        text.extend(file_line(entry) for entry in parted(entries, patterns))
    text.append(recipes.text(deb.name, 'spec').replace('\n.\n', '\n\n') + '\n%files\n')
    text.extend(file_line(entry) for entry in entries.values())
    return ''.join(text)
