import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { pathsOf } from './tests/tree.ts'

const tests = fileURLToPath(new URL('tests', import.meta.url))

/** Folders of tests that start no servers, and hardly any programs: most of what such a file would take, for itself, is to load what it tests. */
const CHEAP = /^(?:bench|build|config|core|document|keys|lint|linter|planet|scaffold|theme|try-it|zine)\//

/** What a process has but one of: who changes it, or measures it, needs one of their own. */
const OF_THE_PROCESS = /\bvi\.\w+|\bprocess\.(?:chdir|env\.\w+ =|memoryUsage|on|once|umask)\b|\bglobalThis\b/

const files = pathsOf(tests).filter(path => path.endsWith('.test.ts'))
const shares = (path: string) =>
  CHEAP.test(path) && !OF_THE_PROCESS.test(readFileSync(`${tests}/${path}`, 'utf8'))
const those = (isOne: (path: string) => boolean) => files.filter(isOne).map(path => `tests/${path}`)

export default defineConfig({
  // package.json leads it to dist/, for users.
  resolve: { alias: { '#runtime': new URL('src/document/runtime/node.ts', import.meta.url).pathname } },
  test: {
    setupFiles: ['tests/seed.ts', 'tests/clean-up.ts'],
    globalSetup: ['tests/run-folder.ts'],
    // The built program is run as it is, by Node itself.
    server: { deps: { external: [/\/dist\//] } },
    // A file that starts programs waits for them half of its time: one more at a time than a machine of two cores has.
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What a test waits for comes late on a machine that is busy: one second, as Vitest has it, is too short.
    expect: { poll: { timeout: 60_000 } },
    projects: [
      { extends: true, test: { name: 'sharing', include: those(shares), isolate: false } },
      { extends: true, test: { name: 'alone', include: those(path => !shares(path)) } },
    ],
  },
})
