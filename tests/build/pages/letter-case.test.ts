import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { pathsAlike } from '../../../src/build/pages/letter-case.ts'
import { builtSite } from '../built-site.ts'

const claims = (...paths: readonly string[]) => paths.map(path => ({ path, source: `pages/${path}` }))

test.each([
  [['About/index.html', 'about/index.html'], ['pages/about/index.html']],
  [['a/b.png', 'a/B.PNG'], ['pages/a/B.PNG']],
  [['Posts/a/index.html', 'posts/b/index.html'], ['pages/posts/b/index.html']],
  [['Ёж.png', 'ёж.png'], ['pages/ёж.png']],
  [['a/b/index.html', 'a/c/index.html', 'ab/index.html', 'a.html'], []],
])('%j', (paths, expected) => {
  const found = pathsAlike(claims(...paths))
  expect(found.map(({ code, file }) => [code, file?.path])).toEqual(
    expected.map(path => ['route/case', path]),
  )
})

test('nothing is told exactly when a file system without case holds every file', () => {
  const name = fc.constantFrom('a', 'A', 'b', 'B', 'c')
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map(parts => `${parts.join('/')}/x`)
  fc.assert(
    fc.property(fc.uniqueArray(path), paths => {
      const parts = (each: string) => each.split('/').map((_, i, all) => all.slice(0, i + 1).join('/'))
      const all = new Set(paths.flatMap(parts))
      const folded = new Set([...all].map(each => each.toLowerCase()))
      expect(pathsAlike(claims(...paths)).length === 0).toBe(folded.size === all.size)
    }),
  )
})

test('pages and tags that differ only in case are told, and built all the same', async () => {
  const { output, findings, diagnostics } = await builtSite({
    'pages/About.md': '---\ntags: [Web]\n---\n',
    'pages/about.md': '---\ntitle: A\ntags: [web, x]\n---\n',
    'pages/c.md': '---\ntags: Web\n---\n',
  })
  expect(findings).toEqual(['route/case pages/about.md', 'route/case pages/about.md:3:7'])
  expect(diagnostics.map(({ message }) => message)).toEqual([
    '/about differs from /About, of pages/About.md, only in case',
    'The tags “Web” and “web” differ only in case, and have a list each',
  ])
  expect(Object.keys(output)).toHaveLength(3)
})
