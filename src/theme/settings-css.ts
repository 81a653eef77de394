import type { ThemeConfig } from '../config/theme/theme-config.ts'
import { textOfPart } from './parts.ts'

/** The stylesheet that is made of the settings, at the root of the site. */
export const SETTINGS = 'settings.css'

/** Faces, and the custom properties that the other stylesheet of the theme is written with. */
export const settingsCss = (_theme: ThemeConfig): string =>
  ['source-serif', 'source-code'].map(face => textOfPart(`faces/${face}.css`)).join('\n')
