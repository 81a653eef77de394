import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { repository, type JsonReport } from '../program.ts'
import { writeFiles } from '../tree.ts'
import type { EndedCommand, ListedCommand } from './command-list.ts'

/*
 * Every place where the program reads a path that a user or a site names, and there what is no file: it is neither waited for, nor read
 * without end, nor passed over in silence.
 */

/** For all places of one kind. */
const LIMIT = 100_000

/** Puts something at a path that a plain read would wait for, or never come to the end of. */
const kinds: Readonly<Record<string, (path: string) => Promise<void> | void>> = {
  'a FIFO': path => void execFileSync('mkfifo', [path]),
  'a link to a FIFO': path => {
    const pipe = join(folderWith(), 'pipe')
    execFileSync('mkfifo', [pipe])
    symlinkSync(pipe, path)
  },
  'a socket': path =>
    new Promise((resolve, reject) => {
      // A name of a socket is at most 107 bytes long, and closing the server would remove it.
      const server = createServer()
      server.once('error', reject).listen(path, () => resolve())
      server.unref()
    }),
  '/dev/zero': path => symlinkSync('/dev/zero', path),
  '/dev/full': path => symlinkSync('/dev/full', path),
  '/dev/null': path => symlinkSync('/dev/null', path),
}

/** Which commands say what stands there: those that read it. */
const places: Readonly<Record<string, readonly ('build' | 'lint')[]>> = {
  'pages/index.md': ['build', 'lint'],
  'pages/_defaults.yaml': ['build', 'lint'],
  'pages/planet.yaml': ['build', 'lint'],
  'pages/cat.png': ['build', 'lint'],
  'pages/main.css': ['build', 'lint'],
  'pages/data.json': ['build', 'lint'],
  'pages/folder': ['build', 'lint'],
  'assets/file.txt': ['build'],
  'layouts/default.ejs': ['build'],
  'layouts/partials/part.ejs': ['build'],
  'imprimatur.config.json': ['build', 'lint'],
  'pages/about/keys.yaml': ['build', 'lint'],
  'pages/about/keys.yaml.sig': ['build', 'lint'],
  'pages/about/allowed_signers': ['build', 'lint'],
  '.imprimatur-baseline.json': ['lint'],
  // Of a build’s own, and looked at by no other than it: another file comes into its place.
  'docs/.imprimatur-files': [],
}

const site = {
  'imprimatur.config.json': JSON.stringify({
    dirs: { assets: 'assets' },
    keys: { manifest: 'pages/about/keys.yaml', allowedSigners: 'pages/about/allowed_signers' },
  }),
  'layouts/default.ejs':
    "<link href=\"<%= asset('/main.css') %>\"><%- include('partials/part') %><%- body %>",
  'layouts/partials/part.ejs': '<p>Part</p>',
  'pages/index.md': 'Words.\n',
  'pages/main.css': 'p { color: red }\n',
  'pages/data.json': '{}',
  'assets/other.txt': 'Words.\n',
}

/** The file that a report names for what is no file. */
const toldOf = ({ stdout, stderr }: EndedCommand): readonly (string | undefined)[] =>
  (JSON.parse(stdout || stderr) as JsonReport).diagnostics
    .filter(({ message, hint }) => message.includes('it is a pipe, a socket or a device') && hint)
    .map(({ file }) => file)

describe.skipIf(process.platform === 'win32').each(Object.entries(kinds))('%s', (_, put) => {
  test('every command ends, and names the place that it cannot read', async () => {
    const commands: (ListedCommand & { readonly place: string })[] = []
    for (const place of Object.keys(places)) {
      const cwd = folderWith()
      cpSync(join(repository, 'tests/fixtures/keys/expiring'), cwd, { recursive: true })
      writeFiles(cwd, site)
      const path = join(cwd, place)
      mkdirSync(dirname(path), { recursive: true })
      rmSync(path, { force: true })
      await put(path)
      for (const command of ['build', 'lint'])
        commands.push({ place, cwd, args: [command, '--format', 'json'] })
    }
    const jiti = join(repository, 'node_modules/.bin/jiti')
    const { stdout, stderr } = spawnSync(jiti, [join(repository, 'tests/siege/command-list.ts')], {
      input: JSON.stringify(commands),
      encoding: 'utf8',
      timeout: LIMIT,
      killSignal: 'SIGKILL',
      maxBuffer: 2 ** 26,
    })
    const ends = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as EndedCommand)
    const found = ends.map((end, i) => {
      const { place = '', args: [command] = [] } = commands[i]!
      return { place, command, code: end.code !== 0, told: toldOf(end) }
    })
    expect(stderr).toBe('')
    expect(found).toEqual(
      commands.map(({ place, args: [command] }) => {
        const isTold = places[place]!.some(each => each === command)
        return { place, command, code: isTold, told: isTold ? [place] : [] }
      }),
    )
  })
})
