import Ajv from 'ajv'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { configKinds, exportSchema } from '../../src/config/config-schema.ts'
import { checkValues } from '../../src/config/check-config.ts'
import type { Kind } from '../../src/core/value-kinds.ts'

// What is used of JSON Schema is the same in the draft that this Ajv knows.
const { $schema: _, ...draftless } = exportSchema()
const validate = new Ajv().compile(draftless)

test('the committed JSON Schema is that of the configuration', () => {
  const committed = readFileSync(new URL('../../schema/config.schema.json', import.meta.url), 'utf8')
  expect(committed, 'run: npm run schema').toBe(`${JSON.stringify(exportSchema(), null, 2)}\n`)
})

/** All kinds of what JSON can say, right for some key each. */
const values: readonly unknown[] = [
  '',
  'text',
  'en',
  'ru_RU',
  'off',
  'warn',
  'fix',
  'safe',
  'entity',
  'book',
  'imprimatur',
  '#123456',
  'literata',
  '#ffffff',
  'https://example.org',
  'https://example.org/blog/',
  'mailto:press@example.org',
  'Europe/Moscow',
  '2027-11-21',
  '2027-13-99',
  '(',
  'a+',
  0,
  1,
  -1,
  60,
  18,
  1.5,
  true,
  false,
  null,
  [],
  ['text'],
  ['en', 'ru'],
  ['/about/', { url: '/posts/', title: { en: 'Posts' } }],
  [{ url: '/posts/', titel: 'Posts' }],
  { en: 'Words', ru: 'Слова' },
  { nolanguage: 1 },
  [1],
  [['a', 'b', 'why']],
  [['a', 'b']],
  {},
  { text: 'warn' },
  { 'ru/nbsp/*': 'off' },
  { a: { b: 1 } },
  { keep: ['a'] },
  { keep: 'a' },
  { name: 'Press' },
  { name: 'Press', profiles: ['https://example.org/@press'], fediverse: '@press@example.org' },
  { widths: [480], formats: ['webp'] },
  { 'script-src': ['https://example.org'] },
  [{ files: '**' }],
  [{ files: ['a'], rules: { 'a/b': 'off' }, words: { tie: ['a'] } }],
  [{ rules: {} }],
]

const keys = Object.entries(configKinds).flatMap(([section, kinds]) =>
  Object.entries(kinds as Readonly<Record<string, Kind>>).map(([key, kind]) => [section, key, kind] as const),
)

describe.each(keys)('%s.%s', (section, key, kind) => {
  test('what is accepted is valid, and some values are neither', () => {
    const isValid = (value: unknown) => validate({ [section]: { [key]: value } })
    const accepted = values.filter(value => kind.accepts(value))
    expect(accepted.filter(value => !isValid(value))).toEqual([])
    expect(accepted).not.toEqual([])
    const refused = values.filter(value => !isValid(value))
    expect(refused.length === 0).toBe(Object.keys(kind.jsonSchema).length === 0)
  })
})

test('keys that nothing reads are valid in neither; $schema is, in both', () => {
  for (const config of [{ sight: {} }, { build: { draft: true } }, { lint: { rule: {} } }])
    expect([validate(config), checkValues({ config }, configKinds).length > 0]).toEqual([false, true])
  for (const config of [{ $schema: './schema.json' }, { site: { own: 1 } }, { fields: ['a'] }])
    expect([validate(config), checkValues({ config }, configKinds)]).toEqual([true, []])
})
