import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { countNames, faultsOf, identityTexts, rewrite, type Identity } from '../../tools/launch/identity.ts'
import { filesWithCalls, filesWithIdentity, identity, readText } from '../../tools/launch/repository.ts'
import { CALL, PACKAGE } from '../../src/config/program-state.ts'

const ours = identity()
const others: readonly Identity[] = [
  { name: 'imprimatur', isPublished: false },
  { name: '@some-one/imprimatur', isPublished: true, repository: 'https://github.com/some-one/imprimatur' },
  {
    name: 'im.primatur',
    isPublished: true,
    repository: 'https://github.com/Some1/a.b',
    homepage: 'https://some1.example/a.b',
    author: 'Some One <one@example.org>',
  },
]
const files = filesWithIdentity(ours)

describe('whose package this is', () => {
  test('package.json says, and every text that names it agrees', () => {
    expect(faultsOf(ours)).toEqual([])
    expect(PACKAGE).toBe(ours.name)
    expect(files.length).toBeGreaterThan(20)
    for (const path of files) expect(() => rewrite(path, readText(path), ours, ours)).not.toThrow()
  })

  test('no text has a word that stands for somebody: nothing that is linked is dead', () => {
    for (const path of files)
      expect([path, readText(path)]).toEqual([path, expect.not.stringMatching(/\bOWNER\b/)])
  })

  const isOfOthers = others.filter(({ name }) => name !== ours.name)
  const rewritten = (theirs: Identity, ending: RegExp) =>
    files
      .filter(path => ending.test(path))
      .map(path => [path, rewrite(path, readText(path), ours, theirs)] as const)

  test.each(isOfOthers)('as $name, no text keeps the old name', theirs => {
    for (const [path, text] of rewritten(theirs, /./))
      expect([path, countNames(text, ours.name)]).toEqual([path, 0])
  })

  test.each(others)(
    'as $name, all texts that depend on it follow, and what programs read stays readable',
    theirs => {
      const texts = new Map(rewritten(theirs, /./))
      for (const each of identityTexts) expect(texts.get(each.path)).toContain(each.text(theirs))
      for (const [, text] of rewritten(theirs, /\.json$/)) expect(() => void JSON.parse(text)).not.toThrow()
      for (const [, text] of rewritten(theirs, /\.ya?ml$/)) expect(() => void parse(text)).not.toThrow()
    },
  )

  test.each(others)('from $name and back nothing is lost', theirs => {
    for (const path of files) {
      // A site keeps the address that it was given.
      if (path === 'imprimatur.config.ts') continue
      const there = rewrite(path, readText(path), ours, theirs)
      expect(rewrite(path, there, theirs, ours)).toBe(readText(path))
    }
  })

  test('with a repository, package.json has what npm and provenance ask for, and nothing that keeps npm from publishing', () => {
    const manifest: unknown = JSON.parse(rewrite('package.json', readText('package.json'), ours, others[1]!))
    expect(manifest).toMatchObject({
      name: '@some-one/imprimatur',
      repository: { type: 'git', url: 'git+https://github.com/some-one/imprimatur.git' },
      bugs: { url: 'https://github.com/some-one/imprimatur/issues' },
    })
    expect(manifest).not.toHaveProperty('private')
  })

  test.each([
    { ...ours, name: 'Not A Name' },
    { ...ours, repository: 'https://github.com/one' },
    { ...ours, repository: 'git@github.com:one/two.git' },
    { ...ours, homepage: 'http://example.org' },
    { ...ours, homepage: 'https://example.org/' },
    { ...ours, author: '<one@example.org>' },
  ])('%o cannot be', wrong => {
    expect(faultsOf(wrong)).toHaveLength(1)
  })
})

describe('npx', () => {
  /** Without a version it runs whatever bears the name in the registry, where nothing of that name is installed. */
  test('is nowhere told to run the program where it is not installed', () => {
    expect(CALL).toBe('npx --no-install imprimatur')
    const paths = filesWithCalls()
    expect(paths).toEqual(expect.arrayContaining(['README.md', 'action.yml', 'pages/about/ci.md']))
    for (const path of paths) {
      const calls = [...readText(path).matchAll(/\bnpx(?: --?[\w-]+)* ["']?imprimatur\b(?!@)/g)].map(
        ([call]) => call,
      )
      expect([path, calls]).toEqual([path, calls.map(() => CALL)])
    }
  })
})
