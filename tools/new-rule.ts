import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * Begins a lint rule: npm run new:rule NAME. Writes its file, its lines in rules.ts and rule-codes.ts, and a fixture that is to
 * be filled: until it is, `npx vitest run tests/lint/rules.test.ts` fails.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const [name = ''] = process.argv.slice(2)
const code = `imprimatur/${name}`
const file = `src/lint/rules/${code}.ts`
const fixture = `tests/fixtures/lint/${code}/first.en.md`

/** Before these lines a new rule is put: where lines end is looked at last of what changes a text. */
const places = {
  'src/lint/rules/rules.ts': ['\n/**\n * Every rule', '  lineEnd,\n'],
  'src/lint/rules/rule-codes.ts': ["  'imprimatur/line-end',\n"],
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
  console.log(path)
}

function insert(path: keyof typeof places, lines: readonly string[]): void {
  const before = readFileSync(join(root, path), 'utf8')
  write(
    path,
    lines.reduce((text, line, i) => {
      const [head, tail] = text.split(places[path][i] as string)
      return tail === undefined
        ? fail(`${path} has no line “${places[path][i]}”`)
        : `${head}${line}${places[path][i]}${tail}`
    }, before),
  )
}

/** Whether rules.ts can have a variable of this name: it has none yet, and the language lets it. */
function isFree(identifier: string): boolean {
  if (new RegExp(`\\b${identifier}\\b`).test(readFileSync(join(root, 'src/lint/rules/rules.ts'), 'utf8')))
    return false
  try {
    // A module is strict, and has await, too.
    new Function(`'use strict'; async () => { const ${identifier} = 0 }`)
    return !['replacement', 'wanted'].includes(identifier)
  } catch {
    return false
  }
}

const usage = 'write small letters and hyphens, without imprimatur/, as in: npm run new:rule middle-dot'
if (!/^[a-z]+(?:-[a-z]+)*$/.test(name))
  fail(name === '' ? `A rule needs a name: ${usage}` : `“${name}” cannot be the name of a rule: ${usage}`)
if (existsSync(join(root, file))) fail(`${file} is there already: choose another name`)

const identifier = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
if (!isFree(identifier))
  fail(`“${identifier}” cannot be a variable’s name in rules.ts: it has one already, or the language keeps the word.
Choose a longer name, as ${name}-mark.`)
write(
  file,
  `import { replacement } from '../../engine/pattern.ts'
import type { Rule } from '../rule.ts'

const wanted = replacement(/TODO: what is looked for/g, 'TODO: what takes its place; $1 is a group')

export const ${identifier}: Rule = {
  code: '${code}',
  title: 'TODO: what it wants, in one line without a full stop',
  why: 'TODO: the reason, for someone who would rather switch it off.',
  // TODO: every character that it puts, takes away or exchanges; characters.ts has blanks, dashes and so on.
  writes: '',
  // TODO: the languages that it knows; leave out for all.
  languages: ['en', 'ru'],
  examples: [{ lang: 'en', before: 'TODO', after: 'TODO' }],
  run(buffer) {
    buffer.replace([wanted])
  },
}
`,
)
insert('src/lint/rules/rules.ts', [`import { ${identifier} } from './${code}.ts'\n`, `  ${identifier},\n`])
insert('src/lint/rules/rule-codes.ts', [`  '${code}',\n`])
write(
  fixture,
  'TODO: a page in which the rule does something; behind the next line, what becomes of it.\n=>\nTODO\n',
)
console.log(`
Fill in what says TODO. While you write (seconds): npx vitest run tests/lint/rules.test.ts
And then, with all the others: npx vitest run tests/lint`)
