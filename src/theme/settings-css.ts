import { onDark } from '../config/theme/colour.ts'
import type { ThemeConfig } from '../config/theme/theme-config.ts'
import { textOfPart } from './parts.ts'

/** The stylesheet that is made of the settings, at the root of the site. */
export const SETTINGS = 'settings.css'

/** Links and marks, when the site names no colour. */
const RUBRIC = { light: '#9c1f0e', dark: '#f59a84' } as const

/** Languages whose letters run wider: the same number of them in a line takes more room. */
const WIDE = ['ru', 'uk', 'be', 'bg', 'sr', 'mk']

/** How wide a letter is on average, of the face’s size, in Latin and in Cyrillic. */
const LETTER = { latin: 31.5 / 66, cyrillic: 33 / 66 } as const

/** Faces, and the custom properties that the other stylesheet of the theme is written with. */
export function settingsCss(theme: ThemeConfig): string {
  const faces = ['source-serif', 'source-code'].map(face => textOfPart(`faces/${face}.css`))
  const { light, dark } =
    theme.colour === undefined ? RUBRIC : { light: theme.colour, dark: onDark(theme.colour) }
  return `${faces.join('\n')}
/* What the configuration says of the theme. */
:root {
  --size: ${sizeOf(theme.size)};
  --measure: ${brief(theme.measure * LETTER.latin)}rem;
  --rubric: ${light};
}
@media (prefers-color-scheme: dark) {
  :root {
    --rubric: ${dark};
  }
}
${WIDE.map(lang => `:root:lang(${lang})`).join(',\n')} {
  --measure: ${brief(theme.measure * LETTER.cyrillic)}rem;
}
`
}

/** Of text, in shares of what the reader has chosen, which is 16 px if he has not; a sixth larger where there is room. */
function sizeOf(pixels: number): string {
  const least = (pixels / 16) * 100
  return `clamp(${brief(least)}%, ${brief((least * 8) / 9)}% + 0.3vw, ${brief((least * 7) / 6)}%)`
}

const brief = (number: number) => String(Math.round(number * 1000) / 1000)
