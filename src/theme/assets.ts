import type { ThemeConfig } from '../config/theme/theme-config.ts'
import { partsIn, pathOfPart, readPart } from './parts.ts'
import { settingsCss, SETTINGS } from './settings-css.ts'

/** A file that the theme adds to a site. */
export interface ThemeAsset {
  /** Relative to the output folder. */
  readonly path: string
  /** As reports name it. */
  readonly source: string
  read(): Uint8Array
}

/** What the theme publishes beside pages: stylesheets, and the fonts of the faces that are in use. `url`: of the site. */
export function themeAssets(theme: ThemeConfig, url: string): readonly ThemeAsset[] {
  const own = partsIn('pages').map(name => ({
    path: name.slice('pages/'.length),
    source: pathOfPart(name),
    read: () => readPart(name),
  }))
  const settings = {
    path: SETTINGS,
    source: pathOfPart(`pages/${SETTINGS}`),
    read: () => Buffer.from(settingsCss(theme, url)),
  }
  return [...own, settings]
}
