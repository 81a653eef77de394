/*
 * Holds docs-dev/dependencies.md to package.json, the lock and node_modules; with --write, writes it anew. The day of the last release
 * is asked of the registry for --write alone, and stays as it was where the registry does not answer: a release of somebody else's
 * must not fail a check of ours.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { describeAll, listed, listPath, measure, readRows, type Row } from './dependencies.ts'

const isWriting = process.argv.includes('--write')
const before = readFileSync(listPath, 'utf8')
const known = new Map(readRows(before).map(row => [row.name, row]))

/** The highest version that is no preliminary one, and its day; npm's own cache is asked first. */
function lastRelease(name: string): string | undefined {
  try {
    const args = ['view', name, 'time', '--json', '--prefer-offline']
    const text = execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const [last] = Object.entries(JSON.parse(text) as Readonly<Record<string, string>>)
      .filter(([version]) => /^\d+\.\d+\.\d+$/.test(version))
      .toSorted(([a], [b]) => b.localeCompare(a, 'en', { numeric: true }))
    return last && `${last[0]}, ${last[1].slice(0, 10)}`
  } catch {
    return undefined
  }
}

function rowOf(name: string): Row {
  const { why = '', released = '—' } = known.get(name) ?? {}
  return { name, why, ...measure(name), released: (isWriting && lastRelease(name)) || released }
}

const table = (names: readonly string[]) =>
  [
    '| Package | Why | Licence | Size | With what only it brings | Last release |',
    '| --- | --- | --- | --: | --: | --- |',
    ...names
      .map(rowOf)
      .map(
        row =>
          `| \`${row.name}\` | ${[row.why, row.licence, row.size, row.sizeWithOwn, row.released].join(' | ')} |`,
      ),
  ].join('\n')

const text = `# What comes with the program

Every production dependency, with the reason that it is there. \`npm run check:dependencies -- --write\` writes all columns but the second
anew; without \`--write\` it says whether they hold. \`tests/siege/supply.test.ts\` holds names and licences in every run of the tests.

Sizes are of the files in \`node_modules\`, in thousands of bytes. Code of our own is for prose extraction, typographic
rules and keys; elsewhere a well-kept library is better. Before one is added: does Node do it, does one that is here do it, and who
keeps it? None runs a script when it is installed.

The last release is the highest version in the registry, with the day that the registry has for it. A mirror may have had it later than
the world: no release is younger than its day here, and an old one may be older.

${describeAll()}

${table(listed.production)}

## What is installed only by those who want it

Peers that are optional: \`imprimatur zine\` asks for them. The compiler brings its binary for one platform, and its size is that of Linux
on x64.

${table(listed.optional)}
`

const options = await resolveConfig(listPath)
const wanted = await format(text, { ...options, filepath: listPath })
const unexplained = readRows(wanted).filter(({ why }) => why === '')

if (isWriting) writeFileSync(listPath, wanted)
else if (wanted !== before) {
  console.error('docs-dev/dependencies.md is not in step: npm run check:dependencies -- --write')
  process.exitCode = 1
}
if (unexplained.length > 0) {
  console.error(
    `Say in docs-dev/dependencies.md why it is there: ${unexplained.map(({ name }) => name).join(', ')}`,
  )
  process.exitCode = 1
}
