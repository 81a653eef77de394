import { append } from '../../core/lists/long-lists.ts'
import { join, posix } from 'node:path'
import { diagnostic } from '../../core/diagnostic.ts'
import { isPresent, readSource } from '../../core/read-file.ts'
import type { Diagnostic, Span } from '../../core/types.ts'
import { readFileName } from './file-name.ts'
import { readDocument, type Document } from '../document.ts'
import { readFields, type Fields } from '../field-syntax.ts'
import { checkFields, checkNames, settledFields } from '../front-matter.ts'

const FILES = ['_defaults.yaml', '_defaults.yml']

/** Whether a file of the pages folder holds defaults of the pages in its folder and below. */
export const isDefaults = (path: string): boolean => FILES.includes(posix.basename(path))

/** What the folders that a page lies in say of it, where it says nothing itself. */
export interface PageDefaults {
  readonly fields: Fields
  /** Where a field’s value is written. */
  at(name: string): Pick<Diagnostic, 'file' | 'span'> | undefined
}

export interface FolderDefaults {
  /** Of a page, by its path relative to the pages folder: those of the nearest folder win, field by field. */
  of(path: string): PageDefaults
  /** What is wrong with the files of defaults, each said once; a file with an error gives none. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Of a page in whose folders nothing is said. */
export const NONE: PageDefaults = { fields: {}, at: () => undefined }

interface Pages {
  /** Absolute. */
  readonly root: string
  /** The pages folder, relative to the root. */
  readonly pages: string
  /** Field names of the author’s own. */
  readonly own?: readonly string[]
}

/** Reads the files of defaults: `paths`, relative to the pages folder. */
export function readFolderDefaults(
  paths: readonly string[],
  { root, pages, own = [] }: Pages,
): FolderDefaults {
  if (paths.length === 0) return { of: () => NONE, diagnostics: [] }
  const diagnostics: Diagnostic[] = []
  const layers = paths.flatMap(path => {
    const { value, diagnostics: found } = readLayer(root, `${pages}/${path}`, own)
    append(diagnostics, found)
    return value ? [{ folder: posix.dirname(path), ...value }] : []
  })
  const known = new Map<string, PageDefaults>()
  const inFolder = (folder: string): PageDefaults => {
    let defaults = known.get(folder)
    if (!defaults) {
      const outer = folder === '.' ? NONE : inFolder(posix.dirname(folder))
      defaults = layers.filter(each => each.folder === folder).reduce(over, outer)
      known.set(folder, defaults)
    }
    return defaults
  }
  return { of: path => inFolder(posix.dirname(path)), diagnostics }
}

const over = (outer: PageDefaults, { fields, at }: PageDefaults): PageDefaults => ({
  fields: { ...outer.fields, ...fields },
  at: name => (Object.hasOwn(fields, name) ? at(name) : outer.at(name)),
})

/** Fields that say something of one page only. */
const ONE_PAGE = new Set('title slug aliases redirect_from redirectTarget translationOf guid'.split(' '))

function readLayer(
  root: string,
  path: string,
  own: readonly string[],
): { readonly value?: PageDefaults; readonly diagnostics: readonly Diagnostic[] } {
  const { value: file, diagnostics: unread } = readSource(root, path)
  if (!file) return { diagnostics: unread }
  const content: Span = [file.text.startsWith('\uFEFF') ? 1 : 0, file.text.length]
  const end = content[1]
  const { value: frontMatter, diagnostics: wrong } = readFields(file, {
    language: 'yaml',
    content,
    bodyStart: end,
  })
  if (!frontMatter) return { diagnostics: wrong }
  const name = readFileName(path)
  const document: Document = {
    file,
    format: 'markdown',
    name,
    frontMatter,
    bodyStart: end,
    lang: undefined,
    diagnostics: [],
  }
  const ofOne = Object.keys(frontMatter.fields).filter(field => ONE_PAGE.has(field))
  const diagnostics = [
    ...checkFields(document),
    ...checkNames(document, own),
    ...ofOne.map(field =>
      diagnostic('front-matter/reserved', `“${field}” is of one page, and this is for all of a folder`, {
        hint: 'write it in the front matter of the page',
        file,
        span: frontMatter.span(field, 'key'),
      }),
    ),
  ]
  if (diagnostics.some(({ severity }) => severity === 'error')) return { diagnostics }
  const fields = Object.fromEntries(
    Object.entries(settledFields(document)).filter(([, value]) => value !== null),
  )
  const at = (field: string) => ({ file, span: frontMatter.span(field, 'value') })
  return { value: { fields, at }, diagnostics }
}

/** For who has no list of sources: what the folders of a page say of it, by its path from the root. Each folder is looked at once. */
export function fieldsOfFolders({ root, pages }: Pages): (path: string) => Fields {
  const known = new Map<string, Fields>()
  const ownFields = (inside: string): Fields => {
    const files = FILES.map(name => posix.join(inside, name)).filter(file =>
      isPresent(join(root, pages, file)),
    )
    return readFolderDefaults(files, { root, pages }).of(posix.join(inside, 'index.md')).fields
  }
  /** `inside` is relative to the pages folder. */
  const fieldsIn = (inside: string): Fields => {
    let fields = known.get(inside)
    if (!fields) {
      const isOutside = inside === '..' || inside.startsWith('../')
      const outer =
        inside === '' || isOutside
          ? NONE.fields
          : fieldsIn(inside.slice(0, Math.max(0, inside.lastIndexOf('/'))))
      fields = isOutside ? outer : { ...outer, ...ownFields(inside) }
      known.set(inside, fields)
    }
    return fields
  }
  return path => fieldsIn(posix.relative(pages, posix.dirname(path)))
}

/** Which of the pages lie in or below the folders of these files of defaults, which are relative to the root. */
export function pagesBelow(
  files: readonly string[],
  { dirs }: { readonly dirs: { readonly pages: string } },
  pages: Iterable<string>,
): readonly string[] {
  const folders = files.map(path => posix.relative(dirs.pages, posix.dirname(path)))
  if (folders.length === 0) return []
  return [...pages].filter(page => folders.some(folder => folder === '' || page.startsWith(`${folder}/`)))
}

/** A field of a source, or of the defaults of its folders, read once more, for a report that comes when the text is long forgotten. */
export function fieldAt(root: string, path: string, field: string): Pick<Diagnostic, 'file' | 'span'> {
  const { value: file = { path, text: '' } } = readSource(root, path)
  const { fields, span } = readDocument(file).frontMatter
  if (Object.hasOwn(fields, field)) return { file, span: span(field, 'value') }
  for (let folder = path; folder !== '.' && folder !== '/';) {
    folder = posix.dirname(folder)
    for (const name of FILES) {
      const defaults = posix.join(folder, name)
      const found = isPresent(join(root, defaults))
        ? readLayer(root, defaults, []).value?.at(field)
        : undefined
      if (found?.span && found.span[1] > found.span[0]) return found
    }
  }
  return { file }
}
