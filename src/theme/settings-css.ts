import { onDark } from '../config/theme/colour.ts'
import type { FaceName, ThemeConfig } from '../config/theme/theme-config.ts'
import { textOfPart } from './parts.ts'

/** The stylesheet that is made of the settings, at the root of the site. */
export const SETTINGS = 'settings.css'

/** Links and marks, when the site names no colour. */
const RUBRIC = { light: '#9c1f0e', dark: '#f59a84' } as const

/** Languages whose letters run wider: the same number of them in a line takes more room. */
const WIDE = ['ru', 'uk', 'be', 'bg', 'sr', 'mk']

/** How wide a letter of Source Serif is on average, of its size, in Latin and in Cyrillic. */
const LETTER = { latin: 31.5 / 66, cyrillic: 33 / 66 } as const

/** How wide those of the faces are beside it; tools/fonts/faces.py measures it. */
const WIDTH: Readonly<Record<FaceName, number>> = { 'source-serif': 1, literata: 1.029, 'source-sans': 0.902 }

/** Of a margin, in sizes of the text: the distance, the narrowest note, and what is left beside it. */
const MARGIN = 2 + 11 + 1

/** As many notes of a page may stand beside its text; the others stay below it. */
const NOTES = 99

/**
 * Faces, the custom properties that the other stylesheet of the theme is written with, and what depends on how much room is beside the
 * text. `url`: of the site, for addresses on paper.
 */
export function settingsCss(theme: ThemeConfig, url: string): string {
  const faces = [theme.face, 'source-code'].map(face => textOfPart(`faces/${face}.css`))
  const { light, dark } =
    theme.colour === undefined ? RUBRIC : { light: theme.colour, dark: onDark(theme.colour) }
  return `${faces.join('\n')}
/* What the configuration says of the theme. */
:root {
  --size: ${sizeOf(theme.size)};
  --measure: ${brief(theme.measure * LETTER.latin * WIDTH[theme.face])}rem;
  --rubric: ${light};
  --side: min(15rem, 50vw - var(--measure) / 2 - 3.5rem);
  --origin: '${new URL(url).origin}';
}
@media (prefers-color-scheme: dark) {
  :root {
    --rubric: ${dark};
  }
}
${WIDE.map(lang => `:root:lang(${lang})`).join(',\n')} {
  --measure: ${brief(theme.measure * LETTER.cyrillic * WIDTH[theme.face])}rem;
}
@media screen and (min-width: ${Math.ceil(roomyFrom(theme) / 16)}em) {
${indent(textOfPart('settings/margins.css') + anchors())}
}
`
}

/** From this width on, in pixels, the margins have room for notes: text and both margins grow with the size of the text, and that with the width. */
function roomyFrom({ face, measure, size }: ThemeConfig): number {
  const units = measure * LETTER.cyrillic * WIDTH[face] + 2 * MARGIN
  const sizeAt = (width: number) => Math.min(Math.max(size, (size * 8) / 9 + 0.003 * width), (size * 7) / 6)
  let width = 0
  while (units * sizeAt(width) > width) width++
  return width
}

/** The mark in the text that each note belongs to. */
const anchors = () =>
  Array.from({ length: NOTES }, (_, i) => i + 1)
    .map(n => `#fnref${n}{anchor-name:--m${n}}#fn${n}{--mark:--m${n}}\n`)
    .join('')

const indent = (css: string) => css.trimEnd().replace(/^(?=.)/gm, '  ')

/** Of text, in shares of what the reader has chosen, which is 16 px if he has not; a sixth larger where there is room. */
function sizeOf(pixels: number): string {
  const least = (pixels / 16) * 100
  return `clamp(${brief(least)}%, ${brief((least * 8) / 9)}% + 0.3vw, ${brief((least * 7) / 6)}%)`
}

const brief = (number: number) => String(Math.round(number * 1000) / 1000)
