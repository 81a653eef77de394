import { createRequire } from 'node:module'
import { CORE_SCHEMA, load } from 'js-yaml'
import type grayMatterOf from 'gray-matter'
import type * as Yaml from 'yaml'

const require = createRequire(import.meta.url)

/** The exact parser. It takes as long to load as a small site to build, and most sites never need it. */
export const exactYaml = () => require('yaml') as typeof Yaml
const grayMatter = () => require('gray-matter') as typeof grayMatterOf

const BREAK = String.raw`\p{C}\p{Zl}\p{Zp}`
const TEXT = String.raw`\p{L}[^:#${BREAK}]*`
const WORDS = String.raw`\p{L}[^:#"'[\]{},&*${BREAK}]*`
const LIST = String.raw`\[(?:${WORDS}(?:, ${WORDS})*)?\]`
const VALUE = String.raw`"(?:[^"\\${BREAK}]|\\["\\])*"|'[^'${BREAK}]*'|\d{4}-\d\d-\d\d|[1-9]\d{0,8}|${TEXT}|${LIST}`

/** Front matter as nearly everybody writes it: a field and its value, or a list of words, a line. */
const PLAIN = new RegExp(String.raw`^(?:\r?\n|(?!null:)[a-z]\w*: +(?:${VALUE}) *(?:\r?\n|$))*$`, 'iu')

/** Whether both parsers read it alike. */
export const isPlain = (source: string): boolean => PLAIN.test(source)

/**
 * What front matter says, by YAML 1.2. Plain lines are left to the parser that is seven times as fast; whatever else there is,
 * to gray-matter with the exact one, whose errors are thrown. Options keep gray-matter from remembering every text it ever saw.
 */
export const parseFrontMatter = (source: string): unknown =>
  isPlain(source)
    ? load(source, { schema: CORE_SCHEMA })
    : grayMatter()(`---\n${source}\n---`, { engines: { yaml: exactly } }).data

const exactly = (source: string) => (exactYaml().parse(source, { logLevel: 'error' }) as object | null) ?? {}
