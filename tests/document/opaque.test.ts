import { describe, expect, test } from 'vitest'
import { findOpaque, opaqueSyntaxes } from '../../src/document/opaque/find-opaque.ts'
import { matchOwn, SlowPattern } from '../../src/document/opaque/own-patterns.ts'
import type { Format } from '../../src/document/formats.ts'
import { examples } from './opaque-examples.ts'

/** What of a text is opaque, and by which row of the table. */
const opaqueIn = (text: string, { isMdx = false, format = 'markdown' as Format } = {}) =>
  findOpaque(text, { format, isMdx }).map(({ core, name }) => [text.slice(...core), name] as const)

describe('the table of opaque syntaxes', () => {
  test('has an example of each row', () => {
    expect(Object.keys(examples).toSorted()).toEqual(opaqueSyntaxes.map(({ name }) => name).toSorted())
  })

  for (const [name, { texts, never = [], isMdx = false }] of Object.entries(examples)) {
    test.each(texts)(`${name}: %j`, marked => {
      const wanted = [...marked.matchAll(/⟦([^⟧]*)⟧/g)].map(([, inner]) => [inner, name])
      expect(opaqueIn(marked.replace(/[⟦⟧]/g, ''), { isMdx })).toEqual(wanted)
    })
    test.each(never)(`no ${name}: %j`, text => {
      expect(opaqueIn(text, { isMdx }).filter(([, found]) => found === name)).toEqual([])
    })
  }

  test('nothing begins in code, a comment or what is escaped', () => {
    const text = '`[[a]]`\n\n```\n{{ a }} $x$\n```\n\n<!-- [[a]] --> \\{{a}} ~~~ \n\n~~~\n{% raw %}\n~~~\n'
    expect(opaqueIn(text).map(([, name]) => name)).toEqual(['fenced code', 'fenced code'])
  })

  test('in HTML there are templates and TeX', () => {
    const text = '<p>$a$ {{ x }} [[a]] {#b} $a<b$</p><p>$5</p><p>or 6$</p>'
    expect(opaqueIn(text, { format: 'html' }).map(([part]) => part)).toEqual(['$a$', '{{ x }}', '$a<b$'])
  })
})

describe('regular expressions of the author’s own', () => {
  test('count by line, and not when empty', () => {
    expect(matchOwn('a %%b%% c\n@x y', 0, ['%%[^%]*%%', '^@.*$', 'z*'])).toEqual([
      [2, 7],
      [10, 14],
    ])
  })

  test('are joined where they meet', () => {
    expect(matchOwn('abcdef', 0, ['bc', 'cd', 'f'])).toEqual([
      [1, 4],
      [5, 6],
    ])
  })

  test('that never end are stopped', () => {
    const text = `${'a'.repeat(60)}!`
    expect(() => matchOwn(text, 0, ['(a+)+$'])).toThrow(SlowPattern)
  })
})

/** What begins each kind and never ends it, or nests, or ends far away. */
const worst: Readonly<Record<string, readonly string[]>> = {
  'template block': ['{% raw %}', '{% raw '],
  'block of shortcodes': ['{{< code >}}'],
  'block of a shortcode in brackets': ['[code]', '[code', '[code ', '[code] [/php]'],
  shortcode: ['{{< ', '{{% '],
  'echo of Blade': ['{!! ', '{!!a\n\n'],
  'block between commands': ['@code\n', '\\code ', '@code\n@endphp\n'],
  'diagram of PlantUML': ['@startuml\n', '@startuml\n@endjson\n'],
  'formula of Doxygen': ['\\f$ ', '@f[ ', '\\f{a\n\n'],
  'extension of kramdown': ['{::comment}', '{::comment ', '{::nomarkdown /}'],
  'comment of Obsidian': ['%% \n\n', '%%\n\na', '%%', '%%\n'],
  'expression of a template': ['{{', '{{ a\n\n'],
  'tag of a template': ['{% '],
  'comment of a template': ['{# '],
  'tag of EJS': ['<% '],
  'display math': ['$$ ', '$$'],
  math: ['$a', '$a ', '$a\n', '$x$\n'],
  'math in parentheses': ['\\('],
  'math in brackets': ['\\['],
  'TeX environment': ['\\begin{a}'],
  'label of a term': ['[*a', '[*'],
  'TeX command': ['\\aa{', '\\aa{{', '\\aa{a ', '\\aaa'],
  'line of a fenced div': [':::', '::: a\n', ':::{a}\n:b: c\n', '::: a\n    b\n', '::: a'],
  'leaf directive': ['::a\n'],
  'line of an admonition': ['!!! a\n', '=== "'],
  'line of a generic block': ['/// ', '/// a\n'],
  snippet: ['<<< ', '@[code', '-'],
  'directive with arguments': ['@a(\n', '@if ', '@aa'],
  'line of a break with data': ['+++ {\n', '+++ '],
  'block of Org': ['#+BEGIN_SRC ', '#+BEGIN_SRC\n#+END_QUERY\n'],
  'line of Org': ['#+BEGIN_A', '#+END_A\n'],
  'directive in a line of its own': ['^a\n', '^a'],
  'callout marker': ['[!a', '[!a|', '[!a] '],
  'import or export': [
    'import {',
    "import 'a'; ",
    "import a from 'b';",
    'import {\n',
    'import a ',
    'import \t',
    'export const a = {\n',
  ],
  'import or export of MDX': ['import a\n', 'export {\n'],
  wikilink: ['[[', '[[a', '![[a|', '\\[['],
  'directive of ikiwiki': ['[[!a', '[[!a "', '[[!a """', '[[!a]', '[[!a [['],
  'destination of a link with blanks': ['](a b', '](a ', '](a b.', '](. ', '](a/'],
  'attribute list': ['{#a', '{a="', "{.a '", '{a=\n', '{a-'],
  'value of an attribute': [
    'a="',
    'a="b"',
    "a='b' ",
    '<a b="c" ',
    ' b="c"',
    '<a b="c>" ',
    'a="" ',
    'a="{{',
    'a="{{ }}',
    'a="{% ',
  ],
  'deletion or remark': ['{--', '{>> ', '{~~ a\n\n', '{--\n'],
  'data or code in braces': ['{a: ', '{"a": {', '{a.b', '{@a ', '{a: \n\n', '{"'],
  'tag in brackets': ['[name=', '[=1', '[time=a ['],
  'cross-reference of DocFX': ['<xref:', '<xref:a '],
  'mark of a line': ['| a\n', '(@', '^ ', '?> ', '(ref:', '| a', '|\t'],
  'callout of an emoji': ['> 📘 ', '> 📘 a\n', '>  '],
  'line of a target': ['(a)=\n', '(', '(a', '()=\n'],
  'line of a percent sign': ['% a\n', '% ', '%\n'],
  'grid table': ['+--', '+--+\n', '+--+--', '|\n'],
  'table of columns': ['--- ', '---\n', '---\na\n', '--- ---\n', '---\na\n-- --\n', '--- ---'],
  'fields of a slide': ['---\na: b\n', '---\nclass: a\n', 'a:\n', '---\n a\n'],
  'line of tabs or slides': ['@tab a\n', '@end ', '@tab'],
  'drawer of Org': [':A:\n', ':AA', ':AA: '],
  'line of a property': ['a:: b\n', 'a', 'aa-', 'a::'],
  'line of two dots or a class': ['.. a: b\n', '.a', '.a[\n', ']\n', '] ', '.. '],
  'line of slots or tags': ['#a\n', '#a ', '#a', '#a{'],
  'field in brackets': ['[a:: ', '[a', '[a a '],
  'element of Hiccup': ['[:a "', '[:a {', '[:a'],
  keys: ['++a', '++', '++"', "+'a'", '++a+"b'],
  'label or milestone': ['~"', '%"', '~"a'],
  'name of a block': ['^a', ' ^a\n', '^', ' ^a '],
  'term of a glossary': ['<<glossary:', '<<'],
  'comment of MDX': ['{/* ', '{ '],
  'string of MDX': ["{'", '{"', '{`', "'{"],
  'tag of JSX or Vue': ['<a {', '<a b={', '<a b="', "<a b='{", '<a b ', '<code {a}>', '<a b\n'],
  'expression of MDX': ['{', '{"{', "{ '{", '{/*', "\\'"],
  'fenced code': ['```\n', '> ```\n', '~~~\n', '``` ', '```` \n    ```\n'],
  'code span of MDX': ['`', '` `` ', '`a\n\n'],
  'include of a template': ['{* '],
  'destination and size of a picture': ["](a '", '](a "b" ', '](a', '](a =1 ', '](a "'],
  'destination and title of a link': ["](a '", '](a "b" ', '](a', ']('],
  'what is code': ['`', '`a ', '<!--', '<pre>', '\\', '> ', ' ', '\t\n'],
}

describe('takes no more time for a text than is in proportion to its length', () => {
  test('of each row', () => {
    expect(Object.keys(worst)).toEqual(expect.arrayContaining(Object.keys(examples)))
  })

  // The slowest of these takes a second; what is quadratic takes longer than the limit by far.
  test.each(Object.entries(worst).flatMap(([name, all]) => all.map(letters => [name, letters] as const)))(
    '%s: %j',
    (_, letters) => {
      const text = `${letters.repeat(300_000 / letters.length)} end`
      expect(
        findOpaque(text, { format: 'markdown', isMdx: true }).every(({ span }) => span[1] <= text.length),
      ).toBe(true)
      expect(findOpaque(text, { format: 'html' }).every(({ span }) => span[1] <= text.length)).toBe(true)
    },
    30_000,
  )
})

test.each(opaqueSyntaxes.filter(({ next }) => next !== undefined))(
  'what may come next in “$name” does where it begins',
  ({ signs, begins, next = '' }) => {
    const texts = Object.values(examples).flatMap(each => each.texts.map(text => text.replace(/[⟦⟧]/g, '')))
    const met = texts.flatMap(text =>
      [...text].flatMap((_, at) => {
        begins.lastIndex = at
        return signs.includes(text[at] as string) && begins.test(text) ? [text[at + 1]] : []
      }),
    )
    expect(met.length).toBeGreaterThan(0)
    expect(met.filter(character => !next.includes(character as string))).toEqual([])
  },
)
