import type { Command } from '../../src/cli/arguments.ts'
import { passwordVariable } from '../../src/cli/password.ts'
import { readHelp, type HelpBlock } from '../../src/cli/completions/help-text.ts'

interface PageFacts {
  readonly version: string
  /** ISO, of the last change of the text. */
  readonly date: string
  /** `imprimatur --help` */
  readonly help: string
  readonly commands: Readonly<Record<string, Command>>
}

/** imprimatur(1), in the macros of man(7), of what every command says of itself. */
export function manualPage({ version, date, help, commands }: PageFacts): string {
  const { title, blocks } = readHelp(help)
  const about = blocks.filter(block => block.kind === 'paragraph')
  return `${[
    String.raw`.\" Made by npm run man of what the commands say with --help.`,
    `.TH IMPRIMATUR 1 ${date} "imprimatur ${version}"`,
    '.SH NAME',
    `imprimatur \\- ${plain(title)}`,
    '.SH SYNOPSIS',
    '.B imprimatur',
    '.I COMMAND',
    '.RI [ OPTION ]\\&.\\|.\\|.',
    '.RI [ ARGUMENT ]\\&.\\|.\\|.',
    '.br',
    '.B imprimatur \\-\\-version',
    '.SH DESCRIPTION',
    ...about.flatMap(block => roffOf(block)).slice(1),
    '.SH COMMANDS',
    ...Object.entries(commands).flatMap(([name, command]) => section(name, command)),
    ...fixedParts,
  ].join('\n')}\n`
}

function section(name: string, { help }: Command): readonly string[] {
  const { title, blocks } = readHelp(help)
  return [`.SS imprimatur ${name}`, ...filled(sentence(title)), ...blocks.flatMap(block => roffOf(block))]
}

/** With a capital, and a full stop where there is no other end. */
const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`

function roffOf(block: HelpBlock): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return ['.PP', ...filled(block.text)]
    case 'lines':
      return ['.PP', '.nf', ...block.lines.map(line => guarded(plain(line.trimEnd())) || '.sp'), '.fi']
    case 'options':
      return block.options.flatMap(({ name, value, text }) => [
        '.TP',
        value === undefined ? `.B \\-\\-${plain(name)}` : `.BI \\-\\-${plain(name)} " ${plain(value)}"`,
        ...filled(text),
      ])
  }
}

const characters: Readonly<Record<string, string>> = {
  '\\': String.raw`\e`,
  '-': String.raw`\-`,
  '“': String.raw`\(lq`,
  '”': String.raw`\(rq`,
  '’': String.raw`\(cq`,
  "'": String.raw`\(aq`,
  '"': String.raw`\(dq`,
  '`': String.raw`\(ga`,
  '^': String.raw`\(ha`,
  '~': String.raw`\(ti`,
  '…': String.raw`.\|.\|.`,
  '→': String.raw`\(->`,
}

/** As it is read, with nothing in it that roff takes for more. */
export function plain(text: string): string {
  const escaped = text.replace(/[\\\-“”’'"`^~…→]/g, found => characters[found] ?? found)
  return escaped.replace(
    /[^\0-\x7F]/gu,
    found => `\\[u${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
  )
}

const WIDTH = 78

/** A text to be filled: a sentence begins a line, and no line of the source is long. */
function filled(text: string): readonly string[] {
  const lines: string[] = []
  for (const each of text.split(/(?<=[.?!]) (?=[A-Z])/)) {
    let line = ''
    for (const word of plain(each.trim()).split(/ +/)) {
      const longer = line === '' ? word : `${line} ${word}`
      if (longer.length > WIDTH && line !== '') lines.push(line)
      line = longer.length > WIDTH ? word : longer
    }
    lines.push(line)
  }
  return lines.map(guarded)
}

/** No request, though it begins like one. */
const guarded = (line: string) => (/^[.']/.test(line) ? `\\&${line}` : line)

const variables: Entries = [
  ['SOURCE_DATE_EPOCH', 'Seconds since 1970, in place of the clock where it decides what is still to come.'],
  ['NO_COLOR', 'Of any value: no colours in a report.'],
  ['FORCE_COLOR', 'Colours though the report goes into no terminal; 0 or false asks for none.'],
  [
    'FORCE_HYPERLINK',
    '1: paths in a report are links though the terminal is not known to have them; 0: they are not.',
  ],
  ['VISUAL, EDITOR', 'What dev opens a file with.'],
  [passwordVariable, 'The password of the account that looks, for keys audit.'],
  ['NODE_EXTRA_CA_CERTS', 'A file with authorities of your own, for keys audit.'],
  ['CI', 'A build says that it begins, and lint changes no baseline.'],
  [
    'GITHUB_WORKSPACE, CI_PROJECT_DIR',
    'Where the paths of reports for a service begin; else at the repository of Git.',
  ],
]

const files: Entries = [
  [
    'imprimatur.config.ts',
    'The configuration; .mjs, .js and .json, too. It marks the root of a site: a command that is called below it finds it.',
  ],
  ['pages/', 'Pages and whatever else is published.'],
  ['layouts/', 'EJS layouts, and partials/.'],
  ['docs/', 'The built site.'],
  ['.imprimatur-baseline.json', 'What lint --write-baseline noted.'],
  ['node_modules/.cache/imprimatur/', 'What is remembered of the last run. It may be removed.'],
]

type Entries = readonly (readonly [name: string, text: string])[]

const entries = (font: string, rows: Entries): readonly string[] =>
  rows.flatMap(([name, text]) => ['.TP', `${font} ${guarded(plain(name))}`].concat(filled(text)))

const fixedParts: readonly string[] = [
  '.SH ENVIRONMENT',
  ...entries('.B', variables),
  '.SH FILES',
  ...entries('.I', files),
  '.SH EXIT STATUS',
  '.TP',
  '.B 0',
  'Clean.',
  '.TP',
  '.B 1',
  'Findings; warnings of lint, too, unless',
  '.B \\-\\-max\\-warnings',
  'allows them.',
  '.TP',
  '.B 2',
  'Wrong usage or configuration, or a fault of the program.',
  '.TP',
  '.B 130',
  'A build was interrupted; the old site stands.',
  '.SH SEE ALSO',
  '.BR git (1),',
  '.BR ssh\\-keygen (1)',
]
