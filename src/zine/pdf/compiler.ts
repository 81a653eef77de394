import { createRequire } from 'node:module'
import type { NodeCompiler as Compiler } from '@myriaddreamin/typst-ts-node-compiler'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../core/types.ts'

/** What is typeset: the template, and the files that it reads, by their names. */
export interface TypstInput {
  readonly source: string
  readonly files: ReadonlyMap<string, Uint8Array>
}

export interface TypesetPdf {
  readonly pdf: Uint8Array
  readonly pages: number
  /** Values of the metadata with the label `place`. */
  readonly places: readonly { readonly name: string; readonly page: number }[]
  /** Families that were named and are not there, in lower case. */
  readonly unknownFamilies: readonly string[]
  readonly missing?: undefined
  readonly failure?: undefined
}

/** Why there is no PDF. */
export type TypstRefusal =
  /** Characters that no face has. */
  | { readonly missing: ReadonlySet<string>; readonly failure?: undefined }
  | { readonly failure: string; readonly missing?: undefined }

export interface PdfCompiler {
  /** `isTagged`: PDF/UA-1, which has tags; what is made of finished pages can have none. */
  pdf(input: TypstInput, options: PdfOptions): TypesetPdf | TypstRefusal
}

interface PdfOptions {
  readonly isTagged: boolean
  /** Seconds since 1970: the file says that it was made then. */
  readonly time: number
}

/** No file of this folder is read: all that the compiler sees is given to it. */
const WORKSPACE = '/imprimatur-zine'

const require = createRequire(import.meta.url)

const PACKAGE = '@myriaddreamin/typst-ts-node-compiler'

/** Loads Typst, which a site needs for its zines alone, with these faces. */
export function createPdfCompiler(faces: readonly Buffer[], packageName = PACKAGE): Result<PdfCompiler> {
  let compiler: Compiler
  try {
    const { NodeCompiler } = require(packageName) as { NodeCompiler: typeof Compiler }
    compiler = NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: [...faces] }] })
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND'
    const message = isMissing
      ? 'Typst, which sets zines, is not installed'
      : `Typst, which sets zines, cannot be loaded: ${firstLine(error)}`
    const hint = `run: npm install --save-dev ${PACKAGE}`
    return { diagnostics: [diagnostic('zine/compiler', message, { hint })] }
  }
  return { value: { pdf: (input, options) => typeset(compiler, input, options) }, diagnostics: [] }
}

function typeset(
  compiler: Compiler,
  { source, files }: TypstInput,
  { isTagged, time }: PdfOptions,
): TypesetPdf | TypstRefusal {
  compiler.resetShadow()
  for (const [name, bytes] of files) compiler.mapShadow(`${WORKSPACE}/${name}`, Buffer.from(bytes))
  try {
    const compiled = compiler.compile({ mainFileContent: source })
    const document = compiled.result
    if (!document) return { failure: firstMessage(compiler, compiled) }
    const unknownFamilies = messagesOf(compiler, compiled.takeWarnings()).flatMap(
      ({ message }) => /^unknown font family: (.*)$/.exec(message)?.[1] ?? [],
    )
    const options = { pdfStandard: isTagged ? 'ua-1' : '1.7', pdfTags: isTagged, creationTimestamp: time }
    const pdf = compiler.pdf(document, options)
    const places = compiler.query(document, { selector: '<place>', field: 'value' }) as TypesetPdf['places']
    return { pdf, pages: document.numOfPages, places, unknownFamilies }
  } catch (error) {
    return refusalOf(String((error as Error).message ?? error))
  } finally {
    compiler.evictCache(0)
  }
}

type Compiled = ReturnType<Compiler['compile']>

function firstMessage(compiler: Compiler, compiled: Compiled): string {
  const all = messagesOf(compiler, compiled.takeDiagnostics())
  return all.find(({ severity }) => severity === 1)?.message ?? all[0]?.message ?? 'it does not say why'
}

interface Message {
  readonly message: string
  /** 1 for an error, 2 for a warning. */
  readonly severity: number
}

const messagesOf = (compiler: Compiler, found: ReturnType<Compiled['takeWarnings']>): readonly Message[] =>
  found ? (compiler.fetchDiagnostics(found) as readonly Message[]) : []

/** Typst says of each text that no face has, in Rust’s notation: the text `"漢"` could not be displayed. */
function refusalOf(message: string): TypstRefusal {
  const missing = [...message.matchAll(/the text `\\?"((?:[^"\\]|\\.)*?)\\?"` could not be displayed/g)].map(
    ([, text = '']) => unescaped(text),
  )
  const others = [...message.matchAll(/message: "((?:[^"\\]|\\.)*)"/g)]
    .map(([, text = '']) => text)
    .filter(text => !text.includes('could not be displayed'))
  if (missing.length > 0 && others.length === 0) return { missing: new Set(missing.flatMap(guilty)) }
  return { failure: others[0] ?? message }
}

/** Of a letter with its marks: the marks, which are rarer; if it is the letter, the next attempt says so. */
function guilty(text: string): readonly string[] {
  const characters = [...text].filter(each => each > '\u007F')
  const marks = characters.filter(each => /(?!\p{Variation_Selector})\p{M}/u.test(each))
  return marks.length > 0 ? marks : characters
}

const unescaped = (text: string) =>
  text
    .replace(/(?<!\\)\\+u\{([\da-f]+)\}/gi, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replace(/\\(.)/g, '$1')

const firstLine = (error: unknown) => String((error as Error).message ?? error).split('\n')[0]

export const compilerFailed = (failure: string): Diagnostic =>
  diagnostic('zine/compiler', `Typst does not set this zine: ${failure}`, {
    hint: 'leave out the post that was added last, and tell the authors of this program',
  })
