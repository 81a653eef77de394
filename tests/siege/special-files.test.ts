import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { execute, cli, repository } from '../program.ts'
import { writeFiles } from '../tree.ts'

/*
 * Every place where the program reads a path that a user or a site names, and there what is no file: it is neither waited for nor read
 * without end, and what is said of it is no fault of the program.
 */

const MINUTE = '60'

/** Puts something at a path that a plain read would wait for, or never come to the end of. */
const kinds: Readonly<Record<string, (path: string) => Promise<void> | void>> = {
  'a FIFO': path => void execFileSync('mkfifo', [path]),
  'a socket': path =>
    new Promise((resolve, reject) => {
      // A name of a socket is at most 107 bytes long, and closing the server would remove it.
      const server = createServer()
      server.once('error', reject).listen(path, () => resolve())
      server.unref()
    }),
  '/dev/zero': path => symlinkSync('/dev/zero', path),
  '/dev/full': path => symlinkSync('/dev/full', path),
}

const places = [
  'pages/index.md',
  'pages/_defaults.yaml',
  'pages/planet.yaml',
  'pages/cat.png',
  'pages/main.css',
  'pages/data.json',
  'layouts/default.ejs',
  'layouts/partials/part.ejs',
  'imprimatur.config.json',
  'pages/about/keys.yaml',
  'pages/about/keys.yaml.sig',
  'pages/about/allowed_signers',
  '.imprimatur-baseline.json',
  'docs/.imprimatur-files',
]

/** What a site or a user says by name that it is to be read: that it is not is an error, which says why. */
const named = new Set([
  'layouts/partials/part.ejs',
  'imprimatur.config.json',
  'pages/about/keys.yaml',
  'pages/about/keys.yaml.sig',
  'pages/about/allowed_signers',
  '.imprimatur-baseline.json',
])

const site = {
  'imprimatur.config.json': JSON.stringify({
    keys: { manifest: 'pages/about/keys.yaml', allowedSigners: 'pages/about/allowed_signers' },
  }),
  'layouts/default.ejs':
    "<link href=\"<%= asset('/main.css') %>\"><%- include('partials/part') %><%- body %>",
  'layouts/partials/part.ejs': '<p>Part</p>',
  'pages/index.md': 'Words. ![](cat.png)\n',
  'pages/main.css': 'p { color: red }\n',
  'pages/data.json': '{}',
}

describe.skipIf(process.platform === 'win32').each(Object.entries(kinds))('%s', (_, put) => {
  test.each(places)('as %s: every command ends, and says nothing of a fault of its own', async place => {
    const cwd = folderWith()
    cpSync(join(repository, 'tests/fixtures/keys/expiring'), cwd, { recursive: true })
    writeFiles(cwd, site)
    const path = join(cwd, place)
    mkdirSync(dirname(path), { recursive: true })
    rmSync(path, { force: true })
    await put(path)
    const runs = ['build', 'lint'].map(command =>
      execute('timeout', ['--signal=KILL', MINUTE, process.execPath, cli, command], { cwd }),
    )
    const ends = await Promise.all(runs)
    const text = ends.map(({ stdout, stderr }) => stdout + stderr).join('')
    expect(text).not.toContain('not your fault')
    expect(text).toContain(named.has(place) ? 'it is a pipe, a socket or a device' : '')
    for (const { code } of ends) expect([0, 1, 2]).toContain(code)
  })
})
