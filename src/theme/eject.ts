import { join, posix } from 'node:path'
import { isPresent } from '../core/read-file.ts'
import type { Config } from '../config/config.ts'
import type { ThemeConfig } from '../config/theme/theme-config.ts'
import { diagnostic, suggestion } from '../core/diagnostic.ts'
import type { Result } from '../core/types.ts'
import { languageTag } from '../core/value-kinds.ts'
import { STYLES, themeAssets } from './assets.ts'
import { partsIn, readPart, textOfPart } from './parts.ts'
import { SETTINGS } from './settings-css.ts'

/** A part of the theme, and where a site may have its own. */
export interface SitePart {
  /** `layouts/post.ejs` */
  readonly name: string
  /** From the root of the site. */
  readonly path: string
  /** Whether the site has its own. */
  readonly isOwn: boolean
  read(): string | Uint8Array
}

type ThemedSite = Pick<Config, 'root' | 'dirs' | 'site'> & { readonly theme: ThemeConfig }

/** Every part that the site uses, in order. */
export function siteParts({ root, dirs, site, theme }: ThemedSite): readonly SitePart[] {
  const layouts = partsIn('layouts').map(name => ({ name, read: () => readPart(name) }))
  const files = themeAssets(theme, site.url)
    .filter(({ path }) => path !== SETTINGS)
    .map(({ path, read }) => ({ name: `pages/${path}`, read: path === STYLES ? ownStyles : read }))
  return [...layouts, ...files.toSorted((a, b) => (a.name < b.name ? -1 : 1))].map(({ name, read }) => {
    const path = placeOf(name, dirs)
    return { name, path, isOwn: isPresent(join(root, path)), read }
  })
}

/** The settings stay in force, and are what a build makes of the configuration. */
const ownStyles = () => `@import url(${SETTINGS});\n\n${textOfPart(`pages/${STYLES}`)}`

const placeOf = (name: string, { layouts, pages }: Config['dirs']) =>
  posix.join(name.startsWith('layouts/') ? layouts : pages, name.slice(name.indexOf('/') + 1))

/** The part that somebody names: by its whole name, or by the end of it when no other has that: `post`, `footer`, `main.css`. */
export function findPart(site: ThemedSite, name: string): Result<SitePart> {
  const parts = siteParts(site)
  const plain = name.replace(/^(?:\.?\/)+/, '')
  const meant = parts.filter(part => part.name === plain || part.path === plain)
  const near = meant.length > 0 ? meant : parts.filter(part => endsWith(part.name, plain))
  const [part, another] = near
  if (part && !another) return { value: part, diagnostics: [] }
  if (another) {
    const hint = `write one of ${near.map(each => each.name).join(', ')}`
    return { diagnostics: [diagnostic('theme/part', `“${name}” is the name of several parts`, { hint })] }
  }
  const table = newTable(site, plain)
  if (table) return { value: table, diagnostics: [] }
  const names = parts.flatMap(each => [each.name, posix.basename(each.name, '.ejs')])
  const hint = `${suggestion(plain, names)}imprimatur theme lists them all`
  return { diagnostics: [diagnostic('theme/part', `The theme has no part “${name}”`, { hint })] }
}

const endsWith = (part: string, name: string) =>
  part.endsWith(`/${name}`) || part.endsWith(`/${name}.ejs`) || part.endsWith(`/${name}.yaml`)

/** The words of a language that the theme does not speak: its English ones, to be translated. */
function newTable({ dirs }: ThemedSite, name: string): SitePart | undefined {
  const lang = /^(?:layouts\/)?words\/([^/]+)\.yaml$/.exec(name)?.[1]
  if (lang === undefined || !languageTag.accepts(lang)) return undefined
  const part = `layouts/words/${lang}.yaml`
  return { name: part, path: placeOf(part, dirs), isOwn: false, read: () => untranslated(lang) }
}

/** Each English word as a remark behind its name, so that what is left is known to be untranslated. */
const untranslated = (lang: string) => {
  const [, ...lines] = textOfPart('layouts/words/en.yaml').split(/\n(?=\n)/)
  const words = lines.join('\n').replace(/^(\w+): (.*)$/gm, '$1: # $2')
  return `# The words of the theme in the language ${lang}. What is left empty is shown in another. {n} is a number.\n${words}`
}
