import { createRequire } from 'node:module'
import { createContext, Script } from 'node:vm'
import type grayMatterOf from 'gray-matter'
import type { Runtime } from './runtime.ts'

const require = createRequire(import.meta.url)

const refuse = (): never => {
  throw new Error('front matter is never run')
}

/** Only a script can be stopped while a regular expression is at work. */
let sandbox: { run: () => void } | undefined
const script = new Script('run()')

/** Of UTF-16 code units: more than nearly every text has. A longer one has room of its own. */
const LONGEST = 1 << 17
let room: Buffer | undefined

/** Blank lines are read by gray-matter in a time that grows with their square, to see whether there is anything but comments. */
const withoutRuns = (text: string) =>
  text.replace(/\s{2,}/g, run => (/[\n\r]/.test(run) ? `\n${/[\n\r]$/.test(run) ? '' : ' '}` : ' '))

export const runtime: Runtime = {
  yaml: () => require('yaml') as ReturnType<Runtime['yaml']>,
  toml: () => require('smol-toml') as ReturnType<Runtime['toml']>,
  // In one file with all that it imports; and `import` would look for its exports first. Together a quarter of the time.
  markdownIt: require('markdown-it/dist/markdown-it.js') as Runtime['markdownIt'],

  /**
   * By gray-matter, with the engines of our own alone: it would run JavaScript. Options keep it from remembering every text that it
   * ever saw.
   */
  fieldsOf(content, language, engines) {
    const grayMatter = require('gray-matter') as typeof grayMatterOf
    // Text between `---` has no line that begins so, and none between `+++`.
    const mark = /^\+\+\+/m.test(content) ? '---' : '+++'
    const own = Object.fromEntries(
      // From the line break before it on, as gray-matter has it.
      Object.entries(engines).map(([name, parse]) => [name, () => parse(`\n${content}`)]),
    )
    const options = { language, delimiters: mark, engines: { ...own, javascript: refuse, coffee: refuse } }
    return grayMatter(`${mark}\n${withoutRuns(content)}\n${mark}`, options).data
  },

  detached: value => structuredClone(value),

  /** Two copies of the text: a fifth of the time that its parts take to be cut out and put together. */
  withCharacters(text, characters) {
    const units = text.length > LONGEST ? Buffer.alloc(2 * text.length) : (room ??= Buffer.alloc(2 * LONGEST))
    units.write(text, 'utf16le')
    for (const each of characters) units.writeUInt16LE(each.text.charCodeAt(0), 2 * each.at)
    return units.toString('utf16le', 0, 2 * text.length)
  },

  within(milliseconds, run) {
    sandbox ??= createContext({ run }) as { run: () => void }
    sandbox.run = run
    try {
      script.runInContext(sandbox, { timeout: milliseconds })
      return true
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
      return false
    }
  },
}
