import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  circles,
  crowdedFolders,
  longFiles,
  readModules,
  sharedTypeNames,
  type Module,
  type SyntaxNode,
} from '../tools/house.ts'
import { repository } from './program.ts'
import { pathsOf } from './tree.ts'

const paths = pathsOf(join(repository, 'src'))
const modules = readModules(join(repository, 'src'), paths)

const MAIN = 'cli/main.ts'
const WORKER = 'build/workers/start-worker.ts'
const folderOf = (path: string) => path.split('/')[0]!
const isOurs = (name: string) => name.endsWith('.ts')

/** What Node is started with, what package.json names (`#runtime`, which is one of two, and `imprimatur/lint`), and what pages load. */
const ENTRIES = [
  WORKER,
  MAIN,
  'dev/client/client.ts',
  'document/runtime/node.ts',
  'document/runtime/web.ts',
  'linter.ts',
]

test('the modules were read: every one is imported by another, but for the entries', () => {
  const imported = new Set(modules.flatMap(({ imports }) => imports))
  expect(modules.map(({ path }) => path).filter(path => !imported.has(path))).toEqual(ENTRIES)
  expect(modules.map(({ path }) => path)).toEqual(expect.arrayContaining([...imported].filter(isOurs)))
})

describe('who imports whom', () => {
  /** A file imports its own folder and those before it. */
  const order =
    'core config document xmpp keys lint planet theme scaffold build zine dev editor linter.ts index.ts cli'.split(
      ' ',
    )

  test('every folder stands in the one order', () => {
    expect(new Set(modules.map(({ path }) => folderOf(path)))).toEqual(new Set(order))
  })

  test('ARCHITECTURE.md has the folders in this order', () => {
    const text = readFileSync(join(repository, 'ARCHITECTURE.md'), 'utf8')
    const rows = [...text.matchAll(/^\| `([\w.]+)\/?` /gm)].map(([, name]) => name)
    expect(rows).toEqual(order)
  })

  test('nothing imports what comes after it', () => {
    const upward = modules.flatMap(({ path, imports }) =>
      imports
        .filter(name => isOurs(name) && order.indexOf(folderOf(name)) > order.indexOf(folderOf(path)))
        .map(name => `${path} -> ${name}`),
    )
    expect(upward).toEqual([])
  })

  test('no modules import one another in a circle', () => expect(circles(modules)).toEqual([]))

  test('no folder has more files than one takes in at a glance', () =>
    expect(crowdedFolders(paths)).toEqual([]))

  test('a long file begins with the reason why it is', () => {
    expect(longFiles(modules)).toEqual([])
    const lines = 'export const a = 1\n'.repeat(250)
    const long = (head: string) => longFiles([{ path: 'a.ts', text: head + lines, nodes: [], imports: [] }])
    expect(long('')).toEqual([])
    expect(long('\n')).toHaveLength(1)
    expect(long('/** What it is. */\n')).toHaveLength(1)
    expect(long('// Longer than 250 lines: one table.\n')).toEqual([])
  })

  test('a type name has one meaning', () => expect(sharedTypeNames(modules)).toEqual([]))

  test('the program loads nothing before it knows what is asked', () => {
    const loadedBy = (file: string) =>
      modules
        .find(({ path }) => path === file)
        ?.nodes.filter(
          ({ type, importKind, exportKind, source }) =>
            /^(?:Import|ExportNamed|ExportAll)Declaration$/.test(type) &&
            source &&
            importKind !== 'type' &&
            exportKind !== 'type',
        )
        .map(({ source }) => (source as { value: string }).value)
        .filter(name => !name.startsWith('node:'))
    expect(loadedBy(MAIN)).toEqual(['../config/bundle/load-bundle.ts'])
    expect(loadedBy('cli/program.ts')).toEqual([])
    // A configuration imports the library, too.
    expect(loadedBy('index.ts')).toEqual(['./config/define-config.ts', './config/rule-definition.ts'])
  })
})

describe('what only some may do', () => {
  const touched = ({ nodes }: Module) =>
    nodes
      .filter(({ type }) => type === 'MemberExpression')
      .map(({ object }) => (object as { name?: string }).name)
  const importsFrom = ({ nodes }: Module, source: RegExp) =>
    nodes
      .filter(
        node => node.type === 'ImportDeclaration' && source.test((node.source as { value: string }).value),
      )
      .flatMap(({ specifiers }) => specifiers as readonly SyntaxNode[])
      .map(({ type, imported }) => (type === 'ImportSpecifier' ? (imported as { name: string }).name : '*'))

  test('only what Node is started with touches process and console', () => {
    const others = modules.filter(({ path }) => path !== MAIN && path !== WORKER)
    const touching = others.filter(module =>
      touched(module).some(name => name === 'process' || name === 'console'),
    )
    // Whether anybody listens for SIGINT, only the process itself can say.
    expect(touching.map(({ path }) => path)).toEqual(['build/render/time-limit.ts'])
    // Information about the user and the machine opens nothing outside.
    const taken = others.flatMap(module => importsFrom(module, /^(?:node:)?(?:process|console)$/))
    expect(taken.filter(name => !['pid', 'kill', 'version', 'versions'].includes(name))).toEqual([])
  })

  test('only the writers change files', () => {
    // publish.ts writes reports where --format F=FILE says; read-file.ts and bundle-file.ts open files, for reading alone.
    const writers = new Set([
      'cli/publish.ts',
      'core/read-file.ts',
      'config/bundle/bundle-file.ts',
      'build/output/write.ts',
      'build/output/write-new.ts',
      'build/output/commit.ts',
      'build/output/journal.ts',
      'build/output/lock.ts',
      'build/output/stages.ts',
      'config/cache-folder.ts',
      'core/files.ts',
      'keys/manifest/key-files.ts',
      'keys/follow/store.ts',
    ])
    const harmless =
      /^(?:read\w*|exists\w*|stat\w*|lstat\w*|realpath\w*|access\w*|constants|Dirent|Stats|watch\w*|opendir\w*)$/
    const changing = modules
      .filter(({ path }) => !writers.has(path))
      .flatMap(module => importsFrom(module, /^(?:node:)?fs/).map(name => [module.path, name] as const))
      .filter(([, name]) => !harmless.test(name))
    expect(changing).toEqual([])
  })

  test('only files that are files are read: a pipe, a socket or a device is waited for without end', () => {
    // Through a descriptor that was looked at, or the program's own, by their URL; a password may come from a pipe, and files.ts and key-files.ts write.
    const readers = new Set([
      'core/read-file.ts',
      'config/cache-folder.ts',
      'core/files.ts',
      'config/program-state.ts',
      'config/bundle/bundle-file.ts',
      'keys/manifest/key-files.ts',
      'cli/password.ts',
      'cli/main.ts',
      'cli/program.ts',
      'dev/server/server.ts',
      'build/run-build.ts',
      'build/steps/verify-keys.ts',
    ])
    const reading = modules
      .filter(({ path }) => !readers.has(path))
      .filter(module =>
        importsFrom(module, /^(?:node:)?fs(?:\/promises)?$/).some(name =>
          /^read(?:v|Sync|File|FileSync)?$|Stream$|^open/.test(name),
        ),
      )
    expect(reading.map(({ path }) => path)).toEqual([])
  })

  test('keys are verified from texts without the file system, a network or another process', () => {
    const reached = new Set(['keys/verify-keys.ts'])
    for (const path of reached) {
      for (const name of modules.find(module => module.path === path)?.imports ?? []) reached.add(name)
    }
    expect(reached).toContain('keys/verify/ssh-signature.ts')
    expect([...reached].filter(name => name.startsWith('node:')).toSorted()).toEqual([
      'node:crypto',
      'node:path',
      'node:url',
    ])
  })

  test('only xmpp/ loads the XMPP client, and nothing but the audit loads xmpp/', () => {
    const loading = modules.filter(({ imports }) => imports.includes('@xmpp/client'))
    expect(new Set(loading.map(({ path }) => folderOf(path)))).toEqual(new Set(['xmpp']))
    const using = modules.filter(({ imports }) => imports.some(name => folderOf(name) === 'xmpp'))
    expect(using.map(({ path }) => path).filter(path => folderOf(path) !== 'xmpp')).toEqual([
      'cli/commands/keys/audit/accounts.ts',
      'cli/commands/keys/audit/audit.ts',
      'cli/commands/keys/audit/import-served.ts',
      'cli/commands/keys/audit/watch.ts',
    ])
  })

  test('only v8-options.ts asks V8 for options, which other versions of Node may not know', () => {
    const asking = modules.filter(module =>
      importsFrom(module, /^(?:node:)?v8$/).some(name => ['setFlagsFromString', '*'].includes(name)),
    )
    expect(asking.map(({ path }) => path)).toEqual(['core/v8-options.ts'])
  })

  test('nothing but its command fetches feeds: a build never goes to the network', () => {
    const fetching = modules.filter(({ imports }) => imports.some(name => name.startsWith('planet/fetch/')))
    const paths = fetching.map(({ path }) => path).filter(path => !path.startsWith('planet/fetch/'))
    expect(paths).toEqual(['cli/commands/planet.ts'])
  })

  test('nothing is exported by default', () => {
    const guilty = modules.filter(({ nodes }) =>
      nodes.some(({ type }) => type === 'ExportDefaultDeclaration'),
    )
    expect(guilty.map(({ path }) => path)).toEqual([])
  })

  test('no file is named for having no subject', () => {
    const nameless = modules.filter(({ path }) =>
      /\b(?:utils?|helpers?|common|managers?|misc|shared)\b/.test(path),
    )
    expect(nameless.map(({ path }) => path)).toEqual([])
  })
})
