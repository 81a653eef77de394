import { array, constantFrom, sample } from 'fast-check'
import { expect, test } from 'vitest'
import { escape } from '../../../src/core/html.ts'
import { make } from '../made.ts'
import { pdfPages } from '../printed.ts'
import { zineSite } from '../site.ts'

/** Parts of Typst, and of the languages around it. */
const HOSTILE = [
  ...'#$*_`<>@\\"\'~[](){}=-+/;:,.|&%^!? ',
  '#panic("x")',
  '#read("/etc/passwd")',
  '#{',
  '#}',
  '#import "@preview/a:0.1.0": b',
  '#eval("1")',
  '#image("/etc/passwd")',
  '$x$',
  '= Heading',
  '- item',
  '+ item',
  '/ term: x',
  '<start>',
  '@p0',
  '\\u{41}',
  '```',
  '//',
  '/*',
  '*/',
  '---',
  '...',
  '~',
  '")',
  '"]',
  '\\n',
  '{"k":"raw"}',
  '<%= 1 %>',
  '</p>',
  '<!--',
  ']]>',
  '&amp;',
  'слово',
  'word',
]

const strings = array(constantFrom(...HOSTILE), { minLength: 1, maxLength: 8 }).map(parts => parts.join(''))

test('nothing that an author writes becomes code of the typesetter: it is printed as it is written', async () => {
  const samples = sample(strings, 150)
  const title = '#panic(title) *x* $y$ <start> @p0 #{ [x] \\'
  const bodies = samples.map(
    (text, n) =>
      `<p>(${n}:${escape(text)}:${n})</p>\n<pre>${escape(text)}</pre><p><code>${escape(text)}</code> <a href="https://example.com/#${encodeURIComponent(text)}">x</a></p>`,
  )
  const site = zineSite(
    {
      'a.html': `---\ntitle: ${JSON.stringify(title)}\ndate: 2026-01-01\ntypography: 'off'\n---\n${bodies.join('\n')}\n`,
    },
    {
      zine: `colophon: ${JSON.stringify(
        samples
          .slice(0, 5)
          .join(' ')
          .replace(/[<&`\\[\]!]/g, ''),
      )}\ncover: "#panic.png"\n`,
      files: {
        'zines/#panic.png': Buffer.from(
          'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
          'base64',
        ),
      },
    },
  )
  const zine = await make(site)
  const flat = (text: string) => text.replace(/[\s\u00AD]/g, '')
  // Heads, feet and notes may stand between two pages.
  const printed = pdfPages(zine.pdf, '-layout').map(flat)
  const all = printed.join('')
  expect(printed.some(page => page.includes(flat(title)))).toBe(true)
  const lost = samples.filter((text, n) => {
    const wanted = flat(`(${n}:${text}:${n})`)
    const isSplit = !all.includes(wanted) && all.includes(`(${n}:`) && all.includes(`:${n})`)
    return !all.includes(wanted) && !isSplit
  })
  expect(lost).toEqual([])
  const whole = samples.filter((text, n) => all.includes(flat(`(${n}:${text}:${n})`)))
  expect(whole.length).toBeGreaterThan(samples.length * 0.8)
})
