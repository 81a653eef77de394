import { array, assert, constantFrom, oneof, property, tuple, type Arbitrary } from 'fast-check'
import { expect, test } from 'vitest'
import { fragment } from '../../src/document/document.ts'
import type { Format } from '../../src/document/formats.ts'
import { codeEnd, rawEnd } from '../../src/document/opaque/code.ts'
import { Braces, Finder } from '../../src/document/opaque/finder.ts'
import { findOpaque, opaqueSyntaxes } from '../../src/document/opaque/find-opaque.ts'
import { foreignSyntax } from '../../src/document/opaque/foreign.ts'
import type { OpaqueSyntax, Place } from '../../src/document/opaque/syntax.ts'
import { dialectDocuments } from '../lint/dialects.ts'
import { examples } from './opaque-examples.ts'

interface Kind {
  readonly format: Format
  readonly isMdx: boolean
}

const kinds: readonly Kind[] = [
  { format: 'markdown', isMdx: false },
  { format: 'markdown', isMdx: true },
  { format: 'html', isMdx: false },
]

const isKnown = ({ known }: OpaqueSyntax, { format, isMdx }: Kind) =>
  known === 'everywhere' || (format === 'markdown' && (isMdx || known !== 'in MDX'))

/** What is opaque, by trying every row at every place: whatever a row says to be found by is not asked. */
function foundByTrying(text: string, kind: Kind): readonly string[] {
  const place: Place = { text, ...kind, ahead: new Finder(text), braces: new Braces(text) }
  const rows = opaqueSyntaxes.filter(row => isKnown(row, kind))
  const found: string[] = []
  let [rawUntil, behind] = [0, 0]
  for (let at = 0; at < text.length;) {
    const isRaw = at < rawUntil
    const isLine = beginsLine(text, at, behind)
    const begun = rows.find(row => endOf(row, { at, isRaw, isLine }, place) !== undefined)
    if (begun) {
      const end = endOf(begun, { at, isRaw, isLine }, place) as number
      found.push(`${begun.name} ${at}–${end}`)
      behind = at = Math.max(at, end)
      continue
    }
    const from = at++
    if (isRaw) continue
    if (text[from] === '<') rawUntil = Math.max(rawUntil, rawEnd(place, from) ?? 0)
    else if (kind.format === 'markdown') {
      const end = codeEnd(place, from)
      if (end !== undefined) behind = at = end
    }
  }
  return found
}

function beginsLine(text: string, at: number, behind: number): boolean {
  let start = at
  while (start > behind && /[ \t>]/.test(text.charAt(start - 1))) start--
  return start === 0 || /[\r\n]/.test(text.charAt(start - 1))
}

interface Asked {
  readonly at: number
  readonly isRaw: boolean
  readonly isLine: boolean
}

function endOf(row: OpaqueSyntax, { at, isRaw, isLine }: Asked, place: Place): number | undefined {
  const { begins, beginsLine: only, inRaw } = row
  const isOnlyInLine = only === true || only?.includes(place.text.charAt(at))
  if ((isRaw && !inRaw) || (isOnlyInLine && !isLine)) return undefined
  begins.lastIndex = at
  const match = begins.exec(place.text)
  const ending = match ? row.ends(match, place) : undefined
  return typeof ending === 'number' ? ending : ending?.end
}

const texts = Object.values(examples).flatMap(each =>
  [...each.texts, ...(each.never ?? [])].map(text => text.replace(/[⟦⟧]/g, '')),
)

/** Pieces of what is opaque and of what is not, as nobody writes them. */
const pieces: Arbitrary<string> = array(
  tuple(
    oneof(
      constantFrom(...texts),
      constantFrom(...texts.flatMap(text => [text.slice(0, text.length >> 1), text.slice(text.length >> 1)])),
      constantFrom(...texts.join('').replace(/[^!-/:-@[-`{-~]/g, '')),
    ),
    constantFrom(
      '',
      ' ',
      'a',
      '\n',
      '\n\n',
      '\r\n',
      '\r',
      '\n> ',
      '\n    ',
      '\n\t',
      'слово ',
      '`',
      '\\',
      '<b ',
      '\\!',
      '> ```\n> | a\n',
    ),
  ),
  { maxLength: 8 },
).map(all => all.flat().join(''))

test('what is opaque is found as by trying every row at every place', () => {
  assert(
    property(oneof(pieces, dialectDocuments()), text => {
      for (const kind of kinds)
        expect(
          findOpaque(text, kind).map(({ name, core: [start, end] }) => `${name} ${start}–${end}`),
        ).toEqual(foundByTrying(text, kind))
    }),
    { numRuns: 1500 },
  )
})

test('and foreign syntax as when every page is looked at for it', () => {
  const found = (text: string, start: number) =>
    foreignSyntax(fragment({ path: 'a.md', text }, start)).map(({ message, span }) => [message, span])
  // A page that has some is looked at.
  const other = ':::\n\n'
  const otherFound = found(other, 0)
  expect(otherFound).toHaveLength(1)
  assert(
    property(oneof(pieces, dialectDocuments()), text => {
      expect([...otherFound, ...found(other + text, other.length)]).toEqual(found(other + text, 0))
    }),
    { numRuns: 1500 },
  )
})
