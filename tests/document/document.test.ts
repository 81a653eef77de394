import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isHeldBack } from '../../src/build/pages/publication.ts'
import { readPage } from '../../src/build/pages/read-page.ts'
import type { Config } from '../../src/config/config.ts'
import { bodyStart, fragment, readDocument } from '../../src/document/document.ts'
import { languageOf } from '../../src/document/language.ts'
import { fixSource } from '../../src/lint/fix.ts'
import { lintSource } from '../../src/lint/lint.ts'
import type { LintSettings } from '../../src/lint/lint-settings.ts'
import { pageLanguage } from '../../src/lint/page/page-language.ts'
import type { SourceFile } from '../../src/core/types.ts'
import { place } from '../build/built-site.ts'

const settings: LintSettings = {
  lang: 'en',
  noBreakSpace: 'entity',
  rules: { 'imprimatur/front-matter': 'off' },
}

/** As `lint --fix` has it. */
function fixed(file: SourceFile, others: Partial<LintSettings> = {}) {
  const found = lintSource(file, { ...settings, ...others })
  return { found, text: fixSource(file, found).value?.text }
}

const read = (text: string, path = 'a.md') => readDocument({ path, text })

describe('front matter of every kind is read', () => {
  test.each([
    ['YAML by name', '---yaml\ntitle: A\n---\nB', 'yaml'],
    ['YAML by name behind a blank', '--- yaml \ntitle: A\n---\nB', 'yaml'],
    ['TOML between its own fences', '+++\ntitle = "A"\n+++\nB', 'toml'],
    ['TOML by name', '---toml\ntitle = "A"\n---\nB', 'toml'],
    ['JSON by name', '---json\n{ "title": "A" }\n---\nB', 'json'],
    ['a JSON object', '{\n  "title": "A"\n}\nB', 'json'],
    ['a JSON object in a line', '{ "title": "A" }\nB', 'json'],
    ['behind blank lines', '\n \t\n---\ntitle: A\n---\nB', 'yaml'],
    ['behind a byte order mark and a blank line', '\uFEFF\n+++\ntitle = "A"\n+++\nB', 'toml'],
    ['with CRLF', '+++\r\ntitle = "A"\r\n+++\r\nB', 'toml'],
    ['with lines that end as they did on old Macs', '---\rtitle: A\r---\rB', 'yaml'],
    ['as a flow mapping', '---\n{ title: A, lang: ru }\n---\nB', 'yaml'],
    ['TOML with YAML’s fence in it', '+++\ntitle = "A"\nx = """\n---\n"""\n+++\nB', 'toml'],
  ])('%s', (_, text, language) => {
    const { frontMatter, diagnostics, bodyStart: start } = read(text)
    expect(diagnostics).toEqual([])
    expect(frontMatter.language).toBe(language)
    expect(frontMatter.fields.title).toBe('A')
    expect(text.slice(start)).toBe('B')
    expect(bodyStart({ path: 'a.md', text })).toBe(start)
    expect(text.slice(...frontMatter.span('title', 'key')).replace(/["']/g, '')).toBe('title')
    expect(text.slice(...frontMatter.span('title', 'value')).replace(/["']/g, '')).toBe('A')
  })

  test('TOML has its own dates, tables and lines', () => {
    const text = `+++
# title = "no"
date = 2026-04-05T00:30:00+03:00
updated = 2026-04-06 # a day
tags = [ # some
  "a", # = one
  'b',
]
note = """
title = "nor this"
"""
title = "A # b" # c
[extra]
title = "of the table"
+++
`
    const { frontMatter } = read(text)
    expect(frontMatter.fields).toEqual({
      date: '2026-04-05T00:30:00+03:00',
      updated: '2026-04-06',
      tags: ['a', 'b'],
      note: 'title = "nor this"\n',
      title: 'A # b',
      extra: { title: 'of the table' },
    })
    const at = (name: string, part: 'key' | 'value') => text.slice(...frontMatter.span(name, part))
    expect(at('title', 'value')).toBe('"A # b"')
    expect(at('updated', 'value')).toBe('2026-04-06')
    expect(at('tags', 'value')).toBe(`[ # some\n  "a", # = one\n  'b',\n]`)
    expect(at('extra', 'key')).toBe('extra')
  })
})

describe('what only looks like front matter is text', () => {
  test.each([
    '----\n\nText\n',
    '----\n',
    '{% if x %}\n{% endif %}\n',
    '{{ title }}\n',
    '{{< figure >}}\n',
    '{# note #}\n',
    '{ lang: ru }\n',
    '{"a": 1} is JSON\n',
    '+++ three pluses\n',
    '--- said he\n',
    '<!-- note -->\nText\n\n---\n\nText\n',
    'Note: this\n\nText\n',
    '    ---\n    title: A\n    ---\n\nText\n\n---\n',
  ])('%j', text => {
    const { diagnostics, frontMatter, bodyStart: start } = read(text)
    expect(diagnostics).toEqual([])
    expect(frontMatter).toMatchObject({ language: undefined, fields: {} })
    expect(start).toBe(0)
  })

  test('a title is text, whatever it begins with', () => {
    expect(fragment({ path: 'title.html', text: 'Title: A' })).toMatchObject({
      bodyStart: 0,
      diagnostics: [],
    })
  })
})

/** Each with the words that its message must have. */
const refused: readonly (readonly [string, string, string])[] = [
  [
    '---\ntitle: C\nlayout: default\n---trailing words here\nBody.\n',
    'front-matter/fence a.md:4:1',
    'nothing behind',
  ],
  ['---\ntitle: C\n----\nBody.\n', 'front-matter/fence a.md:3:1', 'does not close'],
  ['+++\ntitle = "C"\n+++ x\nBody.\n', 'front-matter/fence a.md:3:1', 'does not close'],
  ['+++\ntitle = "C"\nBody.\n', 'front-matter/fence a.md:1:1', 'never closed'],
  ['{\n  "title": "C"\n\nBody.\n', 'front-matter/fence a.md:1:1', 'never closed'],
  ['{\n  "title": "C"\n} Body.\n', 'front-matter/fence a.md:3:2', 'Words stand behind'],
  ['----\ntitle: C\n----\nBody.\n', 'front-matter/fence a.md:1:1', 'opens no front matter'],
  ['--- my page\ntitle: C\n---\nBody.\n', 'front-matter/fence a.md:1:1', 'opens no front matter'],
  ['+++ yaml\ntitle: C\n+++\nBody.\n', 'front-matter/fence a.md:1:1', 'opens no front matter'],
  ['  ---\ntitle: C\n  ---\nBody.\n', 'front-matter/fence a.md:1:3', 'beginning of its line'],
  ['<!-- mine -->\n\n---\ntitle: C\ntags:\n  - a\n---\nBody.\n', 'front-matter/unread a.md:3:1', 'comment'],
  ['---\ntitle: !mine C\n---\nBody.\n', 'front-matter/syntax a.md:2:8', '!mine'],
  ['Title: C\nDate: 2026-01-02\n\nBody.\n', 'front-matter/unread a.md:1:1', 'without fences'],
  ['\ntitle: C\n\nBody.\n', 'front-matter/unread a.md:2:1', 'without fences'],
  ['Date: 2026-01-02\nTitle: C\n\nBody.\n', 'front-matter/unread a.md:1:1', 'without fences'],
  ['---javascript\n({})\n---\n', 'front-matter/language a.md:1:1', 'refused'],
  ['%{\n  title: "A note"\n}\n---\n\nText\n', 'front-matter/language a.md:1:1', 'Elixir is refused'],
  ['---coffee\ntitle: 1\n', 'front-matter/language a.md:1:1', 'refused'],
  ['+++\nlang = "en"\ntitle = A\n+++\n', 'front-matter/syntax a.md:3:9', 'TOML'],
  ['---toml\r\nlang = "en"\r\ntitle = A\r\n---\r\n', 'front-matter/syntax a.md:3:9', 'TOML'],
  ['{\n  "lang": "en",\n  "title": A\n}\n', 'front-matter/syntax a.md:3:12', 'JSON'],
  ['{\n  title: "A"\n}\n', 'front-matter/syntax a.md:2:3', 'JSON'],
  ['---json\n{ "title": "A", }\n---\n', 'front-matter/syntax a.md:2:17', 'JSON'],
  ['---json\n[1]\n---\n', 'front-matter/syntax a.md:2:1', 'must be fields'],
  ['+++\nlang = 1\n+++\n', 'front-matter/value a.md:2:8', '“lang” is 1'],
  ['{\n  "lang": "klingon_x"\n}\n', 'front-matter/value a.md:2:11', '“lang”'],
]

describe('what begins like front matter and is none', () => {
  test.each(refused)('%j', (text, expected, words) => {
    const { diagnostics } = read(text)
    expect(diagnostics.map(place)).toEqual([expected])
    expect(diagnostics[0]?.message).toContain(words)
    expect(diagnostics[0]?.hint).toBeTruthy()
  })

  test.each(refused)('the linter reports the same, and sets nothing: %j', text => {
    const file = { path: 'a.md', text: `${text}\nIn a "word" - or two.\n` }
    const { found, text: after } = fixed(file, { rules: { 'imprimatur/front-matter': 'warn' } })
    expect(after).toBe(file.text)
    expect(found).toEqual(readDocument(file).diagnostics)
    expect(found[0]?.severity).toBe('error')
  })

  test('YAML’s own end of a document is named in the hint', () => {
    expect(read('---\ntitle: C\n...\nBody.\n').diagnostics[0]?.hint).toContain('in place of ...')
  })

  test('fields of a layout are text', () => {
    expect(read('Title: <%= page.title %>\n', 'layouts/a.ejs').diagnostics).toEqual([])
  })
})

describe('the language', () => {
  test.each([
    ['---\n{ lang: ru, title: Лес }\n---\n', 'ru'],
    ['---\n"lang": ru\n---\n', 'ru'],
    ['---\nlang: ru_RU\n---\n', 'ru-RU'],
    ['---\nlang:\n---\n', undefined],
    ['---\nextra:\n  lang: ru\n---\n', undefined],
    ['+++\nlang = "ru"\n+++\n', 'ru'],
    ['{ "lang": "ru" }\n', 'ru'],
    ['lang: ru\n', undefined],
  ])('%j', (text, lang) => expect(read(text).lang).toBe(lang))

  test('Russian is set in Russian quotes, however its language is written', () => {
    for (const head of ['{ lang: ru }', '"lang": ru', 'lang: ru_RU', 'lang: "ru"']) {
      const file = { path: 'a.md', text: `---\n${head}\n---\nОн сказал "да".\n` }
      expect(fixed(file).text).toContain('«да»')
    }
  })
})

const config = { site: { lang: 'en', title: '' }, build: { drafts: true }, fields: [] } as unknown as Config

const line = fc.oneof(
  fc.constantFrom(
    '---',
    '---',
    '---yaml',
    '--- toml',
    '---json',
    '---js',
    '----',
    '+++',
    '+++',
    '--- x',
    '---x',
    ' ---',
    '{',
    '}',
    '{ "lang": "ru" }',
    '"lang": "ru"',
    '{% x %}',
    '{{ x }}',
    '<!-- c -->',
    '',
    '',
    ' ',
    '# c',

    'title: A',
    'Title: A',
    'lang: ru',
    'lang: ru_RU',
    '"lang": ru',
    '{ lang: ru }',
    'lang = "ru"',
    'lang: 1',

    'tags:',
    '- a',
    '  - a',
    'description: "x',
    'a: [',
    '\t',
    'Он сказал "да" - и ушёл.',
    'A "word".',
    '\uFEFF',
  ),
  fc.string({ maxLength: 8 }),
)
const lines = fc
  .tuple(
    fc.array(line, { maxLength: 9 }),
    fc.constantFrom('\n', '\n', '\r\n', '\r'),
    fc.constantFrom('', '\uFEFF'),
  )
  .map(([some, end, mark]) => mark + some.join(end))
const heads = fc.constantFrom(
  '---\ntitle: [1]\n---\n',
  '---\nlang: ru\n---\n',
  '---yaml\r\n"lang": ru\r\n---\r\n',
  '\n---\n{ lang: ru_RU }\n---\n',

  '+++\nlang = "ru"\n+++\n',
  '{\n"lang": "ru"\n}\n',
  '\uFEFF---\ntitle: A\n---\n',
  '---\ntags:\n- a\n---\n',
)
const texts = fc.oneof(
  lines,
  fc.tuple(heads, lines).map(parts => parts.join('')),
)
/** What kind of front matter a text has, and where build and linter disagree about it. */
function compare(file: SourceFile): { kind: string; disagreement?: string } {
  const document = readDocument(file)
  const { value: draft, diagnostics } = readPage(file, file.path, { config, now: Date.UTC(2026, 0, 1) })
  const found = lintSource(file, settings)
  if (bodyStart(file) !== document.bodyStart) return { kind: 'body', disagreement: 'another body' }
  if (document.diagnostics.length > 0) {
    const isRefused = !draft && diagnostics.length > 0 && isDeepStrictEqual(found, document.diagnostics)
    return isRefused ? { kind: 'unreadable' } : { kind: 'unreadable', disagreement: 'one of the two goes on' }
  }
  const kind = document.frontMatter.language ?? 'none'
  if (found.some(({ span }) => span && span[0] < document.bodyStart))
    return { kind, disagreement: 'front matter is linted' }
  if (!draft || isHeldBack(draft))
    return diagnostics.length > 0 ? { kind: 'refused' } : { kind, disagreement: 'not published' }
  return languageOf(draft.page.lang) === pageLanguage(document, settings)
    ? { kind }
    : { kind, disagreement: 'another language' }
}

const paths = fc.constantFrom('a.md', 'a.markdown', 'a.MD', 'a.html', 'a.htm', 'a.ejs')

describe('for any text', () => {
  test('build and linter agree on the body, the language and the format', () => {
    const kinds = new Set<string>()
    fc.assert(
      fc.property(texts, paths, (text, path) => {
        const { kind, disagreement } = compare({ path, text })
        kinds.add(kind)
        expect(disagreement).toBeUndefined()
      }),
      { numRuns: 4000 },
    )
    expect([...kinds].toSorted()).toEqual(['json', 'none', 'refused', 'toml', 'unreadable', 'yaml'])
  })

  test('front matter is never set, and a page that is set stays as readable as it was', () => {
    fc.assert(
      fc.property(texts, paths, (text, path) => {
        const file = { path, text }
        const after = { path, text: fixed(file).text ?? '' }
        const start = bodyStart(file)
        expect(after.text.slice(0, start)).toBe(text.slice(0, start))
        expect(bodyStart(after)).toBe(start)
        expect(readDocument(after).frontMatter.fields).toEqual(readDocument(file).frontMatter.fields)
      }),
      { numRuns: 2000 },
    )
  })
})
