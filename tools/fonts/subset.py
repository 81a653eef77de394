"""Makes the fonts of src/theme/files/: npm i source-serif @fontsource-variable/source-code-pro; pip install fonttools brotli; run in the root.

What is kept: the letters of English, Russian, Ukrainian and Belarusian, Latin-1, typographers' signs; both kinds of figures;
weights 400 to 700 of the roman. Names are changed as the licence asks.
"""

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

SERIF = 'node_modules/source-serif/WOFF2/VAR/SourceSerif4Variable-{}.ttf.woff2'
MONO = 'node_modules/@fontsource-variable/source-code-pro/files/source-code-pro-{}-wght-normal.woff2'

ACCENTED = [*range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x100), 0x131, 0x152, 0x153, 0x160, 0x161, 0x17D, 0x17E]
SIGNS = map(ord, '\u02c6\u02da\u02dc\u0300\u0301\u2002\u2003\u2009\u200a‐‑‒–—‘’‚“”„†‡•…\u202f‰′″‹›⁄€№™←↑→↓↩−≈≠≤≥⟨⟩')
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0xC0), 0xD7, 0xF7, *SIGNS]
CYRILLIC = [*range(0x410, 0x450), *map(ord, 'ЁёЄєІіЇїҐґЎў₽₴')]
FEATURES = 'kern mark mkmk liga ccmp locl onum lnum pnum tnum case frac numr dnom sups calt rvrn rclt'.split()


def make(source, target, characters, axes, family, style):
    options = subset.Options(layout_features=FEATURES, hinting=False, glyph_names=False, name_IDs=['*'])
    options.drop_tables += ['meta']
    cutter = subset.Subsetter(options)
    font = TTFont(source)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    font.flavor = None
    font.save('/tmp/subset.ttf')
    font = instancer.instantiateVariableFont(TTFont('/tmp/subset.ttf'), axes)
    names = font['name']
    names.names = [record for record in names.names if record.nameID in (0, 5, 13, 14)]
    for number, text in ((1, family), (2, style), (3, f'{family} {style}'), (4, f'{family} {style}')):
        names.setName(text, number, 3, 1, 0x409)
    names.setName(f'{family}-{style}'.replace(' ', ''), 6, 3, 1, 0x409)
    if 'STAT' in font:
        del font['STAT']
    if 'fvar' in font:
        font['fvar'].instances = []
        for axis in font['fvar'].axes:
            axis.axisNameID = 256
        names.setName('Weight', 256, 3, 1, 0x409)
    font.flavor = 'woff2'
    font.save(f'src/theme/files/pages/fonts/{target}.woff2')


if __name__ == '__main__':
    for name, characters in (('latin', LATIN), ('latin-1', ACCENTED), ('cyrillic', CYRILLIC)):
        make(SERIF.format('Roman'), f'source-serif/{name}', characters, {'wght': (400, 700), 'opsz': 17}, 'Imprimatur Serif', 'Regular')
        make(SERIF.format('Italic'), f'source-serif/italic-{name}', characters, {'wght': 400, 'opsz': 17}, 'Imprimatur Serif', 'Italic')
    make(MONO.format('latin'), 'source-code/latin', LATIN + ACCENTED, {'wght': 400}, 'Imprimatur Mono', 'Regular')
    make(MONO.format('cyrillic'), 'source-code/cyrillic', CYRILLIC, {'wght': 400}, 'Imprimatur Mono', 'Regular')
