import { expect, test } from 'vitest'
import { builtSite } from '../built-site.ts'

/** What those write who come from another generator, and what they are told to write. */
test.each([
  ['url: /a/', 'front-matter/reserved', 'for another address write permalink: /a/'],
  ['path: a', 'front-matter/reserved', 'for another address write permalink: /a'],
  ['excerpt: Words', 'front-matter/reserved', 'for lists and machines write description'],
  ['published: 2014-10-06', 'front-matter/value', 'write date: 2014-10-06'],
  ['date: 2020', 'front-matter/value', 'write a day, as in date: 2020-01-01'],
  ['permalink: false', 'front-matter/value', 'hidden: true keeps it back'],
])('%s', async (field, code, hint) => {
  const { diagnostics } = await builtSite({ 'pages/b.md': `---\n${field}\n---\n` })
  expect(diagnostics).toEqual([
    expect.objectContaining({ code, hint: expect.stringContaining(hint) as unknown }),
  ])
})

test.each(['authors: [A]', 'sections: 1', 'layouts: x'])('%s is the author’s own', async field => {
  expect((await builtSite({ 'pages/b.md': `---\n${field}\n---\n` })).findings).toEqual([])
})

test.each([
  ['drafts: true', 'front-matter/misspelt'],
  ['Date: 2020-01-01', 'front-matter/misspelt'],
  ['Title: x', 'front-matter/similar'],
  ['descripton: x', 'front-matter/similar'],
])('%s is nearly a field that is read', async (field, code) => {
  const { findings } = await builtSite({ 'pages/b.md': `---\n${field}\n---\n` })
  expect(findings).toEqual([`${code} pages/b.md:2:1`])
})
