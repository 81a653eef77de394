import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { describeAll, licenceOf, listed, listPath, readRows } from '../../tools/dependencies.ts'
import { readModules } from '../../tools/house.ts'
import { repository } from '../program.ts'
import { pathsOf } from '../tree.ts'

const read = <T>(path: string) => JSON.parse(readFileSync(join(repository, path), 'utf8')) as T

interface Manifest {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
}
interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>
}
interface LockedPackage {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
}

const { dependencies } = read<Manifest>('package.json')
const { packages } = read<Lock>('package-lock.json')
const production = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true)

describe('what is installed with the program', () => {
  test('runs nothing while it is installed', () => {
    expect(production.length).toBeGreaterThan(50)
    expect(production.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual(
      [],
    )
    const scripts = production.flatMap(([path, { optional }]) => {
      if (optional) return []
      const { scripts: own = {} } = read<Manifest>(`${path}/package.json`)
      return ['preinstall', 'install', 'postinstall']
        .filter(name => own[name])
        .map(name => `${path}: ${name}`)
    })
    expect(scripts).toEqual([])
  })

  test('comes from the registry, each package with its hash', () => {
    const loose = production.filter(
      ([, { resolved, integrity }]) =>
        // The lock leaves the address of the registry out; one that is there is of another place.
        resolved !== undefined || integrity?.startsWith('sha512-') !== true,
    )
    expect(loose.map(([path]) => path)).toEqual([])
  })

  /** What is called by names that no document promises: any other version may call them something else. */
  test.each(['typograf', '@xmpp/client', '@xmpp/jid', 'qrcode'])(
    '%s is of one exact version, the one that is tested',
    name => {
      expect(dependencies[name]).toMatch(/^\d+\.\d+\.\d+$/)
      expect(read<Manifest>(`node_modules/${name}/package.json`).version).toBe(dependencies[name])
    },
  )
})

test('what is imported from inside a package is promised by its exports, or the package is of one exact version', () => {
  const source = join(repository, 'src')
  const inside = readModules(source, pathsOf(source)).flatMap(({ path, nodes }) =>
    nodes.flatMap(({ type, value }) => {
      const name =
        type === 'Literal' && typeof value === 'string' && /^(?:@[\w-]+\/)?[\w.-]+(?=\/)/.exec(value)?.[0]
      return name && Object.hasOwn(dependencies, name) ? [{ path, name, value }] : []
    }),
  )
  expect(inside.length).toBeGreaterThan(10)
  const loose = inside.filter(
    ({ name }) =>
      !/^\d+\.\d+\.\d+$/.test(dependencies[name]!) &&
      read<{ readonly exports?: unknown }>(`node_modules/${name}/package.json`).exports === undefined,
  )
  expect(loose).toEqual([])
})

/** `npm run check:dependencies -- --write` mends what fails here. */
describe('docs-dev/dependencies.md', () => {
  const list = readFileSync(listPath, 'utf8')
  const rows = readRows(list)

  test('names the dependencies of package.json and the optional peers, and nothing else', () => {
    expect(rows.map(({ name }) => name)).toEqual([...listed.production, ...listed.optional])
    expect(listed.production).toEqual(Object.keys(dependencies))
  })

  test.each(rows)('says of $name why it is there, and the licence that is installed', row => {
    expect(row.licence).toBe(licenceOf(`node_modules/${row.name}`))
    expect(row.why).not.toBe('')
    expect([row.size, row.sizeWithOwn, row.released]).toEqual([
      expect.stringMatching(/^[\d,]+ kB$/),
      expect.stringMatching(/^[\d,]+ kB$/),
      expect.stringMatching(/^(?:—|\d+\.\d+\.\d+, \d{4}-\d\d-\d\d)$/),
    ])
  })

  test('counts every package that they bring, and its licence', () => {
    expect(list.replaceAll(/\s+/g, ' ')).toContain(describeAll())
  })
})
