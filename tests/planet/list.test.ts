import { describe, expect, test } from 'vitest'
import { position } from '../../src/core/source.ts'
import { parsePlanetList } from '../../src/planet/list.ts'

const parse = (text: string) => parsePlanetList({ path: 'pages/planet.yaml', text })

const findings = (text: string) =>
  parse(text).diagnostics.map(({ code, span, hint = '' }) => {
    const { line, column } = position(text, span?.[0] ?? -1)
    return `${code} ${line}:${column} ${/did you mean “([^”]*)”/.exec(hint)?.[1] ?? ''}`.trim()
  })

test('a list is read, and each feed has a file of its own', () => {
  const { value, diagnostics } = parse(
    `# ours\ntitle: Планета\nfeeds:\n  - { url: 'HTTPS://Example.org/feed', name: Блог друга }\n  - url: http://127.0.0.1:8080/atom.xml\n    name: '???'\n`,
  )
  expect(diagnostics).toEqual([])
  expect(value?.title).toBe('Планета')
  expect(value?.feeds).toMatchObject([
    { url: 'https://example.org/feed', name: 'Блог друга', keptPath: 'planet/blog-druga.json' },
    {
      url: 'http://127.0.0.1:8080/atom.xml',
      name: '???',
      keptPath: expect.stringMatching(/^planet\/[\w-]+\.json$/) as string,
    },
  ])
})

describe('faults of the list are reported with their place', () => {
  test.each([
    ['feeds: []', 'planet/value 1:1'],
    ['title: 12\nfeeds: []', 'planet/value 1:8'],
    ['title: P\nfeeds: x', 'planet/value 2:8'],
    ['title: P\nfeed: []\nfeeds: []', 'planet/unknown-key 2:1 feeds'],
    ['title: P\nfeeds:\n  - x', 'planet/value 3:5'],
    ['title: P\nfeeds:\n  - url: https://e.example\n', 'planet/value 3:5'],
    ['title: P\nfeeds:\n  - url: ftp://e.example\n    name: A\n', 'planet/value 3:10'],
    ['title: P\nfeeds:\n  - url: https://a:b@e.example/\n    name: A\n', 'planet/value 3:10'],
    [
      'title: P\nfeeds:\n  - uri: https://e.example\n    url: https://e.example\n    name: A\n',
      'planet/unknown-key 3:5 url',
    ],
    ['- x', 'planet/value 1:1'],
    ['', 'planet/value 1:1'],
    ['title: P\nfeeds: [', 'planet/yaml 2:9'],
    ['title: &a P\nfeeds: []', 'planet/yaml 1:11'],
    [
      'title: P\nfeeds: [{ url: https://e.example/, name: A }, { url: https://E.example, name: B }]',
      'planet/duplicate 2:54',
    ],
    [
      'title: P\nfeeds: [{ url: https://e.example/1, name: Ann B }, { url: https://e.example/2, name: ann b }]',
      'planet/duplicate 2:86',
    ],
  ])('%j: %s', (text, finding) => expect(findings(text)).toEqual([finding]))
})
