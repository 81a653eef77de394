import {
  canonicalLanguage,
  languageTag,
  listOf,
  numberWithin,
  oneOf,
  type Kind,
} from '../../core/value-kinds.ts'
import { readableColour } from './colour.ts'
import { byLanguage, navigationItem, type ByLanguage, type NavigationItem } from './theme-kinds.ts'

/** What a site has of the theme that comes with the program: its settings, complete. */
export interface ThemeConfig {
  readonly name: ThemeName
  /** The family that text is set in. */
  readonly face: FaceName
  /** Characters in a line of text, blanks among them, as nearly as their widths allow. */
  readonly measure: number
  /** Of text, in pixels of CSS, on a telephone of somebody who has chosen none. */
  readonly size: number
  /** Of links and marks, `#rrggbb`, on light paper. */
  readonly colour?: string | undefined
  /** The languages that the site speaks, its own first: each may have a home, `/` and `/ru/`. */
  readonly languages: readonly string[]
  /** What is at the head of each page; undefined for what there is of posts, tags and a page about the site. */
  readonly navigation?: readonly NavigationItem[] | undefined
  /** What is at the foot; undefined for the site's description. */
  readonly footer?: ByLanguage | undefined
}

/** `theme` as it may be written: its name alone, or with settings. */
export type UserThemeConfig = ThemeName | Partial<ThemeConfig>

export const themeNames = ['imprimatur'] as const

/** Families with Latin and Cyrillic letters; each has its fonts in the theme. */
export const faceNames = ['source-serif', 'literata', 'source-sans'] as const

export type FaceName = (typeof faceNames)[number]

export type ThemeName = (typeof themeNames)[number]

export const themeKinds = {
  name: oneOf(...themeNames),
  face: oneOf(...faceNames),
  measure: numberWithin(45, 90),
  size: numberWithin(14, 26),
  colour: readableColour,
  languages: listOf(languageTag),
  navigation: listOf(navigationItem),
  footer: byLanguage,
} as const satisfies Readonly<Record<string, Kind>>

/** Undefined for a site that has layouts of its own alone. */
export function completeTheme(
  written: UserThemeConfig | undefined,
  siteLanguage: string,
): ThemeConfig | undefined {
  if (written === undefined) return undefined
  const settings = typeof written === 'string' ? { name: written } : written
  const {
    name = 'imprimatur',
    face = 'source-serif',
    measure = 66,
    size = 18,
    colour,
    languages = [],
    navigation,
    footer,
  } = settings
  const own = canonicalLanguage(siteLanguage)
  return {
    name,
    face,
    measure,
    size,
    ...(colour !== undefined && { colour }),
    languages: [...new Set([own, ...languages.map(canonicalLanguage)])],
    ...(navigation && { navigation }),
    ...(footer !== undefined && { footer }),
  }
}
