import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from '../program.ts'
import type { Case } from './fix.ts'

/**
 * What the linter decides, sentence by sentence, and what holds it to each: a case of `tests/fixtures/lint/policy.json`, or the title
 * of a test behind its file. A sentence that nothing holds, and a case that belongs to no sentence, fail.
 */
const policy: readonly (readonly [sentence: string, ...proofs: readonly string[]])[] = [
  // 0 What is on by itself.
  [
    'Defaults are common/nbsp/*, quotes, apostrophes, dashes, ru/nbsp/* and our own',
    '8-default-nothing',
    '10-typograf-default',
  ],
  ['A no-break space is written &nbsp;, a narrow one &#8239;', '0-entities', '0-narrow-entities'],

  // 1 What is opaque.
  [
    'Front matter of every kind is never touched',
    '1-front-toml',
    '1-front-toml-ru',
    '1-front-json',
    '1-front-yaml-named',
    '1-front-toml-dashes',
    'document/document.test.ts: the linter reports the same, and sets nothing',
  ],
  [
    'TeX is opaque, by Pandoc’s rule',
    '1-tex-inline',
    '1-tex-inline-prime',
    '1-tex-inline-ru',
    '1-tex-display',
    '1-tex-display-in-quote',
    '1-tex-parentheses',
    '1-tex-brackets',
    '1-tex-command',
    '1-tex-command-long',
    '1-tex-dollars-are-money-dash',
    '1-tex-dollar-digit-behind',
  ],
  ['Wikilinks are opaque', '1-wikilink', '1-wikilink-embed', '1-wikilink-ru', '1-directive-ikiwiki'],
  [
    'Attribute lists are opaque',
    '1-attributes-heading',
    '1-attributes-heading-class',
    '1-attributes-block',
    '1-attributes-block-quoted',
    '1-attributes-span',
    '1-attributes-image',
    '1-attributes-spaced',
    '1-attribute-value-template',
  ],
  ['Destinations of links are opaque, with blanks in them, too', '1-link-with-blanks'],
  ['Lines of fenced divs are opaque', '1-div', '1-div-title', '1-div-attributes', '1-div-ru'],
  ['Lines of admonitions are opaque', '1-admonition', '1-admonition-folded', '1-admonition-ru'],
  [
    'A callout keeps its marker and its title on their line',
    '1-callout-title',
    '1-callout-text',
    '1-callout-ru',
    '1-callout-folded',
  ],
  [
    'Directives in a line of their own are opaque',
    '1-directive-code',
    '1-directive-leaf',
    '1-directive-among-prose',
  ],
  [
    'Paired template blocks are opaque with all between',
    '1-block-highlight',
    '1-block-codeblock',
    '1-block-raw',
    '1-block-set',
    '1-block-org',
    '1-block-org-words',
    '1-block-brackets',
    '1-readme-block',
    '1-commands',
    '1-plantuml',
    '1-remark',
    '1-data-in-braces',
    '1-mkdocstrings',
    '1-block-brackets-ru',
    '1-block-comment',
    '1-block-verbatim',
  ],
  [
    'Template tags are opaque over several lines',
    '1-tag-shortcode-lines',
    '1-tag-mustache-lines',
    '1-tag-percent-shortcode-lines',
    '1-tag-liquid-lines',
    '1-tag-ejs-lines',
    '1-template-tag-before-short-word',
  ],
  [
    'Imports, exports, expressions and JSX attributes are opaque in MDX',
    '1-mdx-import-export',
    '1-imports-of-a-line',
    '1-mdx-expression',
    '1-mdx-attribute',
    '1-mdx-style',
    '1-mdx-fence-in-component',
    '1-mdx-indented-is-no-code',
    '1-indented-is-code',
  ],
  ["In Markdown tags with ={…}, {/*…*/} and {'…'} are", '1-markdown-expressions'],
  [
    'lint.opaque is for the rest',
    '1-opaque-setting',
    '1-opaque-setting-ru',
    '1-opaque-setting-line',
    'lint/opaque.test.ts: is what its expressions match',
  ],
  [
    'line-end joins nothing to what is opaque',
    '1-tex-line-end-before-display',
    '1-wikilink-line-end',
    'lint/opaque.test.ts: a word moves where none is',
  ],
  [
    'What is raw to HTML stays',
    '1-script-named-in-a-heading',
    '1-tag-with-its-end-on-a-line',
    '1-raw-over-paragraphs',
  ],
  ['A raw element that is only named among words hides nothing behind its block', '1-raw-named-among-words'],

  // 2 The language.
  [
    'lang is read once for build and linter; ru_RU is ru-RU',
    '2-underscore',
    '2-underscore-en',
    '2-region',
    'document/document.test.ts: build and linter agree on the body, the language and the format',
  ],
  [
    'A page without lang whose letters contradict the site’s is set in what they say',
    '2-page-without-lang-ru',
    '2-page-without-lang-ru-dash',
    '2-page-without-lang-en',
  ],
  [
    'It is Russian only if all its letters are, and one of ы, э, ё is among them',
    '2-page-without-lang-uk',
    '2-page-without-lang-be',
    '2-page-without-lang-sr',
    'document/page-language.test.ts: is in it, whatever its script',
  ],
  [
    'Its HTML follows, or the finding says that it does not',
    'lint/other-languages.test.ts: is left alone, and said to be',
    'document/document.test.ts: build and linter agree on the body, the language and the format',
  ],
  [
    'A paragraph in another script keeps its marks',
    '2-paragraph-other-ru',
    '2-paragraph-other-en',
    '2-paragraph-other-apostrophe',
    '2-paragraph-other-blockquote',
    '2-paragraph-mixed-ru',
    '2-paragraph-marked',
  ],
  [
    '… and is reported once, with an unsafe fix',
    'lint/other-languages.test.ts: is reported once, and no mark of it is set',
    'lint/other-languages.test.ts: is set in its own language once it is marked',
  ],
  [
    'Pages in a language without rules are counted in the summary',
    'cli/lint.test.ts: pages in a language without rules are counted, and say so on their own',
  ],

  // 3 Numbers.
  [
    'A number is tied to what it counts',
    '3-counted',
    '3-counted-ru',
    '3-range-words',
    '3-list-behind-label',
    '3-list-behind-label-ru',
    '3-list-of-counted',
  ],
  ['A year is not tied to the next word', '3-year', '3-year-ru'],
  [
    '… unless that is a word for it, BC, a unit, a currency or a counted noun',
    '3-year-with-year-word',
    '3-year-bc',
    '3-policy-roubles',
    '3-policy-people',
  ],
  [
    'Behind a label the label is tied',
    '3-label-chapter',
    '3-label-figure',
    '3-label-page',
    '3-label-step',
    '3-label-pep',
    '3-label-mixed',
    '3-label-product',
    '3-policy-product',
  ],
  [
    'At the beginning of a sentence only a label or product of the lexicon is one',
    '3-policy-sentence-begins',
  ],
  [
    'Russian labels, too',
    '3-label-glava',
    '3-label-tabl',
    '3-label-tom',
    '3-label-roman',
    '3-label-ris',
    '3-label-stranica',
    '3-parenthesis-ru',
    '3-policy-label-ru',
    '3-labels-ru',
  ],
  ['Digit groups stay together', '3-groups-ru', '3-groups-million', '3-groups-en'],
  ['So do per cent, degrees and dollars', '3-percent-ru', '3-celsius-ru', '3-celsius-en', '3-dollar-ru'],
  [
    'afterShortWord does not take units behind a number',
    '3-unit-not-short-word',
    '3-unit-not-short-word-mb',
    '3-unit-not-short-word-ru',
    '3-policy-unit-no-short-word',
  ],

  // 4 English quotes and apostrophes.
  [
    'Single quotes are paired',
    '4-single',
    '4-single-in-double',
    '4-double-in-single',
    '4-single-touches-double',
    '4-double-touches-single',
    '4-single-touches-double-in',
    '4-double-single-best',
    '4-single-em-dash-word',
    '4-single-punctuation',
    '4-single-emphasis',
    '4-policy-nested',
  ],
  [
    'Possessives are set, behind accents, code, marks and links',
    '4-plural-possessive',
    '4-name-possessive',
    '4-possessive-accent',
    '4-possessive-code',
    '4-possessive-exclamation',
    '4-possessive-link',
    '4-possessive-link-relative',
    '4-possessive-initialism',
    '4-possessive-plus',
    '4-possessive-quotation',
    '4-possessive-parenthesis',
    '4-policy-absolute-link',
  ],
  [
    'Elisions are',
    '4-elision-in',
    '4-elision-in-capital',
    '4-elision-n',
    '4-elision-er',
    '4-elision-im-er',
    '4-elision-french',
  ],
  [
    'What stays undecided is reported, not guessed',
    '4-undecided-open',
    '4-undecided-double-stays',
    '4-undecided-not-next',
  ],

  // 5 Dashes.
  [
    'Nothing between two numbers becomes an em dash; it is reported',
    '5-minus',
    '5-minus-ru',
    '5-minus-parenthesis',
    '5-range-decimals',
    '5-range-hours',
    '5-range-fractions',
  ],
  [
    'Nor between two letters, unless both are words',
    '5-variables',
    '5-variables-greek',
    '5-range-letters',
    '5-policy-letters',
    '5-policy-letters-that-are-words',
    '5-long-dash-between-letters-ru',
  ],
  [
    'word--word is word—word, 1990--1995 is 1990–1995',
    '5-words-double-hyphen',
    '5-words-double-hyphen-emphasis',
    '5-file-name-hyphens',
    '5-years-double-hyphen',
    '5-years-double-hyphen-ru',
    '5-pages-double-hyphen',
    '5-options-kept',
    '5-policy-double-hyphen',
  ],
  [
    'In en-GB a spaced en dash stays, and a spaced hyphen becomes one',
    '5-british-en-dash',
    '5-british-hyphen',
    '5-british-front',
    '5-american-stays',
    '5-policy-british',
  ],
  [
    'Speech has one kind of dash throughout',
    '5-dialogue-en-dash',
    '5-dialogue-html',
    '5-dialogue-em-dash',
    '5-dialogue-hard-break',
    '5-dialogue-list-kept',
    '5-speech-escaped-ru',
    '5-speech-escaped-alone-ru',
    '5-speech-escaped-lines-ru',
    '5-speech-escaped-quoted-ru',
    '5-speech-escaped-not-a-number-ru',
    '5-speech-escaped-line-ru',
    '5-speech-escaped-not-english',
  ],
  [
    'A hyphen that a converter has escaped is a dash',
    '5-escaped-hyphen-ru',
    '5-escaped-hyphens-ru',
    '5-escaped-hyphens-begin-a-line',
    '5-escaped-hyphen-of-two',
    '5-escaped-hyphen-begins-a-link',
  ],
  [
    'A dash is tied to the word before it, behind a particle and over a line’s end',
    '5-dash-behind-particle-ru',
    '5-dash-behind-unit-ru',
    '5-line-begins-with-dash',
    '5-lines-of-a-list-begin-with-dashes',
  ],

  // 6 Russian.
  ['Centuries are tied', '6-century', '6-century-long', '6-century-lower-follows', '6-centuries'],
  [
    'т. д. and т. п. are not tied across a sentence’s end',
    '6-etc-sentence',
    '6-etc-sentence-blank',
    '6-etc-sentence-tp',
    '6-etc-before-parenthesis',
    '6-policy-etcetera',
  ],
  [
    'Initials are tied to the name',
    '6-initial',
    '6-initial-inside',
    '6-initials-behind',
    '6-initials-behind-close',
    '6-initials-hyphen',
    '6-initials-two-letters',
    '6-initials-front',
    '6-policy-surname-first',
    '6-liter',
  ],
  ['… but not across the end of markup', '6-initials-markup', '6-initials-markup-question'],
  [
    'Titles and places are tied to the name',
    '6-title-prof',
    '6-title-akad',
    '6-title-lake',
    '6-address-stays',
  ],
  ['No particle begins a line', '6-line-end-particle', '6-line-end-behind-particle', '6-two-particles'],

  // 7 Quotes.
  [
    'A note mark behind a closing quote does not unbalance a paragraph',
    '7-sup',
    '7-sup-sign',
    '7-footnote',
    '7-sup-ru',
    '7-sup-sign-ru',
    '7-policy-note',
  ],
  ['Nor does a template tag beside one', '7-shortcode-ru', '7-liquid', '7-mustache-inside'],

  // 8 Every other rule of Typograf, and the author’s own.
  [
    'Every rule of Typograf can be turned on by its name, through the same cells',
    '8-hellip',
    '8-hellip-code',
    '8-hellip-default',
    '8-repeat-space',
    '8-before-punctuation',
    '8-times',
    '8-copy',
    '8-dash-to',
    '8-dash-izza',
    '8-dash-time',
    '8-number-signs',
    '8-by-list',
    'lint/optional-rules.test.ts: every rule of Typograf can be turned on by its name, or is listed with the reason why not',
  ],
  [
    'Families and one language are switched off',
    '8-family-off',
    '8-family-off-en',
    '8-family-punctuation-off',
    '8-language-off',
    '8-language-off-other',
  ],
  ['Rules have settings', '8-setting', '8-setting-ru', '8-setting-last-word'],
  [
    'The author’s words are kept, tied or free',
    '8-words-keep',
    '8-words-tie',
    '8-words-free',
    'lint/kept-words.test.ts: no rule changes anything inside a word of lint.words.keep, in the source',
  ],
  [
    'Own replacements are made, and what the other rules make of them at once',
    '8-replace',
    '8-replace-attribute',
    '8-replace-link',
  ],
  [
    'A short word at a line’s end moves down',
    '8-line-end-behind-code',
    '8-line-end-in-link',
    '8-line-end-above-dash-list',
  ],
  [
    'A short word stands behind a blank, a bracket, a mark, a picture',
    '8-short-word-behind-ellipsis',
    '8-short-word-behind-single-quote',
    '8-short-word-behind-picture',
    '8-ending-of-code-is-no-short-word',
  ],

  // 9 Other languages.
  [
    'Quotes and apostrophes for every language that Typograf has data for',
    '9-de',
    '9-de-nested',
    '9-de-apostrophe',
    '9-es',
    '9-pl',
    '9-uk',
    '9-uk-apostrophe',
    '9-be',
    '9-it',
    '9-cs',
    '9-da',
    '9-fi',
    '9-sv',
    '9-front',
    '9-code-kept',
    'lint/languages.test.ts: has quotation marks at both levels, and an apostrophe',
  ],
  ['Narrow no-break spaces in French', '9-fr', '9-fr-apostrophe', '9-fr-high-punctuation', '9-fr-colon'],
  [
    'Nothing else for them',
    '9-de-nothing-else',
    '9-without-data',
    'lint/languages.test.ts: has nothing else done to it, unless it is English, Russian or French',
  ],

  // 10 Presets.
  [
    'In a book English ties only articles, I and O, and no words in capitals',
    '10-book-verbs-free',
    '10-book-article',
    '10-book-i-and-o',
    '10-capitals',
    '10-capitals-ru',
  ],
  [
    '… titles, references, numbers with units, initials',
    '10-book-title-name',
    '10-book-reference',
    '10-book-unit',
    '10-book-initials',
  ],
  ['… never more than twelve characters', '10-book-chain'],
  ['… and single quotes are the outer ones in en-GB', '10-book-british-single'],
  [
    'Russian ties prepositions and conjunctions by a list, particles, abbreviations',
    '10-book-ru-preposition',
    '10-book-ru-list',
  ],
  [
    'With build.typography fix lint reports only what a build does not set',
    'cli/lint-report.test.ts: lint reports, and its exit code counts, only what a build cannot set by itself',
    'cli/lint-report.test.ts: what a fix of the source would spoil is set by a build all the same, and not reported',
  ],
  [
    '… and --fix, --diff, --all and the editor see everything',
    'cli/lint-report.test.ts: --fix, --diff and --all see everything',
    'cli/lint-report.test.ts: and an editor that pipes the page in',
  ],
]

const read = (path: string) => readFileSync(join(repository, 'tests', path), 'utf8')
const cases = (JSON.parse(read('fixtures/lint/policy.json')) as readonly Case[]).map(({ name }) => name)

const isThere = (proof: string): boolean => {
  const [file, title] = /^(\S+\.test\.ts): (.*)$/.exec(proof)?.slice(1) ?? []
  return file !== undefined && title !== undefined ? read(file).includes(title) : cases.includes(proof)
}

test.each(policy)('%s', (_, ...proofs) => {
  expect(proofs.length).toBeGreaterThan(0)
  expect(proofs.filter(proof => !isThere(proof))).toEqual([])
})

test('every case belongs to a sentence', () => {
  const named = new Set(policy.flatMap(([, ...proofs]) => proofs))
  expect(cases.filter(name => !named.has(name))).toEqual([])
  expect(new Set(cases).size).toBe(cases.length)
})
