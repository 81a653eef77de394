import highlightJs from 'highlight.js'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { highlight } from '../../../src/build/render/highlight.ts'

const reference = highlightJs.newInstance()
for (const language of highlightJs.listLanguages())
  reference.registerLanguage(language, highlightJs.getLanguage(language)!.rawDefinition!)

const code: Readonly<Record<string, string>> = {
  typescript: readFileSync('src/build/pages/site-page.ts', 'utf8'),
  json: readFileSync('package.json', 'utf8'),
  yaml: readFileSync('.oxlintrc.json', 'utf8'),
  markdown: readFileSync('README.md', 'utf8'),
  bash: readFileSync('.ci/run', 'utf8'),
  xml: '<p class="a">&amp; it\'s<style>a > b { c: "d" }</style><script>let a = `${b < 1}`</script><?php echo "x" ?></p>',
  php: '<p>a <?php echo "<b>$c</b>"; // it\'s ?></p>',
  python: 'def f(a: int) -> str:\n    """Doc."""\n    return f"{a!r} & {b}"\n',
}

test.each(Object.entries(code))('%s is written as highlight.js writes it', (language, text) => {
  expect(highlight(text, language)).toBe(reference.highlight(text, { language, ignoreIllegals: true }).value)
})
