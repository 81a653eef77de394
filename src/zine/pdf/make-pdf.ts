import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Result, SourceFile } from '../../core/types.ts'
import { readSource } from '../../core/read-file.ts'
import { encodeQr, drawSvg } from '../../keys/qr/encode.ts'
import { MARGINS, textHeight, textWidth } from '../issue/paper.ts'
import type { ReadZine } from '../read-zine.ts'
import { bookletSource, impose } from './booklet.ts'
import { compilerFailed, createPdfCompiler, type PdfCompiler, type TypesetPdf } from './compiler.ts'
import { addressNodes, textNodes } from './data-text.ts'
import { pieceData, pieceId, typstLanguage, type DataContext } from './data.ts'
import { readFaces, type Faces } from './faces.ts'
import { TEMPLATE } from './template.ts'

export interface PrintedZine {
  readonly pdf: Uint8Array
  readonly booklet: Uint8Array
  /** Of the PDF. */
  readonly pages: number
  /** Of the booklet. */
  readonly sheets: number
}

/** `broken`: pictures that the typesetter cannot read, by their names; without them there may be a PDF. */
export interface PdfResult extends Result<PrintedZine> {
  readonly broken?: readonly string[] | undefined
}

/** Characters in the place of those that no face has. */
const REPLACEMENT = '\uFFFD'

/** Typst reports what no face has text by text; a text may hide another. */
const MOST_ATTEMPTS = 6

/** Sets the PDF and, of its pages, the booklet. */
export async function makePdf(zine: ReadZine): Promise<PdfResult> {
  const { value: faces, diagnostics: missingFaces } = readFaces(zine.config.root, zine.issue)
  if (!faces) return { diagnostics: missingFaces }
  const { value: typesetter, diagnostics: noCompiler } = createPdfCompiler(faces.files)
  if (!typesetter) return { diagnostics: noCompiler }
  const qr = encodeQr(zine.address)
  if (!qr.value)
    return { diagnostics: [zine.issue.report('zine/file', [], qr.refusal.message, qr.refusal.hint)] }
  const data = dataOf(zine, faces)
  const files = new Map<string, Uint8Array>(zine.pictures.map(({ name, bytes }) => [name, bytes]))
  files.set('qr.svg', Buffer.from(drawSvg(qr.value, zine.address)))
  const time = Date.parse(`${zine.date}T00:00:00Z`) / 1000

  const missing = new Set<string>()
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const json = withoutMissing(data, missing)
    const input = { source: TEMPLATE, files: new Map([...files, ['zine.json', Buffer.from(json)]]) }
    const set = typesetter.pdf(input, { isTagged: true, time })
    if (set.missing) {
      for (const character of set.missing) missing.add(character)
      continue
    }
    if (set.failure !== undefined) {
      const broken = unreadablePictures(zine, typesetter)
      return { diagnostics: [compilerFailed(set.failure)], broken }
    }
    if (set.unknownFamilies.length > 0) return { diagnostics: unknownFaces(zine, set.unknownFamilies) }
    return finish(zine, { set, typesetter, json, time, missing })
  }
  return { diagnostics: [compilerFailed('characters are missing, and it does not say which')] }
}

/** Typst would take the next family, without a word. */
const unknownFaces = ({ issue }: ReadZine, families: readonly string[]): readonly Diagnostic[] =>
  (['text', 'code'] as const).flatMap(use => {
    const name = issue.fonts?.[use]
    if (name === undefined || !families.includes(name.toLowerCase())) return []
    const message = `No face in zines/${issue.fonts?.folder}/ is of the family ${name}`
    return [
      issue.report('zine/face', ['fonts', use], message, 'write the family as the font itself names it'),
    ]
  })

interface Finished {
  readonly set: TypesetPdf
  readonly typesetter: PdfCompiler
  readonly json: string
  readonly time: number
  readonly missing: ReadonlySet<string>
}

function finish(zine: ReadZine, { set, typesetter, json, time, missing }: Finished): PdfResult {
  const { pdf, pages, places } = set
  const colophon = places.find(({ name }) => name === 'colophon')?.page ?? pages
  const spreads = impose(pages, pages - colophon + 1)
  const made = typesetter.pdf(
    {
      source: bookletSource(spreads, zine.issue.paper),
      files: new Map<string, Uint8Array>([
        ['zine.pdf', pdf],
        ['zine.json', Buffer.from(json)],
      ]),
    },
    { isTagged: false, time },
  )
  if (made.missing || made.failure !== undefined)
    return { diagnostics: [compilerFailed(made.failure ?? 'the booklet lacks characters')] }
  const value = { pdf, booklet: made.pdf, pages, sheets: spreads.length / 2 }
  return { value, diagnostics: missingCharacters(zine, missing) }
}

function dataOf(zine: ReadZine, faces: Faces) {
  const { issue, title, subtitle, lang, date, address, authors, pieces, colophon, cover, words, config } =
    zine
  const { paper } = issue
  const context: DataContext = { pieces, words, width: textWidth(paper), height: textHeight(paper) }
  const all = pieces.map((piece, n) => pieceData(piece, n, context))
  const last = pieceData(colophon, pieces.length, context)
  const languages = pieces.map(piece => typstLanguage(piece.lang) ?? null)
  return {
    title,
    'title-line': textNodes(title),
    short: shortened(title),
    subtitle,
    imprint: [config.site.title],
    authors,
    date: date.split('-').map(Number),
    lang: typstLanguage(lang) ?? { lang: 'en', region: null },
    langs: Object.fromEntries(languages.map((each, n) => [pieceId(n), each])),
    words,
    paper: { width: paper.width, height: paper.height },
    margins: MARGINS,
    fonts: { text: faces.text, code: faces.code },
    cover: cover?.name ?? null,
    // Pages without a number.
    front: cover ? 3 : 1,
    notes: Object.assign({}, last.headingNotes, ...all.map(each => each.headingNotes)) as object,
    pieces: pieces.map((piece, n) => ({
      id: pieceId(n),
      title: textNodes(piece.title),
      length: piece.title.length,
      short: shortened(piece.title),
      lang: languages[n],
      byline: piece.byline,
      address: piece.address ?? null,
      shown: addressNodes(shownAddress(piece.address ?? '')),
      c: all[n]!.nodes,
    })),
    colophon: last.nodes,
    address,
    shown: addressNodes(shownAddress(address)),
  }
}

const shownAddress = (address: string): string => {
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}

/** For a line at the head of a page. */
function shortened(title: string): string {
  if (title.length <= MOST_IN_HEAD) return title
  const cut = title.slice(0, MOST_IN_HEAD)
  return `${cut
    .replace(/\s+\S*$/, '')
    .replace(/(?<![\s.,:;—–-])[\s.,:;—–-]+$/, '')
    .toWellFormed()}…`
}

const MOST_IN_HEAD = 56

/** Fields that are names and addresses, and are not set. */
const NAMES = new Set(['k', 'id', 'to', 'name', 'address', 'fonts', 'cover'])

/** The data as JSON; characters that no face has are replaced in all that is set. */
function withoutMissing(data: object, missing: ReadonlySet<string>): string {
  if (missing.size === 0) return JSON.stringify(data)
  const replaced = (value: unknown): unknown => {
    if (typeof value === 'string')
      return [...value].map(each => (missing.has(each) ? REPLACEMENT : each)).join('')
    if (Array.isArray(value)) return value.map(replaced)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value)
    return Object.fromEntries(entries.map(([key, inner]) => [key, NAMES.has(key) ? inner : replaced(inner)]))
  }
  return JSON.stringify(replaced(data))
}

/** Each once a post, with its first place. */
function missingCharacters(zine: ReadZine, missing: ReadonlySet<string>): readonly Diagnostic[] {
  if (missing.size === 0) return []
  const report = (character: string, file: SourceFile, isInText: boolean): Diagnostic => {
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    const at = file.text.indexOf(character)
    const message = `No face has the character ${character} (U+${code}); ${REPLACEMENT} is printed for it`
    const hint = 'write it otherwise, or name a family that has it under fonts'
    return diagnostic('zine/character', message, {
      hint,
      file: isInText ? file : { path: file.path, text: '' },
      ...(at >= 0 && { span: [at, at + character.length] as const }),
    })
  }
  const texts = zine.pieces.map(piece =>
    JSON.stringify([piece.title, piece.byline, piece.blocks, piece.notes]),
  )
  return [...missing].flatMap(character => {
    const found = zine.posts.flatMap((post, n) => {
      if (!texts[n]!.includes(character)) return []
      const { value: file = { path: post.source, text: '' } } = readSource(zine.config.root, post.source)
      return [report(character, file, file.text.includes(character))]
    })
    return found.length > 0
      ? found
      : [report(character, zine.issue.file, zine.issue.file.text.includes(character))]
  })
}

/** Each picture by itself: Typst does not say which of them it cannot read. */
function unreadablePictures({ pictures }: ReadZine, typesetter: PdfCompiler): readonly string[] {
  return pictures
    .filter(({ name, bytes }) => {
      const source = `#set document(title: "x")\n#image("/${name}", alt: "x", width: 10pt)`
      const { failure } = typesetter.pdf(
        { source, files: new Map([[name, bytes]]) },
        { isTagged: true, time: 0 },
      ) as { failure?: string }
      return failure !== undefined
    })
    .map(({ name }) => name)
}
