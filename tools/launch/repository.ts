import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { countNames, identityOf, identityTexts, type Identity, type Manifest } from './identity.ts'

export const root = join(import.meta.dirname, '../..')

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8')

export const identity = (): Identity => identityOf(JSON.parse(readText('package.json')) as Manifest)

const manifests = ['package.json', 'package-lock.json', 'editors/vscode/package.json', 'imprimatur.config.ts']

/** What is in the repository, and what is about to be; docs/ is built from it. */
const trackedFiles = (): readonly string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\0')
    .filter(path => path !== '' && !path.startsWith('docs/') && existsSync(join(root, path)))

/** The tests of the launch name packages that are not this one. */
const isAboutOthers = (path: string) => path.startsWith('tests/launch/')

/** The files that know whose package this is. */
export function filesWithIdentity({ name }: Identity): readonly string[] {
  const own = new Set([...manifests, ...identityTexts.map(({ path }) => path)])
  return trackedFiles().filter(
    path => !isAboutOthers(path) && (own.has(path) || countNames(readText(path), name) > 0),
  )
}

/** Where somebody reads how the program is called, or a machine calls it. */
export const filesWithCalls = (): readonly string[] =>
  trackedFiles().filter(
    path => !path.startsWith('tests/') && /\.(?:md|ya?ml|json|ts|ejs|cjs|sh|1)$/.test(path),
  )
