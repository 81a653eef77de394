import type { RuleLevel, RuleLevels } from '../../config/lint-config.ts'
import { languages } from '../../document/language.ts'

/** A name in `lint.rules`, taken apart. */
interface LevelName {
  readonly lang: string | undefined
  /** A code, or a family: `ru/nbsp/*`. */
  readonly name: string
}

export function readLevelName(written: string): LevelName {
  const [, lang, name = written] = /^([a-z]{2}(?:-[A-Z]{2})?):(.*)$/.exec(written) ?? []
  return { lang, name }
}

/** The codes that a name stands for. */
export function codesOf(name: string, codes: Iterable<string>): readonly string[] {
  const isMeant =
    name === '*'
      ? () => true
      : name.endsWith('/*')
        ? (code: string) => code.startsWith(name.slice(0, -1))
        : (code: string) => code === name
  return [...codes].filter(isMeant)
}

/** What a rule may name as a language that it knows: English without a region is American, and a rule may be for that alone. */
export const ruleLanguages: readonly string[] = [...languages, 'en-US']

export const isLanguage = (lang: string): boolean => (languages as readonly string[]).includes(lang)

/**
 * Layers of levels as one, by code or by `language:code`. A later layer is heard before an earlier one; within a layer the narrower
 * name is: a code before a family, a longer family before a shorter, and of two equal names the one for a language.
 */
export function expandLevels(layers: readonly RuleLevels[], codes: ReadonlySet<string>): RuleLevels {
  // Called for every page, with what is expanded already.
  if (layers.length === 1 && expanded.has(layers[0] as RuleLevels)) return layers[0] as RuleLevels
  const levels: Record<string, RuleLevel> = {}
  for (const layer of layers) {
    const entries = Object.entries(layer).map(([written, level]) => ({ name: readLevelName(written), level }))
    entries.sort(
      ({ name: a }, { name: b }) => breadth(b.name) - breadth(a.name) || Number(!!a.lang) - Number(!!b.lang),
    )
    for (const {
      name: { lang, name },
      level,
    } of entries) {
      for (const code of codesOf(name, codes)) {
        if (lang === undefined) for (const own of languages) delete levels[`${own}:${code}`]
        levels[lang === undefined ? code : `${lang}:${code}`] = level
      }
    }
  }
  expanded.add(Object.freeze(levels))
  return levels
}

const expanded = new WeakSet<RuleLevels>()

const breadth = (name: string) => (name === '*' ? 1e6 : name.endsWith('/*') ? 1e5 - name.length : 0)

/** The level of a rule in a language, if one is written; a level for `en` is one for `en-GB`, too. Levels are expanded. */
export function levelOf(levels: RuleLevels, code: string, lang: string | undefined): RuleLevel | undefined {
  if (lang === undefined) return levels[code]
  let known = levelsByLanguage.get(levels)
  if (!known) levelsByLanguage.set(levels, (known = new Map()))
  let own = known.get(lang)
  if (!own) known.set(lang, (own = levelsIn(levels, lang)))
  return own.get(code)
}

/** It is asked for every finding, and names put together for the question cost a twentieth of a run. */
const levelsByLanguage = new WeakMap<RuleLevels, Map<string, ReadonlyMap<string, RuleLevel>>>()

function levelsIn(levels: RuleLevels, lang: string): ReadonlyMap<string, RuleLevel> {
  const written = Object.entries(levels)
  const of = (prefix: string) =>
    written.flatMap(([name, level]): [string, RuleLevel][] =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), level]] : [],
    )
  return new Map([...written, ...of(`${lang.slice(0, 2)}:`), ...of(`${lang}:`)])
}
