import highlightJs from 'highlight.js'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { grammarOf } from '../../../../src/build/render/code/languages.ts'
import { createHighlight } from '../../../../src/build/render/code/highlight.ts'

const languages = highlightJs.listLanguages()

/** With its own emitter, and every grammar. */
const reference = highlightJs.newInstance()
for (const language of languages)
  reference.registerLanguage(language, highlightJs.getLanguage(language)!.rawDefinition!)
reference.configure({ languages: ['json', 'xml'] })

const expected = (code: string, language: string) =>
  reference.highlight(code, { language, ignoreIllegals: true }).value

/** Each in the first language of its name; most have another one in them. */
const code: Readonly<Record<string, string>> = {
  typescript: readFileSync('src/build/pages/site-page.ts', 'utf8'),
  json: readFileSync('package.json', 'utf8'),
  yaml: `${readFileSync('.oxlintrc.json', 'utf8')}\nname: <%= user.name || 'x' %>\n`,
  markdown: `${readFileSync('README.md', 'utf8')}\n<p class="a">x</p>\n`,
  bash: readFileSync('.ci/run', 'utf8'),
  xml: '<p class="a">&amp; it\'s<style>a > b { c: "d" }</style><script>let a = `${b < 1}`</script><?php echo "x" ?></p>',
  'php-template': '<p>a <?php echo "<b>$c</b>"; // it\'s ?></p>',
  python: 'def f(a: int) -> str:\n    """Doc."""\n    return f"{a!r} & {b}"\n',
  javascript:
    'const a = html`<p>${b}</p>`, c = css`a { color: red }`, d = gql`query { e }`\nreturn <p id="f">{g}</p>\n',
  http: 'POST /a HTTP/1.1\nContent-Type: application/json\n\n{"a": [1, true], "b": "c"}\n',
  dockerfile: 'FROM node:20\nRUN for a in b; do echo "$a"; done\n',
  shell: '$ echo "a" | grep -v b\na\n',
  pgsql:
    'CREATE FUNCTION a() RETURNS int AS $$\nimport re\ndef f(x):\n    return re.sub(x)\n$$ LANGUAGE plpython3u;\n',
  erb: '<p><% a.each do |b| %><%= b.c "d" %><% end %></p>\n',
  django: '<p>{% if a %}{{ b|safe }}{% endif %}</p>\n',
  'python-repl': '>>> print("a")\na\n',
}

describe('code is written as highlight.js writes it that knows all languages', () => {
  test.each(Object.keys(code))('%s', language => {
    expect(createHighlight()(code[language]!, language)).toBe(expected(code[language]!, language))
  })

  test('whatever language it is read as, by an engine that has done nothing before', () => {
    const all = Object.values(code)
      .map(text => text.slice(0, 400))
      .join('\n')
    for (const language of languages)
      expect([language, createHighlight()(all, language)]).toEqual([language, expected(all, language)])
  })
})

test('a page is the same whatever was highlighted before it', () => {
  const each = Object.entries(code)
  const forward = createHighlight()
  const backward = createHighlight()
  const first = each.map(([language, text]) => forward(text, language))
  const second = each.toReversed().map(([language, text]) => backward(text, language))
  expect(second.toReversed()).toEqual(first)
})

test('every name that highlight.js has for a language is known', () => {
  for (const language of languages) {
    expect(grammarOf(language)).toBe(language)
    for (const name of highlightJs.getLanguage(language)?.aliases ?? []) {
      const known = languages.find(each => highlightJs.getLanguage(each) === highlightJs.getLanguage(name))
      expect([name, grammarOf(name.toUpperCase())]).toEqual([name, known])
    }
  }
})

test.each(['vue', 'jinja2', 'nasm', 'racket', 'htaccess', 'python3', 'plain'])(
  'a name that highlight.js has not, %s, stands for a grammar that it has',
  name => {
    expect(highlightJs.getLanguage(name)).toBeUndefined()
    expect(languages).toContain(grammarOf(name))
    expect(createHighlight()('a', name)).not.toBe('')
  },
)
