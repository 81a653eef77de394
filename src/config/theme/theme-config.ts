import { oneOf, type Kind } from '../../core/value-kinds.ts'

/** What a site has of the theme that comes with the program. */
export interface ThemeConfig {
  readonly name: ThemeName
}

/** `theme` as it may be written: its name alone, or with settings. */
export type UserThemeConfig = ThemeName | Partial<ThemeConfig>

export const themeNames = ['imprimatur'] as const

export type ThemeName = (typeof themeNames)[number]

export const themeKinds = {
  name: oneOf(...themeNames),
} as const satisfies Readonly<Record<string, Kind>>

/** Undefined for a site that has layouts of its own alone. */
export function completeTheme(written: UserThemeConfig | undefined): ThemeConfig | undefined {
  if (written === undefined) return undefined
  const settings = typeof written === 'string' ? { name: written } : written
  return { name: settings.name ?? 'imprimatur' }
}
