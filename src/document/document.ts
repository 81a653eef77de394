import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic, SourceFile } from '../core/types.ts'
import { canonicalLanguage, languageTag } from '../core/value-kinds.ts'
import { behindMark, findFences, isFault } from './fences.ts'
import { readFields, type FrontMatter } from './field-syntax.ts'
import { formatOf, type Format } from './formats.ts'
import { readFileName, type FileName } from './place/file-name.ts'

/** A source file as everything in the program reads it: the one place that knows where front matter ends. */
export interface Document {
  readonly file: SourceFile
  readonly format: Format
  readonly name: FileName
  /** Without fields when there is none. */
  readonly frontMatter: FrontMatter
  /** Offset of the body in the text: its end when nobody can tell where it begins, so that nothing is taken for body. */
  readonly bodyStart: number
  /** The BCP 47 tag that front matter names, else the file’s name; `ru_RU` is `ru-RU`. */
  readonly lang: string | undefined
  /** Why front matter cannot be read, or its `lang`; then nothing in the file may be set or published. */
  readonly diagnostics: readonly Diagnostic[]
}

const NONE: FrontMatter = { language: undefined, fields: {}, span: () => [0, 0], written: () => undefined }

/** Reads a document. Which fields a site's page may have is another matter: `checkFields`. */
export function readDocument(file: SourceFile): Document {
  const format = formatOf(file.path)
  const fences = findFences(file.text, format)
  if (!fences) return fragment(file, behindMark(file.text))
  if (isFault(fences)) {
    const { code, message, hint, span } = fences
    const diagnostics = [diagnostic(code, message, { hint, file, span })]
    return { ...fragment(file, file.text.length), diagnostics }
  }
  const { bodyStart } = fences
  const { value: frontMatter, diagnostics } = readFields(file, fences)
  if (!frontMatter) return { ...fragment(file, bodyStart), diagnostics }
  const { lang, diagnostics: wrong } = readLanguage(file, frontMatter)
  const name = readFileName(file.path, lang)
  return { file, format, name, frontMatter, bodyStart, lang: lang ?? name.lang, diagnostics: wrong }
}

/** A text that has no front matter whatever it begins with: a title, or a page's body on its own. */
export function fragment(file: SourceFile, bodyStart = 0): Document {
  const name = readFileName(file.path)
  return {
    file,
    format: formatOf(file.path),
    name,
    frontMatter: NONE,
    bodyStart,
    lang: name.lang,
    diagnostics: [],
  }
}

/** Where the body begins, for who needs no more: a fraction of what reading the fields takes. */
export function bodyStart({ path, text }: SourceFile): number {
  const fences = findFences(text, formatOf(path))
  return !fences ? behindMark(text) : isFault(fences) ? text.length : fences.bodyStart
}

function readLanguage(
  file: SourceFile,
  { fields, span }: FrontMatter,
): Pick<Document, 'lang' | 'diagnostics'> {
  const lang = Object.hasOwn(fields, 'lang') ? fields.lang : null
  if (lang === null || languageTag.accepts(lang))
    return { lang: lang === null ? undefined : canonicalLanguage(String(lang)), diagnostics: [] }
  const message = `“lang” is ${JSON.stringify(lang)}; it must be ${languageTag.expected}`
  const hint = 'write, for example, lang: ru'
  return {
    lang: undefined,
    diagnostics: [diagnostic('front-matter/value', message, { hint, file, span: span('lang', 'value') })],
  }
}
