import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commands } from '../src/cli/program.ts'
import { formats } from '../src/cli/reporters/formats.ts'
import { configKinds } from '../src/config/config-schema.ts'
import { configWords, topWords } from '../src/config/config-words.ts'
import { codes } from '../src/core/codes.ts'
import { templateNames } from '../src/build/render/context/template-names.ts'
import { pageFields } from '../src/document/front-matter.ts'
import { knownCodes } from '../src/lint/rules/rule-codes.ts'
import { manualBlocks } from '../tools/manual/blocks.ts'
import { manualPages } from '../tools/manual/pages.ts'
import { ejs, html } from './build/built-site.ts'
import { repository } from './program.ts'

const page = (name: string) => readFileSync(join(repository, 'pages/about', `${name}.md`), 'utf8')
const built = (name: string) => readFileSync(join(repository, 'docs/about', name, 'index.html'), 'utf8')
const idsOf = (text: string) => new Set([...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))

describe('the manual', () => {
  const blocks = manualBlocks()
  const pages = blocks.then(made => manualPages(join(repository, 'pages'), made))

  test('is in step with the sources: if not, npm run manual, then npm run build', async () => {
    for (const { file, text, fresh } of await pages) expect([file, text]).toEqual([file, fresh])
  })

  test('has every part that is made, once', async () => {
    const placed = (await pages).flatMap(({ names }) => names)
    expect(placed.toSorted()).toEqual(Object.keys(await blocks).toSorted())
  })
})

test.each([
  ['front_matter', Object.keys(pageFields)],
  [
    'configuration',
    [
      ...Object.entries(configKinds).flatMap(([section, kinds]) =>
        Object.keys(kinds).map(key => `${section}.${key}`),
      ),
      ...Object.keys(topWords),
    ],
  ],
  ['templates', Object.keys(templateNames)],
  ['commands', Object.keys(commands).map(name => name.replaceAll(' ', '-'))],
  ['codes', Object.keys(codes)],
  ['rules', [...knownCodes([])]],
])('on the site, /about/%s/ has a place for each that there is', (name, wanted) => {
  const ids = idsOf(built(name))
  expect(wanted.filter(id => !ids.has(id))).toEqual([])
  expect(wanted.length).toBeGreaterThan(10)
})

test('each key of the configuration has words, and no other', () => {
  const keys = (table: Readonly<Record<string, object>>) =>
    Object.entries(table).flatMap(([section, own]) => Object.keys(own).map(key => `${section}.${key}`))
  expect(keys(configWords)).toEqual(keys(configKinds))
})

test('what templates see has words, and nothing else', async () => {
  // Those that are inherited, too.
  const names = await ejs(
    '<% const names = []; for (const name in locals) names.push(name) %><%= names.join(" ") %>',
  )
  expect(Object.keys(templateNames).toSorted()).toEqual(names.split(' ').toSorted())
})

test.each(Object.entries(commands))('the help of %s names each of its options', async (_name, load) => {
  const { help, options } = (await load()).command
  const missing = Object.keys(options).filter(option => !help.includes(`--${option}`))
  // In every command, and said once for all of them.
  expect(missing.filter(option => !['root', 'format', 'help'].includes(option))).toEqual([])
})

test('the manual names every class that Markdown is rendered with', async () => {
  const [markdown, syntax] = [page('markdown'), page('syntax')]
  const rendered = await html(
    markdown.replaceAll('/about/', '').replace(/\]\([^)]*\)/g, ']()') +
      '\n- [ ] a\n\n' +
      ['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'].map(each => `> [!${each}]\n> b\n\n`).join(''),
  )
  const classes = new Set(
    [...rendered.matchAll(/ class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' ')),
  )
  expect(classes).toContain('align-right')
  const own = [...classes].filter(name => !/^(?:hljs-|language-|[a-z]+_$)/.test(name))
  expect(own.filter(name => !new RegExp(`\\b${name}\\b`).test(syntax))).toEqual([])
})

test('the manual names every report format', () => {
  const named = /^Reports: ([^;]*);/m.exec(page('linter').replaceAll('&nbsp;', ' '))?.[1] ?? ''
  expect([...named.matchAll(/`(?:--format )?([a-z]+)`/g)].map(([, name]) => name)).toEqual(formats)
})
