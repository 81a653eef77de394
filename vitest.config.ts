import { defineConfig } from 'vitest/config'

export default defineConfig({
  // package.json leads it to dist/, for users.
  resolve: { alias: { '#runtime': new URL('src/document/runtime/node.ts', import.meta.url).pathname } },
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/seed.ts'],
    globalSetup: ['tests/run-folder.ts'],
    // The built program is run as it is, by Node itself.
    server: { deps: { external: [/\/dist\//] } },
    // Most of a run waits for the program to start: two files at a time, on a machine of two cores too.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What a test waits for comes late on a machine that is busy: one second, as Vitest has it, is too short.
    expect: { poll: { timeout: 60_000 } },
  },
})
