import type { ThemeConfig } from '../config/theme/theme-config.ts'
import { partsIn, pathOfPart, readPart, textOfPart } from './parts.ts'
import { settingsCss, SETTINGS } from './settings-css.ts'

/** A file that the theme adds to a site. */
export interface ThemeAsset {
  /** Relative to the output folder. */
  readonly path: string
  /** As reports name it. */
  readonly source: string
  read(): Uint8Array
}

/** The family of code, beside whatever text is set in. */
const MONO = 'source-code'

/** The stylesheet, at the root of the site. */
export const STYLES = 'main.css'

/**
 * What the theme publishes beside pages: the stylesheet, which begins with what is made of the settings, and the fonts of the faces that
 * are in use. The settings are there alone, too, for a stylesheet of the site's own to begin with.
 * `url`: of the site.
 */
export function themeAssets(theme: ThemeConfig, url: string): readonly ThemeAsset[] {
  const isUsed = (name: string) => {
    const family = /^pages\/fonts\/([^/]+)\//.exec(name)?.[1]
    return family === undefined || family === theme.face || family === MONO
  }
  const own = partsIn('pages')
    .filter(isUsed)
    .map(name => ({
      path: name.slice('pages/'.length),
      source: pathOfPart(name),
      read: () =>
        name === `pages/${STYLES}`
          ? Buffer.from(`${settingsCss(theme, url)}\n${textOfPart(name)}`)
          : readPart(name),
    }))
  const settings = {
    path: SETTINGS,
    source: pathOfPart(`pages/${SETTINGS}`),
    read: () => Buffer.from(settingsCss(theme, url)),
  }
  return [...own, settings]
}
