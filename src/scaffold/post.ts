import { existsSync } from 'node:fs'
import { join } from 'node:path'
import slugify from '@sindresorhus/slugify'
import { stringify } from 'yaml'
import type { Config } from '../config/config.ts'
import type { SourceFile } from '../core/types.ts'
import { fieldsOfFolders } from '../document/place/folder-defaults.ts'

/** What a new post is made from. */
export interface Plan {
  readonly title: string
  /** An ISO day. */
  readonly day: string
  readonly lang: string
  /** A folder below the pages folder. */
  readonly section: string
  readonly isDraft: boolean
}

/** The file of a new post; undefined when its title has no character for a file name. */
export function beginPost(
  { title, day, lang, section, isDraft }: Plan,
  { root, dirs, site, theme }: Config,
): SourceFile | undefined {
  const name = slugOf(title)
  if (name === '') return undefined
  const path = `${dirs.pages}/${section}/${day.slice(0, 4)}/${name}.md`
  const inFolder = fieldsOfFolders({ root, pages: dirs.pages })(path)
  const hasLayout = theme !== undefined || existsSync(join(root, dirs.layouts, 'post.ejs'))
  const fields = {
    title,
    ...(lang !== site.lang && { lang }),
    date: day,
    ...(isDraft && { draft: true }),
    ...(!inFolder.layout && hasLayout && { layout: 'post' }),
  }
  return {
    path,
    text: `---\n${stringify(fields, { lineWidth: 0 })}---\n\n`,
  }
}

/** `Тире, дефис, минус` -> `tire_defis_minus`. What cannot be written in Latin letters keeps its own. */
export function slugOf(title: string): string {
  const words = (text: string) => text.match(/[\p{L}\p{M}\p{N}]+/gu)?.join('_') ?? ''
  return slugify(title, { separator: '_', decamelize: false }) || words(title.normalize('NFC').toLowerCase())
}

/** Languages of the linter, for scripts that the site’s own language is not written in. */
const likely: Readonly<Record<string, string>> = { Cyrl: 'ru', Latn: 'en' }

/** The language of a title, by its letters: the site’s own where it is written in them. */
export function guessLanguage(title: string, siteLang: string): string {
  const count = (script: RegExp) => title.match(script)?.length ?? 0
  const [cyrillic, latin] = [count(/\p{Script=Cyrillic}/gu), count(/\p{Script=Latin}/gu)]
  if (cyrillic === latin) return siteLang
  const script = cyrillic > latin ? 'Cyrl' : 'Latn'
  return new Intl.Locale(siteLang).maximize().script === script ? siteLang : (likely[script] ?? siteLang)
}
