import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands } from '../src/cli/program.ts'
import { repository } from './program.ts'
import { pathsOf } from './tree.ts'

const read = (path: string) => readFileSync(join(repository, path), 'utf8')
const readme = read('README.md')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

/** Words a person reads: not of code, nor the addresses of links. */
const wordsIn = (markdown: string) =>
  markdown
    .replace(/^```[^]*?^```$/gm, '')
    .replace(/\]\([^)]*\)/g, ']')
    .match(/[\p{L}\p{N}][\p{L}\p{N}’'./-]*/gu)?.length ?? 0

test('the README is read in three minutes', () => {
  expect(wordsIn(readme)).toBeGreaterThan(300)
  expect(wordsIn(readme)).toBeLessThan(700)
})

/** The first table of a text that has these words in it, as it is read: without alignment and no-break spaces. */
const tableWith = (words: string, markdown: string) =>
  markdown
    .replaceAll('&nbsp;', ' ')
    .match(/(?:^\|.*\n)+/gm)
    ?.find(table => table.includes(words))
    ?.replace(/ +|-+/g, ' ')

test('the README has the manual’s table of speed', () => {
  const table = tableWith('| Hugo', readme)
  expect(table).toContain('imprimatur')
  expect(table).toBe(tableWith('| Hugo', read('pages/about/building.md')))
})

test('the README gives two commands for a fresh machine, and they are there', () => {
  expect(readme).toContain('npm ci && npm run build')
  expect(readme).toContain('npm ci && npm test')
  const named = [
    ...readme.matchAll(/npm run ([a-z:]+)/g),
    ...read('CONTRIBUTING.md').matchAll(/npm run ([a-z:]+)/g),
  ]
  for (const [, name] of named) expect(scripts).toHaveProperty([name ?? ''])
  expect(scripts).toHaveProperty('test')
})

test('the README and the manual’s page of contents lead to every page of the manual, and to none that is not there', () => {
  const pages = pathsOf(join(repository, 'pages/about')).filter(path => /^[a-z_]+\.md$/.test(path))
  const [named, listed] = [
    [...readme.matchAll(/\(pages\/about\/([a-z_]+\.md)\)/g)],
    [...read('pages/about/index.md').matchAll(/\(([a-z_]+\.md)\)/g)],
  ].map(links => new Set(links.map(([, name = '']) => name)))
  const wanted = pages.filter(
    name => name !== 'index.md' && name !== 'markdown.md' && !name.startsWith('try'),
  )
  expect([...(named ?? [])].toSorted()).toEqual(wanted)
  expect(wanted.filter(name => !listed?.has(name))).toEqual([])
})

test('the README and the manual name commands and options that there are', async () => {
  const texts = [
    readme,
    ...pathsOf(join(repository, 'pages/about'))
      .filter(path => path.endsWith('.md') && path !== 'commands.md')
      .map(path => read(`pages/about/${path}`)),
  ]
  const calls = [...texts.join('\n').matchAll(/imprimatur ([a-z]+)((?: [a-z]+)?)((?: --?[a-z-]+)*)/g)]
  expect(calls.length).toBeGreaterThan(50)
  const wrong: string[] = []
  for (const [call, first = '', second = '', options = ''] of calls) {
    const name = Object.hasOwn(commands, first + second) ? first + second : first
    if (!Object.hasOwn(commands, name)) continue
    const { command } = await commands[name]!()
    for (const [, option = ''] of options.matchAll(/--([a-z-]+)/g))
      if (!Object.hasOwn(command.options, option)) wrong.push(call)
  }
  expect(wrong).toEqual([])
})

test('nothing says OWNER where a name should be', () => {
  const texts = [
    'README.md',
    'CONTRIBUTING.md',
    ...pathsOf(join(repository, 'pages/about')).map(path => `pages/about/${path}`),
  ]
  for (const path of texts) expect([path, /\bOWNER\b/.test(read(path))]).toEqual([path, false])
})

test('CI runs the README’s test command, the check of the site, and every other check', () => {
  const ci = `${read('.ci/run')}\n${Object.values(scripts).join('\n')}`
  for (const part of [
    'npm ci',
    'npm test',
    'build --check',
    'oxlint',
    'prettier --check',
    'tsc --noEmit',
    'knip',
  ]) {
    expect(ci).toContain(part)
  }
})
