import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument, visit, type Document, type Node } from 'yaml'
import type { Code } from '../../core/codes.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Result, SourceFile, Span } from '../../core/types.ts'

/** Where something stands in a YAML document: keys of mappings and indices of sequences, from the top. */
export type Path = readonly (string | number)[]

/** A YAML file that remembers where everything in it stands. */
export interface LocatedDocument {
  readonly file: SourceFile
  readonly document: Document.Parsed
  /** What the document says, as plain data. */
  readonly value: unknown
  /** The value at `path`; for one that is not there, the key of the nearest thing around it. */
  spanOf(path: Path): Span
  /** The key whose value stands at `path`. */
  keySpanOf(path: Path): Span
  /** The first line of the document that says something. */
  readonly start: Span
}

/** What a file is called when it is not plain YAML, and by which code. */
interface Naming {
  readonly code: Code
  readonly name: string
  /** Why the value itself is to be written. */
  readonly why: string
}

const MANIFEST: Naming = {
  code: 'keys/yaml',
  name: 'The manifest',
  why: 'a reader of the signed file must see what it says',
}

/**
 * Reads a YAML file in which every value stands where it counts: aliases, anchors and tags are refused, since
 * people read what is signed. Numbers in any notation but plain decimals stay the text that they are written as.
 */
export function readDocument(
  file: SourceFile,
  { code, name, why }: Naming = MANIFEST,
): Result<LocatedDocument> {
  const document = parseDocument(file.text, { prettyErrors: false })
  const diagnostics: Diagnostic[] = document.errors.map(({ message, pos }) =>
    diagnostic(code, `This is not YAML as it should be: ${message}`, {
      hint: 'mend the line; a value with : or # in it goes in quotes',
      file,
      span: [Math.min(pos[0], file.text.length), Math.min(pos[1], file.text.length)],
    }),
  )
  visit(document, (_, node) => {
    if (!isAlias(node) && !isNode(node)) return
    const trick = isAlias(node) ? 'an alias' : node.anchor ? 'an anchor' : node.tag ? 'a tag' : undefined
    if (trick) {
      const hint = `write the value itself: ${why}`
      diagnostics.push(diagnostic(code, `${name} has ${trick}`, { hint, file, span: spanOfNode(node) }))
    }
    if (!isScalar(node) || typeof node.value !== 'number' || node.source === undefined) return
    const isPlain = Number.isSafeInteger(node.value) && /^(0|[1-9]\d*)$/.test(node.source)
    if (!isPlain) node.value = node.source
  })
  if (diagnostics.length > 0) return { diagnostics }
  const spanOf = (path: Path): Span => {
    const node = document.getIn(path, true)
    if (isNode(node) && node.range) return spanOfNode(node)
    if (path.length === 0) return [0, 0]
    return document.hasIn(path.slice(0, -1)) ? outerSpan(path.slice(0, -1)) : spanOf(path.slice(0, -1))
  }
  /** A mapping begins with its first key, which is where a missing key is reported. */
  const outerSpan = (path: Path): Span => {
    const [start, end] = spanOf(path)
    const lineEnd = file.text.slice(start).search(/[\r\n]/)
    return [start, lineEnd < 0 ? end : Math.min(end, start + lineEnd)]
  }
  const keySpanOf = (path: Path): Span => {
    const parent = document.getIn(path.slice(0, -1), true)
    const pair = isMap(parent) && parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    return isPair(pair) && isScalar(pair.key) ? spanOfNode(pair.key) : spanOf(path)
  }
  const value = { file, document, value: document.toJS() as unknown, spanOf, keySpanOf, start: outerSpan([]) }
  return { value, diagnostics: [] }
}

const isNode = (value: unknown): value is Node => isScalar(value) || isMap(value) || isSeq(value)

const spanOfNode = ({ range }: Node): Span => (range ? [range[0], range[1]] : [0, 0])
