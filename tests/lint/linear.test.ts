import { describe, expect, test } from 'vitest'
import { applied } from './fix.ts'

/** Made to be slow. Each would take minutes if anything in it were quadratic. */
const documents: Readonly<Record<string, string>> = {
  '100,000 quotation marks': '"a" '.repeat(50_000),
  '100,000 quotation marks in a row': '"'.repeat(100_000),
  '50,000 quotations, each in the one before': '("'.repeat(50_000) + '")'.repeat(50_000),
  '10,000 nested brackets': `${'['.repeat(10_000)}a${']'.repeat(10_000)}`,
  ...Object.fromEntries(
    ['"a" word', "it's a", "a 'b' c", 'a - b', '5 km'].map(text => [
      `40,000 paragraphs of ${text}`,
      `${text}

`.repeat(40_000),
    ]),
  ),
  // More places than a call may have arguments; what is quadratic never ends.
  'one line of 2 MB': 'There is a word and a letter. '.repeat(70_000),
  'one word of 5 MB': 'word'.repeat(1_250_000),
  '50,000 cells': `|a|b|c|d|e|\n|-|-|-|-|-|\n${'|in a box|it\'s|"so"|a - b|5 km|\n'.repeat(10_000)}`,
  '20,000 unclosed tags': '<a href="'.repeat(20_000),
  '20,000 unclosed comments': '<!-- '.repeat(20_000),
  '20,000 delimiters that match nothing': '*a **b _c '.repeat(7_000),
  '20,000 soft line ends': 'promoted by a\n'.repeat(20_000),
  'a title with 1,000,000 blanks in it': `---\ntitle: a${' '.repeat(1_000_000)}b\n---\nin a box\n`,
  'a list of tags with 1,000,000 blanks in it': `---\ntags: [a${' '.repeat(1_000_000)}b]\n---\nin a box\n`,
  'an address with 1,000,000 full stops in it': `in a box http://a.b/${'.'.repeat(1_000_000)}x\n`,
  '20,000 delimiters to recheck': 'of **"a"** '.repeat(20_000),
}

describe.each(['page.md', 'page.html'])('never hangs on %s', path => {
  test.each(Object.keys(documents))(
    '%s',
    name => {
      expect(applied(documents[name] as string, { lang: 'en', path }).length).toBeGreaterThan(0)
    },
    60_000,
  )
})
