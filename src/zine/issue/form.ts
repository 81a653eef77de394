import type { JsonSchema } from '../../core/value-kinds.ts'
import { canonicalLanguage, day, languageTag } from '../../core/value-kinds.ts'
import {
  optional,
  required,
  toJsonSchema,
  type RecordKind,
  type ScalarKind,
} from '../../keys/manifest/kinds.ts'
import { PAPERS } from './paper.ts'

/** A zine as its author writes it; `Issue` is what becomes of it. */
export interface WrittenIssue {
  readonly title: string
  readonly issue?: string | number
  readonly date: string
  readonly language?: string
  readonly description?: string
  readonly posts: readonly (string | WrittenChoice)[]
  readonly paper?: keyof typeof PAPERS
  readonly cover?: string
  readonly colophon?: string
  readonly fonts?: WrittenFonts
}

/** Posts by what they are; each that is named must be so. */
export interface WrittenChoice {
  readonly tag?: string
  readonly section?: string
  readonly year?: number
}

export interface WrittenFonts {
  readonly folder: string
  readonly text?: string
  readonly code?: string
}

/** A title is set in any length that somebody may have meant. */
const LONGEST = 1000

const line = (expected: string): ScalarKind => ({
  expected,
  accepts: value =>
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.length <= LONGEST &&
    !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(value),
  jsonSchema: { type: 'string', minLength: 1, maxLength: LONGEST },
})

const anyText: ScalarKind = {
  expected: 'text',
  accepts: value => typeof value === 'string',
  jsonSchema: { type: 'string' },
}

const number: ScalarKind = {
  expected: 'a number or a name, such as 1 or “Spring”',
  accepts: value => (Number.isSafeInteger(value) && Number(value) >= 0) || line('').accepts(value),
  jsonSchema: { type: ['integer', 'string'] },
}

const year: ScalarKind = {
  expected: 'a year, such as 2026',
  accepts: value => Number.isInteger(value),
  jsonSchema: { type: 'integer' },
}

const language: ScalarKind = {
  ...languageTag,
  accepts: value => languageTag.accepts(value) && canonicalLanguage(String(value)) === value,
  jsonSchema: { type: 'string' },
}

const fonts: RecordKind<WrittenFonts> = {
  expected: 'a folder of OpenType faces, and their names: { folder: faces, text: Name, code: Name }',
  fields: {
    folder: required(line('a folder, from the file of the zine'), 'Of .ttf and .otf files, from this file.'),
    text: optional(line('the name of a family'), 'The family of the text; default: Libertinus Serif.'),
    code: optional(line('the name of a family'), 'The family of code; default: DejaVu Sans Mono.'),
  },
}

const choice: RecordKind<WrittenChoice> = {
  expected: 'what posts have in common: { tag: NAME } or { section: NAME, year: 2026 }',
  fields: {
    tag: optional(line('a tag'), 'Posts that have it.'),
    section: optional(line('a section'), 'Posts of it.'),
    year: optional(year, 'Posts of it.'),
  },
}

const issue: RecordKind<WrittenIssue> = {
  expected: 'a mapping: title, date, posts',
  fields: {
    title: required(line('a title of one line'), 'Of the zine.'),
    issue: optional(number, 'Which issue it is.'),
    date: required({ ...day, jsonSchema: { type: 'string', format: 'date' } }, 'The day of the issue.'),
    language: optional(language, 'Of what is around the posts; default: that of the site.'),
    description: optional(line('a line of text'), 'For its page, lists and machines.'),
    posts: required(
      {
        expected: 'a list of posts',
        items: {
          expected: 'a post, or what posts have in common',
          word: line('the file or address of a post, or { tag: NAME }, or { section: NAME, year: 2026 }'),
          record: choice,
        },
      },
      'Files or addresses in the order in which they are printed; a tag, or a section and a year, stands for all that have it, the oldest first.',
    ),
    paper: optional(
      {
        expected: `one of ${Object.keys(PAPERS).join(', ')}`,
        accepts: value => typeof value === 'string' && Object.hasOwn(PAPERS, value),
        jsonSchema: { type: 'string', enum: Object.keys(PAPERS) },
      },
      'The size of a page; default: a5.',
    ),
    cover: optional(
      line('an image, from the file of the zine'),
      'A PNG, JPEG, WebP or SVG for the first page.',
    ),
    colophon: optional(anyText, 'Markdown for the last page.'),
    fonts: optional(fonts, 'Other faces than those of the program.'),
  },
}

export const ISSUE_KIND = issue

/** For editors: what an author may write, draft 2020-12. */
export const exportSchema = (): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Imprimatur zine',
  description: 'An issue of a zine: which posts are printed, and how.',
  ...toJsonSchema(issue),
})
