# SPDX-License-Identifier: GPL-3.0-or-later
# What the recipes say: names.txt (Debian's names and EL's), recipes.ini (what a package gets beside its files),
# filesystem.txt (directories that belong to 'filesystem', so to no other package).
import configparser
import os

HERE = os.path.dirname(os.path.abspath(__file__))


def lines(name):
    with open(os.path.join(HERE, name), encoding='utf-8') as file:
        for line in file:
            line = line.split('#')[0].strip()
            if line:
                yield line


class Recipes:
    def __init__(self):
        self.names = dict(line.split() for line in lines('names.txt'))
        self.directories = {line.split()[-1].lstrip('/') for line in lines('filesystem.txt')}
        self.table = configparser.ConfigParser(interpolation=None, delimiters=('=',), strict=True)
        self.table.optionxform = str
        self.table.read(os.path.join(HERE, 'recipes.ini'), encoding='utf-8')
        self.left_out = set(self.table['left out']['packages'].split())

    def name(self, debian):
        return self.names.get(debian, debian)

    def words(self, debian, key):
        """A list: of lines if there are several, of words if there is one line."""
        value = self.table.get(debian, key, fallback='').strip()
        return [line.strip() for line in value.splitlines() if line.strip()] if '\n' in value else value.split()

    def links(self, debian):
        return dict(link.split('=') for link in self.words(debian, 'links'))

    def text(self, debian, key):
        return self.table.get(debian, key, fallback='').strip()

    def dump(self, debian):
        """All that the recipes say of a package, for a digest."""
        names = [debian, *self.parts(debian)]
        return repr([sorted(self.table[name].items()) for name in names if self.table.has_section(name)])

    def parts(self, debian):
        """EL packages that take files out of this one: {name: patterns of paths}."""
        if not self.table.has_section(debian):
            return {}
        return {key[5:]: value.split() for key, value in self.table[debian].items() if key.startswith('part ')}
