import { unavailableCodes } from '../../src/lint/rules/rule-codes.ts'
import { ruleSet } from '../../src/lint/rules/rule-set.ts'
import { settingsOfRules } from '../../src/lint/rules/rule-settings.ts'
import type { Rule } from '../../src/lint/rules/rule.ts'
import { commands } from '../../src/cli/program.ts'
import { configDefaults } from '../../src/config/config.ts'
import { configKinds } from '../../src/config/config-schema.ts'
import { configWords, topWords } from '../../src/config/config-words.ts'
import { mergeLint } from '../../src/config/lint-config.ts'
import { codes } from '../../src/core/codes.ts'
import type { Kind } from '../../src/core/value-kinds.ts'
import { templateNames, type TemplateName } from '../../src/build/render/context/template-names.ts'
import { pageFields } from '../../src/document/front-matter.ts'
import { codeText, plainText, table } from './markdown.ts'

/** Parts of the manual that are made of the sources which enforce what they say: a name, and Markdown. */
export async function manualBlocks(): Promise<Readonly<Record<string, string>>> {
  return {
    fields: fields(),
    computed: computed(),
    config: configuration(),
    names: names(),
    codes: codeTables(),
    rules: rulesOn(),
    'rules-off': rulesOff(),
    'rules-never': rulesNever(),
    commands: await commandTexts(),
  }
}

const fields = () =>
  table(
    ['field', 'what it does', 'it must be', 'when it is missing'],
    Object.entries(pageFields).flatMap(([name, { kind, words, otherwise, default: value }]) =>
      kind
        ? [
            [
              anchored(name),
              words,
              plainText(kind.expected),
              otherwise ?? (value === undefined ? '' : codeText(JSON.stringify(value))),
            ],
          ]
        : [],
    ),
  )

const computed = () =>
  table(
    ['name', 'what it is'],
    Object.entries(pageFields).flatMap(([name, { kind, words }]) => (kind ? [] : [[anchored(name), words]])),
  )

function configuration(): string {
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = configWords
  const usual: Readonly<Record<string, unknown>> = { ...configDefaults, lint: mergeLint([]) }
  const sections = Object.entries<Readonly<Record<string, Kind>>>(configKinds).map(([section, kinds]) => {
    const values = (usual[section] ?? {}) as Readonly<Record<string, unknown>>
    const rows = Object.entries(kinds).map(([key, kind]) => [
      anchored(`${section}.${key}`, key),
      words[section]?.[key] ?? '',
      plainText(kind.expected),
      isSaid(values[key]) ? codeText(JSON.stringify(values[key])) : '',
    ])
    return `## ${codeText(section)} {#${section}}\n\n${table(['key', 'what it is', 'it must be', 'otherwise'], rows)}`
  })
  const rest = Object.entries(topWords).map(([key, words]) => [anchored(key), words])
  return [...sections, `## Besides {#besides}\n\n${table(['key', 'what it is'], rest)}`].join('\n\n')
}

const isSaid = (value: unknown) =>
  value !== undefined && (typeof value !== 'object' || (value !== null && Object.keys(value).length > 0))

const names = () =>
  table(
    ['name', 'what it is'],
    Object.entries<TemplateName>(templateNames).map(([name, { call = name, words }]) => [
      anchored(name, call),
      words,
    ]),
  )

function codeTables(): string {
  const all = Object.keys(codes)
  return [...new Set(all.map(areaOf))]
    .map(area => {
      const rows = all
        .filter(code => areaOf(code) === area)
        .map(code => {
          const { severity, title } = codes[code as keyof typeof codes]
          return [anchored(code), severity, plainText(title)]
        })
      return `## ${codeText(area)} {#${area}}\n\n${table(['code', 'it is', 'what it says'], rows)}`
    })
    .join('\n\n')
}

const areaOf = (code: string) => code.split('/')[0] ?? ''

const isOn = ({ isOptional }: Rule) => isOptional !== true

/** Their texts are about the very characters that they change. */
const asWritten = (text: string) => `<!-- typography off -->\n\n${text}\n\n<!-- typography on -->`

const rulesOn = () => asWritten(ruleSet([]).rules.filter(isOn).map(describeRule).join('\n\n'))

const rulesOff = () =>
  asWritten(
    ruleSet([])
      .rules.filter(rule => !isOn(rule))
      .map(describeRule)
      .join('\n\n'),
  )

const rulesNever = () =>
  table(
    ['rule', 'why it cannot be turned on'],
    [...unavailableCodes].map(([code, why]) => [anchored(code), plainText(why)]),
  )

function describeRule(rule: Rule): string {
  const { code, title, why, writes, writesText, isTextAllowed, languages, examples, run } = rule
  const onlyReports = writes === '' && !writesText && run !== undefined
  const facts = [
    languages ? `In ${languages.map(codeText).join(', ')}.` : 'In every language.',
    onlyReports
      ? 'Reported, never fixed.'
      : writesText && !isTextAllowed
        ? "Changes letters or digits: fixed with `fix: 'unsafe'` alone."
        : 'Fixed by `--fix`.',
    ...Object.entries(settingsOfRules[code] ?? {}).map(
      ([key, value]) => `Setting: ${codeText(`${key}: ${JSON.stringify(value)}`)}.`,
    ),
  ]
  const shown = examples.map(({ lang, before, after }) =>
    before === after
      ? `- ${codeText(lang)} ${codeText(before)} ${onlyReports ? 'is reported' : 'is left alone'}`
      : `- ${codeText(lang)} ${codeText(before)} → ${codeText(after)}`,
  )
  const parts = [
    `### ${codeText(code)} {id="${code}"}`,
    `${plainText(title)}. ${plainText(why)}`,
    facts.join(' '),
  ]
  return [...parts, ...(shown.length > 0 ? [shown.join('\n')] : [])].join('\n\n')
}

async function commandTexts(): Promise<string> {
  const parts: string[] = []
  for (const [name, load] of Object.entries(commands)) {
    const { help } = (await load()).command
    const id = name.replaceAll(' ', '-')
    parts.push(`## ${codeText(name)} {#${id}}\n\n\`\`\`\`text\n${help.trimEnd()}\n\`\`\`\``)
  }
  return parts.join('\n\n')
}

/** A name that can be linked to by what it is called. */
const anchored = (id: string, shown = id) => `<span id="${id}">${codeText(shown)}</span>`
