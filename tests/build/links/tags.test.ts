import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTags } from '../../../src/build/links/tags.ts'

test('tags are found as one expression would find them', () => {
  const whole = /<!--|<(?:(script|style|textarea|title)(?![\w-])|([a-z][a-z\d-]*))/gi
  const piece = fc.constantFrom(
    ...'<|<!--|<!|-->|</|>|"|\'| |a|A|h1|script|STYLE|title|x-y|_|é|ſ|\u212A|1|-| class="b"| class="b" id="c"| id=d|\n'.split(
      '|',
    ),
  )
  const text = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(''))
  const every = { has: () => true }
  fc.assert(
    fc.property(text, html => {
      // Behind each a place where a tag may end, so that every one of them is visited.
      const closed = html.replace(whole, found => (found === '<!--' ? found : `${found} x=1>`))
      const found = readTags(closed, every).flatMap(({ element, attributes }) =>
        attributes.some(({ name }) => name === 'x') ? [element] : [],
      )
      const bare = closed
        .replace(/<!--[^]*?-->/g, ' ')
        .replace(/<(script|style|textarea|title)(?![a-z\d-])[^>]*>[^]*?<\/\1\s*>/gi, '<$1 x=1>')
      const expected = [...bare.matchAll(whole)].flatMap(
        ([, raw, name]) => (raw ?? name)?.toLowerCase() ?? [],
      )
      expect(found).toEqual(expected)
    }),
    { numRuns: 3000 },
  )
})

test('attributes are read as one expression would read them, one after the other', () => {
  const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?/g
  const signs = ['=', '="', '"', "='", "'", ' ', '\n', '/']
  const words = [
    'href',
    'ID',
    'x:y-1',
    'a',
    'я',
    '&amp;',
    '@',
    '=b',
    ' c="d"',
    ' href="/x"',
    ' id="y z"',
    ' src = "q"',
  ]
  const piece = fc.constantFrom(...signs, ...words)
  const every = { has: () => true }
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
      const html = `<i ${pieces.join('')}>`
      const found = readTags(html, every)[0]?.attributes
      // A quotation that is not closed makes it no tag.
      if (found === undefined) return
      const expected = [...html.slice(2, -1).matchAll(attribute)].flatMap(match => {
        const written = match[2] ?? match[3] ?? match[4]
        if (written === undefined) return []
        const close = 2 + match.index + match[0].length - (match[4] === undefined ? 1 : 0)
        return [{ name: match[1]!.toLowerCase(), written, offset: close - written.length }]
      })
      expect(found).toEqual(expected)
    }),
    { numRuns: 5000 },
  )
})

/** Tags, read the plain way: one sign after the other, nothing leapt over and nothing remembered. */
function readPlainly(html: string) {
  const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?/g
  const tags: { element: string; attributes: unknown[]; end: number; content: string | undefined }[] = []
  for (let at = 0; at < html.length; at++) {
    const rest = html.slice(at)
    if (rest.startsWith('<!--')) {
      const close = html.indexOf('-->', at + 4)
      at = close < 0 ? at + 3 : close + 2
      continue
    }
    const [opening, name = ''] = /^<([a-z][a-z\d-]*)/i.exec(rest) ?? []
    if (opening === undefined) continue
    const start = at + opening.length
    let end = start
    while (end < html.length && html[end] !== '>') {
      const quote = html[end]!
      const close = quote === '"' || quote === "'" ? html.indexOf(quote, end + 1) : end
      end = close < 0 ? html.length : close + 1
    }
    at = start - 1
    if (end >= html.length) continue
    at = end
    const element = name.toLowerCase()
    const attributes = [...html.slice(start, end).matchAll(attribute)].flatMap(match => {
      const written = match[2] ?? match[3] ?? match[4]
      if (written === undefined) return []
      const close = start + match.index + match[0].length - (match[4] === undefined ? 1 : 0)
      return [{ name: match[1]!.toLowerCase(), written, offset: close - written.length }]
    })
    const holdsText = ['script', 'style', 'textarea', 'title'].includes(element)
    const close = holdsText ? new RegExp(`</${element}\\s*>`, 'i').exec(html.slice(end + 1)) : undefined
    const content = close ? html.slice(end + 1, end + 1 + close.index) : undefined
    tags.push({ element, attributes, end: end + 1, content })
    if (close) at = end + close.index + close[0].length
  }
  return tags
}

const pieceOfHtml = fc.constantFrom(
  ...'<a|<A|<p|<pre|<s|<span|<script|<STYLE|<title|<textarea|<time|<x-y|</a|</p|</script|</title |<|<!--|<!|-->|>|/>|"|\'|=|/| |\n'.split(
    '|',
  ),
  '>',
  '>',
  '<i id="c">',
  '<b class="d" href=\'/e/\'>',
  '<p ID=f>',
  '<style id="g">',
  '</style>',
  'b',
  'é',
  ' class="',
  ' class="b"',
  ' id="c"',
  ' ID="C"',
  " id='d'",
  ' href=/e',
  ' x',
  ' name = "f"',
)

test('every tag is read as the plain reader reads it, whatever is wanted', () => {
  const wanted = [undefined, ['href', 'id', 'name'], ['class'], ['id', 'style']].map(names =>
    names ? new Set(names) : { has: () => true },
  )
  let met = 0
  fc.assert(
    fc.property(
      fc.array(pieceOfHtml, { minLength: 6, maxLength: 24 }),
      fc.constantFrom(...wanted),
      (pieces, names) => {
        const html = pieces.join('')
        const expected = readPlainly(html).flatMap(tag => {
          const attributes = tag.attributes.filter(each => names.has((each as { name: string }).name))
          return attributes.length > 0 || tag.content !== undefined ? [{ ...tag, attributes }] : []
        })
        if (expected.length > 1) met++
        expect(readTags(html, names)).toEqual(expected)
      },
    ),
    { numRuns: 10_000 },
  )
  expect(met).toBeGreaterThan(300)
})
