import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultTreeAdapter as tree, parse, type DefaultTreeAdapterTypes } from 'parse5'
import { describe, expect, test } from 'vitest'
import { readReferences } from '../../../src/build/links/references.ts'
import { pathsOf } from '../../tree.ts'
import { repository } from '../../program.ts'

/** What a whole HTML parser finds. */
function parsed(html: string) {
  const found = { addresses: new Set<string>(), ids: new Set<string>() }
  const visit = (node: DefaultTreeAdapterTypes.ParentNode) => {
    for (const child of node.childNodes) {
      if (!tree.isElementNode(child)) continue
      for (const { name, value } of child.attrs) {
        if (['href', 'src', 'poster'].includes(name)) found.addresses.add(value.trim())
        if (name === 'id' || (name === 'name' && child.tagName === 'a')) found.ids.add(value)
      }
      visit(child)
    }
  }
  visit(parse(html))
  return found
}

const docs = join(repository, 'docs')

test.each(pathsOf(docs).filter(path => path.endsWith('.html')))('%s is read as a parser reads it', path => {
  const html = readFileSync(join(docs, path), 'utf8')
  expect(readReferences(html)).toEqual(parsed(html))
})

describe('HTML as people write it', () => {
  test.each([
    '<a href=/bare/>x</a><a HREF="/upper/">y</a><a href = \'/spaced/\'>z</a>',
    '<a title="a > b" href="/behind/">x</a>',
    '<a href="/?a=1&amp;b=2&eacute;">x</a>',
    '<!-- <a href="/comment/"> --><a href="/after/">x</a>',
    '<script>const a = \'<a href="/script/">\'</script><a href="/after/">x</a>',
    '<textarea><a href="/text/"></textarea><title><a href="/title/"></title>',
    '<p>href="/prose/" and id="prose" are words</p><p id="x">1 < 2 <a href="/y/">y</a></p>',
    '<a name="place"></a><meta name="no-place"><a\nhref="/line/"\n>x</a>',
    '<video poster="/poster.png"><source src="/a.webm"></video>',
  ])('%s', html => {
    expect(readReferences(html)).toEqual(parsed(html))
  })
})

test('what is well formed is read as a parser reads it, in letters of one byte and of two', () => {
  const word = fc.constantFrom('a', 'слово', 'x &amp; y', '=', 'href="/no/"', '1 > 0')
  const quoted = fc
    .tuple(fc.constantFrom('/a/', '#b', 'я', '/?c=1&amp;d', ' e ', ''), fc.constantFrom('"', "'"))
    .map(([value, quote]) => quote + value + quote)
  const attribute = fc
    .tuple(
      fc.constantFrom(' ', '\n', '  '),
      fc.constantFrom('href', 'ID', 'src', 'class', 'lang', 'data-x', 'aria-label', 'title', 'poster'),
      fc.constantFrom('=', ' = '),
      quoted,
    )
    .map(parts => parts.join(''))
  const element = fc
    .tuple(
      fc.constantFrom('i', 'span', 'B', 'code', 'q', 'u', 's'),
      fc.uniqueArray(attribute, { maxLength: 3 }),
      word,
    )
    .map(([name, attributes, text]) => {
      const names = attributes.map(each => each.trim().split(/[\s=]/)[0])
      return `<${name}${attributes.filter((_, i) => names.indexOf(names[i]) === i).join('')}>${text}</${name}>`
    })
  const other = fc.constantFrom(
    '<!-- <i id="x"> -->',
    '<script>"<i id=y>"</script>',
    '<title><i id="z"></title>',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(word, element, element, other), { maxLength: 8 }), pieces => {
      const html = `<!DOCTYPE html><html><body>${pieces.join('')}</body></html>`
      expect(readReferences(html)).toEqual(parsed(html))
    }),
    { numRuns: 2000 },
  )
})
