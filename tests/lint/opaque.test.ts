import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findOpaque } from '../../src/document/opaque/find-opaque.ts'
import { fixSource } from '../../src/lint/fix.ts'
import { lintSource } from '../../src/lint/lint.ts'
import { saysTheSame } from '../../src/lint/safety/same-meaning.ts'
import { everyWritten } from './fix.ts'

const settings = { lang: 'en', noBreakSpace: 'entity', rules: {} } as const

function set(text: string, opaque: readonly string[] = [], path = 'page.md'): string {
  const file = { path, text }
  const { value, diagnostics } = fixSource(file, lintSource(file, { ...settings, opaque }))
  expect(diagnostics).toEqual([])
  return value?.text ?? ''
}

const same = (before: string, after: string, opaque: readonly string[] = []) =>
  saysTheSame({ path: 'a.md', text: before }, { path: 'a.md', text: after }, { writes: everyWritten, opaque })

/** What a table and a tag over its rows are made of, by chance. */
const tagLike = array(
  constantFrom(
    ..."<a <T <b> a b c - | = > /> & {x} {1} b=\"c\" b='c' 'c \"c c' c\" don't :a @b --c 5 *".split(' '),
    '\n',
    ' - ',
  ),
  { maxLength: 12 },
).map(words => `<a ${words.join(' ')} >`)

describe('what is opaque', () => {
  test('begins with no mark that is set: what is no tag for a quotation mark in it is none with another', () => {
    const tags = (text: string) => findOpaque(text, { format: 'markdown' }).map(({ name }) => name)
    const row = '\\*<a - |\n|---|\n| "don\'t" | x >\n'
    const marks = (text: string) =>
      text
        .replaceAll("'", '’')
        .replaceAll(/"(?=\w)/g, '“')
        .replaceAll('"', '”')
        .replaceAll(' - ', '&nbsp;— ')
    expect(tags(marks(row))).toEqual([])
    assert(
      property(
        tagLike.filter(text => tags(text).length === 0),
        text => {
          expect(tags(marks(text))).toEqual([])
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('is a word beside a quotation mark, and nothing at all as a list of attributes', () => {
    expect(set('The "$x$" and "[[a - b]]" \'tis "so"{.a b="c - d"}.')).toBe(
      'The “$x$” and “[[a - b]]” ’tis “so”{.a b="c - d"}.',
    )
    expect(set('## What to do {#id}')).toBe('## What to&nbsp;do {#id}')
  })

  test('does not let what looks like Markdown in it mislead the rest', () => {
    expect(set('So $a_b$ - and $c_d$ "here".')).toBe('So&nbsp;$a_b$&nbsp;— and $c_d$ “here”.')
    expect(set('So $a*b$ - and $c*d$ "here".')).toBe('So&nbsp;$a*b$&nbsp;— and $c*d$ “here”.')
    expect(set('So $a<b$ - "here" $c>d$.')).toBe('So&nbsp;$a<b$&nbsp;— “here” $c>d$.')
  })

  test.each([
    'Here it was given to\n$x$ by them.',
    'Here it was given to\nthem by $x$',
    '$x$ was here given to\nthem all.',
    'Here it was given to\n::: note\nthem all.\n:::',
    '> [!NOTE] Here was given to\n> them all.',
    'Here was given to\n{{ them }} all.',
    'Here was given to\n{: .a}',
    'Here was given to\n<Them who={1} /> all.',
  ])('has no word moved over its line: %j', text => {
    const fixed = set(text).replaceAll('&nbsp;', ' ')
    expect(fixed).toBe(text)
  })

  test('a word moves where none is', () => {
    expect(set('$x$ is.\nHere was given to\nthem all.\n$y$ is.')).toContain('given\nto&nbsp;them')
  })

  test.each([
    "{{< code-toggle file=hugo >}}\na = 'x' - b\n\nc = \"it's\"\n{{< /code-toggle >}}",
    '{{% my/code %}}\na = "it\'s"\n{{% /my/code %}}',
    '{{< codeblock >}}\na = "it\'s"\n{{</ codeblock >}}',
  ])('is what stands between shortcodes for code: %j', text => {
    expect(set(`${text}\n\nIt's.`)).toBe(`${text}\n\nIt’s.`)
  })

  test('is a list of attributes over lines', () => {
    const link = "[It's](/a){\n  .b .c\n  width=\"5\" alt='{{< meta \"d\" >}} \\'e\\' - {{< f >}}'\n}"
    expect(set(link)).toBe(link.replace("It's", 'It’s'))
  })

  test('is not what follows a shortcode that stands alone', () => {
    const alone =
      '{{< code-toggle file=hugo />}}\n\nIt\'s "so".\n\n{{< code-toggle >}}\n"a"\n{{< /code-toggle >}}'
    expect(set(alone)).toBe(alone.replace('It\'s "so"', 'It’s “so”'))
  })

  test('is no place for a comment of the linter’s', () => {
    expect(set('{% raw %}<!-- typography off -->{% endraw %}\n\nIt\'s "so".')).toContain('It’s “so”.')
  })

  test('is the same before and after, byte for byte, or the page says something else', () => {
    expect(same('a $b - c$ d', 'a $b — c$ d')).toBe(false)
    expect(same('a {{ "b" }} d', 'a {{ “b” }} d')).toBe(false)
    expect(same('a [[b c]] d', 'a [[b\u00A0c]] d')).toBe(false)
    expect(same('what to\n:::', 'what\nto :::')).toBe(false)
    expect(same('a %b - c% d', 'a %b — c% d')).toBe(true)
    expect(same('a %b - c% d', 'a %b — c% d', ['%[^%]*%'])).toBe(false)
  })
})

describe('what is opaque in front matter', () => {
  test.each([
    'It\'s $a - b$ - [[c - d]] - {{ "e" }}',
    '"It\'s $a - b$ - [[c - d]] - {{ e - f }}"',
    "'It''s $a - b'' c$ - [[c - d]]'",
    "It's %%a - b%% - so",
  ])('is not set in a title: %s', title => {
    const text = `---\ntitle: ${title}\n---\n`
    const file = { path: 'page.md', text }
    const rules = { 'imprimatur/front-matter': 'warn' } as const
    const { value } = fixSource(file, lintSource(file, { ...settings, rules, opaque: ['%%.*?%%'] }))
    const opaque = (written: string) => written.match(/\$.*?\$|\[\[.*?\]\]|\{\{.*?\}\}|%%.*?%%/g)
    expect(value?.text).toContain('’s')
    expect(value?.text).toContain('—')
    expect(opaque(value?.text ?? '')).toEqual(opaque(text))
  })
})

describe('lint.opaque', () => {
  test('is what its expressions match', () => {
    expect(set('The %%it\'s - "a"%% isn\'t.', ['%%.*?%%'])).toBe('The %%it\'s - "a"%% isn’t.')
  })

  test('leaves a page alone on which an expression takes too long', () => {
    const found = lintSource(
      { path: 'a.md', text: `It's ${'a'.repeat(60)}!` },
      { ...settings, opaque: ['(?:a+)+$'] },
    )
    expect(found).toMatchObject([{ code: 'lint/opaque', severity: 'error' }])
  })
})
