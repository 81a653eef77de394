import { either, listOf, mapOf, oneOf, text, type Kind } from '../core/value-kinds.ts'
import { pattern } from './patterns.ts'
import type { RuleDefinition } from './rule-definition.ts'

/** A set of rules and of what they want: that of the blog that the program was made for, or of books. */
export type Preset = 'typograf' | 'book'

export type RuleLevel = 'off' | 'warn' | 'error'

/** By a rule's code, a family such as `ru/nbsp/*`, or either of them for one language: `en:common/nbsp/afterShortWord`. */
export type RuleLevels = Readonly<Record<string, RuleLevel>>

/** Levels, and the words for where they stand: a later layer is heard before an earlier one. */
export interface LevelLayer {
  readonly from: string
  readonly rules: RuleLevels
}

/** By a rule's code and the setting's name. */
export type RuleSettings = Readonly<Record<string, Readonly<Record<string, string | number>>>>

/** The author's own words; but in what is kept, capitals do not matter. */
export interface OwnWords {
  /** Never changed inside. */
  readonly keep?: readonly string[] | undefined
  /** Tied to the next word. */
  readonly tie?: readonly string[] | undefined
  /** Never tied to the next word. */
  readonly free?: readonly string[] | undefined
}

/** A regular expression (flags `gu`), what takes the place of each match (`$1` is a group), and the reason. */
export type OwnReplacement = readonly [pattern: string, replacement: string, why: string]

/** What may be otherwise for some of the pages. */
export interface PageTypography {
  readonly preset: Preset
  readonly settings: RuleSettings
  readonly words: OwnWords
  readonly replace: readonly OwnReplacement[]
  readonly noBreakSpace: 'entity' | 'character'
}

/** For the pages whose paths from the root meet a pattern (picomatch's). */
export interface LintOverride extends Partial<PageTypography> {
  readonly files: string | readonly string[]
  readonly rules?: RuleLevels
}

export interface LintConfig extends PageTypography {
  readonly levels: readonly LevelLayer[]
  /** Rules that the configuration defines. */
  readonly ownRules: readonly RuleDefinition[]
  /** Whether `--fix` makes fixes that write letters or digits. */
  readonly fix: 'safe' | 'unsafe'
  readonly overrides: readonly LintOverride[]
  readonly ignore: readonly string[]
  /** Regular expressions: what they match is not to be set, like code. */
  readonly opaque: readonly string[]
}

/** The section `lint` as it is written. */
export interface UserLintConfig extends Partial<Omit<LintConfig, 'levels' | 'ownRules'>> {
  /** By the rules' codes and families: a level, or a rule of your own, made by `defineRule`. */
  readonly rules?: Readonly<Record<string, RuleLevel | RuleDefinition>>
  /** Files (`./typography.json`) or packages that hold another such section, which this one adds to. */
  readonly extends?: string | readonly string[]
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const level = oneOf('off', 'warn', 'error')

/** An object with these keys and no others; `why` names what is wrong with it. */
function objectOf(kinds: Readonly<Record<string, Kind>>, needed: readonly string[] = []): Kind {
  const fault = (value: unknown): string | undefined => {
    if (!isRecord(value)) return 'it is no object'
    const missing = needed.find(key => value[key] === undefined)
    if (missing !== undefined) return `it has no “${missing}”`
    for (const [key, own] of Object.entries(value)) {
      const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined
      if (!kind) return `it has “${key}”, which is none of ${Object.keys(kinds).join(', ')}`
      if (own !== undefined && !kind.accepts(own))
        return `“${key}” must be ${kind.expected}${kind.why?.(own) === undefined ? '' : `: ${kind.why?.(own)}`}`
    }
    return undefined
  }
  return {
    expected: `an object with ${Object.keys(kinds).join(', ')}`,
    jsonSchema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(kinds).map(([key, { jsonSchema }]) => [key, jsonSchema])),
      required: needed,
      additionalProperties: false,
    },
    accepts: value => fault(value) === undefined,
    why: fault,
  }
}

const listWithReasons = (item: Kind, expected: string): Kind => ({
  expected,
  jsonSchema: { type: 'array', items: item.jsonSchema },
  accepts: value => Array.isArray(value) && value.every(each => item.accepts(each)),
  why: value => (Array.isArray(value) ? value.map(each => item.why?.(each)).find(Boolean) : undefined),
})

const replacement: Kind = {
  expected: "['pattern', 'replacement', 'why']",
  jsonSchema: { type: 'array', items: { type: 'string' }, minItems: 3, maxItems: 3 },
  accepts: value =>
    Array.isArray(value) &&
    value.length === 3 &&
    value.every(each => typeof each === 'string') &&
    value[2] !== '' &&
    patternFault(value[0] as string) === undefined,
  why: value =>
    Array.isArray(value) && typeof value[0] === 'string' ? patternFault(value[0]) : 'three texts are needed',
}

function patternFault(pattern: string): string | undefined {
  try {
    return new RegExp(pattern, 'gu').test('') ? `“${pattern}” matches nothing at all, too` : undefined
  } catch (error) {
    return (error as Error).message
  }
}

const setting: Kind = {
  expected: 'a text or a number',
  jsonSchema: { type: ['string', 'number'] },
  accepts: value => typeof value === 'string' || typeof value === 'number',
}

const forPages = {
  preset: oneOf('typograf', 'book'),
  settings: mapOf(mapOf(setting)),
  words: objectOf({ keep: listOf(text), tie: listOf(text), free: listOf(text) }),
  replace: listWithReasons(replacement, `a list, each item ${replacement.expected}`),
  noBreakSpace: oneOf('entity', 'character'),
}

const override = objectOf({ files: either(text, listOf(text)), rules: mapOf(level), ...forPages }, ['files'])

export const lintKinds: Readonly<Record<string, Kind>> = {
  extends: either(text, listOf(text)),
  rules: mapOf(
    either(level, {
      expected: 'a rule made by defineRule',
      jsonSchema: { type: 'object' },
      accepts: isRecord,
    }),
  ),
  ...forPages,
  fix: oneOf('safe', 'unsafe'),
  overrides: listWithReasons(override, `a list, each item ${override.expected}`),
  ignore: listOf(text),
  opaque: listOf(pattern),
}

/** A section, and the words for where it stands. */
export interface LintSection {
  readonly from: string
  readonly lint: UserLintConfig
}

/** Sections as one, the later ones on top: lists are joined, rules and settings are taken one by one. */
export function mergeLint(sections: readonly LintSection[]): LintConfig {
  const written = sections.map(({ lint }) => lint)
  const list = <Item>(of: (lint: UserLintConfig) => readonly Item[] | undefined) =>
    written.flatMap(lint => of(lint) ?? [])
  const last = <Value>(of: (lint: UserLintConfig) => Value | undefined, usual: Value) =>
    written.map(of).findLast(value => value !== undefined) ?? usual
  const rules = sections.flatMap(({ from, lint }) =>
    Object.entries(lint.rules ?? {}).map(([code, rule]) => ({ from, code, rule })),
  )
  const ownRules = new Map<string, RuleDefinition>()
  for (const { code, rule } of rules) if (typeof rule === 'object') ownRules.set(code, rule)
  return {
    levels: sections.flatMap(({ from, lint }) => layerOf(from, lint)),
    ownRules: [...ownRules.values()],
    preset: last<Preset>(({ preset }) => preset, 'typograf'),
    fix: last<'safe' | 'unsafe'>(({ fix }) => fix, 'safe'),
    noBreakSpace: last<'entity' | 'character'>(({ noBreakSpace }) => noBreakSpace, 'entity'),
    settings: written.reduce<RuleSettings>((all, lint) => mergeSettings(all, lint.settings ?? {}), {}),
    words: written.reduce<OwnWords>((all, lint) => mergeWords(all, lint.words ?? {}), {}),
    replace: list(({ replace }) => replace),
    overrides: list(({ overrides }) => overrides),
    ignore: list(({ ignore }) => ignore),
    opaque: list(({ opaque }) => opaque),
  }
}

function layerOf(from: string, { rules = {} }: UserLintConfig): readonly LevelLayer[] {
  const levels = Object.entries(rules).filter(
    (entry): entry is [string, RuleLevel] => typeof entry[1] === 'string',
  )
  return levels.length > 0 ? [{ from, rules: Object.fromEntries(levels) }] : []
}

export const mergeSettings = (below: RuleSettings, above: RuleSettings): RuleSettings => {
  const merged: Record<string, Readonly<Record<string, string | number>>> = { ...below }
  for (const [code, own] of Object.entries(above)) merged[code] = { ...below[code], ...own }
  return merged
}

export function mergeWords(below: OwnWords, above: OwnWords): OwnWords {
  const merged: Record<string, readonly string[]> = {}
  for (const list of ['keep', 'tie', 'free'] as const) {
    const words = [...(below[list] ?? []), ...(above[list] ?? [])]
    if (words.length > 0) merged[list] = words
  }
  return merged
}
