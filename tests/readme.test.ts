import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { command as build } from '../src/cli/commands/build.ts'
import { formats } from '../src/cli/reporters/formats.ts'
import { pageFields } from '../src/document/front-matter.ts'
import { repository } from './program.ts'
import { ejs, html } from './build/built-site.ts'

const read = (path: string) => readFileSync(join(repository, path), 'utf8')
const readme = read('README.md')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

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

test('the README names all that templates see', async () => {
  const names = (await ejs('<%= Object.keys(locals).join(" ") %>')).split(' ')
  for (const name of names) expect(readme).toMatch(new RegExp(`^\\| \`${name}[\`(]`, 'm'))
})

const cells = (table: string) =>
  table
    .trim()
    .split('\n')
    .map(row => row.replace(/ +\| +/g, ' | ').replace(/ +\|$/, ' |'))

test('the README’s table of page fields is the program’s', () => {
  const [, table = ''] = /^(\| field [^]*?)\n\n/m.exec(readme) ?? []
  const rows = Object.entries(pageFields)
    .filter(([, { kind }]) => kind)
    .map(
      ([name, { words, default: value, otherwise = value && JSON.stringify(value).replaceAll('"', '`') }]) =>
        `| \`${name}\` | ${words} | ${String(otherwise ?? '')} |`.replace('|  |', '| |'),
    )
  expect(cells(table).slice(2)).toEqual(rows)
})

test('the README names the fields that are computed', () => {
  const computed = Object.entries(pageFields).filter(([, { kind }]) => !kind)
  const [, named = ''] = /^\| `page` +\| front matter, and `([a-z ]+)`/m.exec(readme) ?? []
  expect(named.split(' ')).toEqual(computed.map(([name]) => name))
})

test('the README names every class that Markdown is rendered with', async () => {
  const page = await html(
    read('pages/about/markdown.md')
      .replaceAll('/about/', '')
      .replace(/\]\([^)]*\)/g, ']()') +
      '\n- [ ] a\n\n' +
      ['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'].map(each => `> [!${each}]\n> b\n\n`).join(''),
  )
  const classes = new Set(
    [...page.matchAll(/ class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' ')),
  )
  expect(classes).toContain('align-right')
  const own = [...classes].filter(name => !/^(?:hljs-|language-|[a-z]+_$)/.test(name))
  expect(own.filter(name => !new RegExp(`\\b${name}\\b`).test(readme))).toEqual([])
})

test('the README names the options that it speaks of as they are', () => {
  for (const [, option] of readme.matchAll(/imprimatur build --([a-z-]+)/g))
    expect(build.options).toHaveProperty([option ?? ''])
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

test('the README names every report format', () => {
  const named = /^Reports: ([^;]*);/m.exec(readme)?.[1] ?? ''
  expect([...named.matchAll(/`(?:--format )?([a-z]+)`/g)].map(([, name]) => name)).toEqual(formats)
})
