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
