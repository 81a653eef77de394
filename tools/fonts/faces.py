"""Makes the other faces of src/theme/files/: npm i @expo-google-fonts/literata source-sans; pip install fonttools brotli; run in the root.

Prints, for each, how wide its letters are beside those of Source Serif, in English and in Russian: what src/theme/faces.ts and the
stand-ins in src/theme/files/faces/ are made of.
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from subset import ACCENTED, CYRILLIC, FEATURES, LATIN, SERIF

LITERATA = 'node_modules/@expo-google-fonts/literata/{0}/Literata_{0}.ttf'
SANS = 'node_modules/source-sans/VF/SourceSans3VF-{}.ttf'
CAPS = ['smcp', 'c2sc', 'kern']
ROOT = 'src/theme/files/pages/fonts'
CAPITALS = [*range(0x41, 0x5B), *range(0x61, 0x7B)]

# How often letters come, in a hundred or so.
ENGLISH = dict(zip('etaoinshrdlucmfwypvbgk ', [12, 9, 8, 8, 7, 7, 6, 6, 6, 4, 4, 3, 3, 3, 2, 2, 2, 2, 1, 1, 2, 1, 20]))
RUSSIAN = dict(zip('оеаинтсрвлкмдпуяыьгзбчйхжшю ', [11, 8, 8, 7, 7, 6, 5, 5, 5, 4, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 17]))


def make(source, target, characters, axes, family, style, features):
    options = subset.Options(layout_features=features, hinting=False, glyph_names=False, name_IDs=['*'])
    options.drop_tables += ['meta', 'STAT', 'DSIG']
    cutter = subset.Subsetter(options)
    font = TTFont(source)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    if axes:
        font.flavor = None
        font.save('/tmp/subset.ttf')
        font = instancer.instantiateVariableFont(TTFont('/tmp/subset.ttf'), axes)
    names = font['name']
    names.names = [record for record in names.names if record.nameID in (0, 5, 13, 14)]
    for number, text in ((1, family), (2, style), (3, f'{family} {style}'), (4, f'{family} {style}')):
        names.setName(text, number, 3, 1, 0x409)
    names.setName(f'{family}-{style}'.replace(' ', ''), 6, 3, 1, 0x409)
    if 'fvar' in font:
        font['fvar'].instances = []
        for axis in font['fvar'].axes:
            axis.axisNameID = 256
        names.setName('Weight', 256, 3, 1, 0x409)
    font.flavor = 'woff2'
    font.save(f'{ROOT}/{target}.woff2')


def width(source, letters):
    font = TTFont(source)
    if 'fvar' in font:
        font = instancer.instantiateVariableFont(font, {axis.axisTag: {'wght': 400, 'opsz': 17}[axis.axisTag] for axis in font['fvar'].axes})
    to, units = font.getBestCmap(), font['head'].unitsPerEm
    metrics = font['hmtx'].metrics
    sum_ = sum(letters.values())
    return sum(metrics[to[ord(letter)]][0] * often for letter, often in letters.items()) / sum_ / units


FACES = (('latin', LATIN), ('latin-1', ACCENTED), ('cyrillic', CYRILLIC))
KEPT = [*FEATURES, 'zero']


def literata():
    for style, name in (('400Regular', ''), ('600SemiBold', 'bold-'), ('400Regular_Italic', 'italic-'), ('600SemiBold_Italic', 'bold-italic-')):
        for script, characters in FACES:
            make(LITERATA.format(style), f'literata/{name}{script}', characters, None, 'Imprimatur Literata', style[3:], KEPT)
    for script, characters in (('latin', CAPITALS), ('cyrillic', CYRILLIC)):
        make(LITERATA.format('400Regular'), f'literata/caps-{script}', characters, None, 'Imprimatur Literata Caps', 'Regular', CAPS)


def source_sans():
    for script, characters in FACES:
        make(SANS.format('Upright'), f'source-sans/{script}', characters, {'wght': (400, 700)}, 'Imprimatur Sans', 'Regular', KEPT)
        make(SANS.format('Italic'), f'source-sans/italic-{script}', characters, {'wght': (400, 700)}, 'Imprimatur Sans', 'Italic', KEPT)
    for script, characters in (('latin', CAPITALS), ('cyrillic', CYRILLIC)):
        make(SANS.format('Upright'), f'source-sans/caps-{script}', characters, {'wght': 400}, 'Imprimatur Sans Caps', 'Regular', CAPS)


def compare():
    own = [width(SERIF.format('Roman'), letters) for letters in (ENGLISH, RUSSIAN)]
    for name, source in (('literata', LITERATA.format('400Regular')), ('source-sans', SANS.format('Upright')), *((each, each) for each in sys.argv[1:])):
        print(name, *(f'{width(source, letters) / of:.3f}' for letters, of in zip((ENGLISH, RUSSIAN), own)))


if __name__ == '__main__':
    literata()
    source_sans()
    compare()
