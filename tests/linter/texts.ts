import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tests as spec } from 'commonmark-spec'
import { sample } from 'fast-check'
import { dialectDocuments } from '../lint/dialects.ts'
import { documents } from '../lint/documents.ts'
import { fixturesOf } from '../lint/rule-fixtures.ts'
import { repository } from '../program.ts'
import { pathsOf } from '../tree.ts'
import { ruleCodes } from '../../src/lint/rules/rule-codes.ts'
import type { Texts } from './compare.ts'

interface Case {
  readonly lang: string
  readonly source: string
}

/** Front matter of every language, right and wrong, and what every format begins and ends with. */
const heads = [
  '---\ntitle: "A - b"\nlang: ru\n---\nон сказал "да"\n',
  '---\ntitle: &nbsp;Merry\n---\nin a "box"\n',
  '---\n# only a comment\n---\nin a "box"\n',
  '---\na: &x [1]\nb: *x\n---\nin a "box"\n',
  '---\na: &x [*x]\n---\nin a "box"\n',
  '---\na: [1\n---\nin a "box"\n',
  '---\nlang: 5\n---\nin a "box"\n',
  '---\n- a\n---\nin a "box"\n',
  '---\ntitle: it\r\n---\r\nin a "box"\r\n',
  '+++\ntitle = "A - b"\ndate = 2026-01-01\n+++\nin a "box"\n',
  '+++\ntitle = \n+++\nin a "box"\n',
  '{\n  "title": "A - b",\n  "lang": "ru"\n}\n\nв лес\n',
  '{\n  "title": "A - b",,\n}\n\nin a "box"\n',
  '\uFEFFin a "box" 😀 - yes\n',
  'in a\r\n\r\n"box" - yes...\r\n',
]

/** Texts of every kind that tests have, each under a name that tells its language and format. */
export function sampleTexts(): Texts {
  const folder = join(repository, 'tests/fixtures/lint')
  const cases = pathsOf(folder)
    .filter(path => !path.includes('/'))
    .flatMap(path => JSON.parse(readFileSync(join(folder, path), 'utf8')) as readonly Case[])
    .filter(({ source }) => typeof source === 'string')
    .map(({ lang, source }, i) => [`case-${i}.${lang}.md`, source] as const)
  const fixtures = [...ruleCodes]
    .flatMap(rule => fixturesOf(rule).map(({ lang, before }) => ({ lang, before })))
    .map(({ lang, before }, i) => [`fixture-${i}.${lang}.md`, before] as const)
  const settings = { numRuns: 150, seed: 18 }
  return Object.fromEntries([
    ...cases,
    ...fixtures,
    ...spec.map(({ markdown }, i) => [`spec-${i}.md`, markdown] as const),
    ...heads.flatMap((text, i) =>
      ['md', 'html', 'ejs'].map(ending => [`head-${i}.${ending}`, text] as const),
    ),
    ...sample(documents(), settings).flatMap((text, i) =>
      ['en.md', 'ru.md', 'html'].map(ending => [`any-${i}.${ending}`, text] as const),
    ),
    ...sample(dialectDocuments(), settings).map((text, i) => [`dialect-${i}.md`, text] as const),
  ])
}
